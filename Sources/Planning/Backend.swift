package import Scan

/// What computes a plan: the native scan here, a query engine through the same plan later.
package protocol Backend: Sendable {
  /// Opens the dataset and names its columns; nothing else is read.
  mutating func fields() throws(ScanError) -> [Field]
  /// Whether the dataset can be read once more.
  var canReadAgain: Bool { get }
  /// Computes all required aggregates of the plan in one pass over the dataset. Cancelling the task ends it.
  mutating func compute(_ plan: Plan) async throws(ScanError) -> Measurements
}
