/// How many records are no rows of the table, and the first of them.
package struct DefectCount: Aggregate, Equatable {
  package static let sampleLimit = 10
  package private(set) var count = 0
  /// The first ones in the order of the file.
  package private(set) var first: [RecordDefect] = []

  package struct Specification: AggregateSpecification {
    package init() {}
    package var readings: [ColumnReading] { [] }
    package var empty: DefectCount { DefectCount() }
  }

  package mutating func update(_ batch: Batch) { add(batch.defects, count: batch.defects.count) }
  package mutating func merge(_ other: DefectCount) { add(other.first, count: other.count) }

  private mutating func add(_ defects: [RecordDefect], count: Int) {
    self.count += count
    first = Array((first + defects).sorted { $0.line < $1.line }.prefix(Self.sampleLimit))
  }
}
