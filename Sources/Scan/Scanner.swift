/// One pass over a table that updates every aggregate with every batch.
package struct Scanner {
  private var reader: any TableReader

  package init(_ reader: any TableReader) { self.reader = reader }

  /// Reads the table to its end.
  ///
  /// - Parameter isCancelled: asked once a batch; when it answers true the scan ends with a `cancelled` error.
  package mutating func scan(
    _ readings: [ColumnReading], into aggregates: inout [any Aggregate], isCancelled: () -> Bool = { false }
  ) throws(ScanError) {
    var batch = Batch()
    while try reader.read(into: &batch, readings: readings) {
      if isCancelled() { throw ScanError(.cancelled, "the scan of \(reader.name) was interrupted") }
      for index in aggregates.indices { aggregates[index].update(batch) }
    }
  }
}
