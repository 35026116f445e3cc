/// How many records are no rows of the table, how many differences there are between its files, and the first of both.
package struct DefectCount: Aggregate {
  package static let sampleLimit = 10
  /// Records that are no rows.
  package private(set) var count = 0
  /// How files differ from the first one of the dataset.
  package private(set) var differences = 0
  /// In how many parts of files a row says something else than the folder that the file is in.
  package private(set) var contradictions = 0
  /// Whether there is anything to tell.
  package var areSome: Bool { count + differences + contradictions > 0 }
  /// The first ones in the order of the files.
  package private(set) var first: [(place: RowPlace, what: String)] = []

  package struct Specification: AggregateSpecification {
    package init() {}
    package var readings: [ColumnReading] { [] }
    package var empty: DefectCount { DefectCount() }
    /// They are those of the table, whatever its rows are.
    package func scoped(to scope: RowScope) -> any AggregateSpecification { self }
  }

  package mutating func update(_ batch: Batch) {
    for defect in batch.defects {
      switch defect.kind {
      case .record: count += 1
      case .file: differences += 1
      case .folder: contradictions += 1
      }
    }
    add(batch.defects.map { (RowPlace(number: $0.line), $0.what) })
  }

  package mutating func merge(_ other: DefectCount) {
    count += other.count
    differences += other.differences
    contradictions += other.contradictions
    add(other.first)
  }

  package mutating func move(after origin: RowPlace) {
    for index in first.indices { first[index].place = first[index].place.moved(after: origin) }
  }

  private mutating func add(_ defects: [(place: RowPlace, what: String)]) {
    first = Array((first + defects).sorted { $0.place < $1.place }.prefix(Self.sampleLimit))
  }
}
