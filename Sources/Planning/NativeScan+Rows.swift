package import Scan

extension NativeScan {
  /// Writes some rows of the dataset.
  package mutating func write(_ export: RowExport) async throws(ScanError) -> RowExport.Outcome {
    try await export.write(try take(), of: source, resources)
  }
}
