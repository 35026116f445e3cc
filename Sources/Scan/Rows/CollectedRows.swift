/// An aggregate that collects the rows of a table, and says something of them once all are there: they are collected by
/// another one, which is let go of then.
protocol CollectedRows: PlacedViolations {
  associatedtype Rows: RowCollection

  /// The rows so far.
  var rows: Rows { get set }
  /// What it may use once they are there.
  var resources: ScanResources { get set }

  /// Called when all rows are there.
  mutating func judge() async throws(ScanError)
}

/// An aggregate that keeps rows.
protocol RowCollection: Aggregate {
  /// Lets go of the rows, but not of their counts.
  mutating func release()
}

extension KeyedRows: RowCollection {}
extension SketchedRows: RowCollection {}

extension CollectedRows {
  package mutating func update(_ batch: Batch) { rows.update(batch) }

  package mutating func prepare(_ resources: ScanResources) {
    self.resources = resources
    rows.prepare(resources)
  }

  package mutating func move(after origin: RowPlace) { rows.move(after: origin) }
  package mutating func merge(_ other: Self) throws(ScanError) { try rows.merge(other.rows) }

  package mutating func finish() async throws(ScanError) {
    try await rows.finish()
    try await judge()
    rows.release()
  }
}
