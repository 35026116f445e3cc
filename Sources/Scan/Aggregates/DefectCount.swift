/// How many records are no rows of the table, and the first of them.
package struct DefectCount: Aggregate {
  package static let sampleLimit = 10
  package private(set) var count = 0
  /// The first ones in the order of the file.
  package private(set) var first: [(place: RowPlace, what: String)] = []

  package struct Specification: AggregateSpecification {
    package init() {}
    package var readings: [ColumnReading] { [] }
    package var empty: DefectCount { DefectCount() }
  }

  package mutating func update(_ batch: Batch) {
    add(batch.defects.map { (RowPlace(number: $0.line), $0.what) }, count: batch.defects.count)
  }

  package mutating func merge(_ other: DefectCount) { add(other.first, count: other.count) }

  package mutating func move(after origin: RowPlace) {
    for index in first.indices { first[index].place = first[index].place.moved(after: origin) }
  }

  private mutating func add(_ defects: [(place: RowPlace, what: String)], count: Int) {
    self.count += count
    first = Array((first + defects).sorted { $0.place < $1.place }.prefix(Self.sampleLimit))
  }
}
