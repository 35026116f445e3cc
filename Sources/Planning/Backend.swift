package import Scan

/// What computes a plan: the native scan here, a query engine through the same plan later.
package protocol Backend: Sendable {
  /// Opens the dataset and names its columns; nothing else is read.
  mutating func columns() throws(ScanError) -> [String]
  /// Computes all aggregates of the plan in one pass over the dataset.
  mutating func compute(_ plan: Plan, isCancelled: () -> Bool) throws(ScanError) -> Measurements
}
