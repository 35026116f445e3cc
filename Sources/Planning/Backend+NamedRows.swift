package import Scan

extension Backend {
  /// The values of some columns in the rows at some places that a scan of the dataset told: in two more passes over
  /// these columns, of which the first looks only at where chunks begin.
  ///
  /// - Parameters:
  ///   - places: few.
  ///   - count: how many rows the dataset had; nothing is told of one that has changed since.
  package mutating func cells(
    at places: Set<RowPlace>, of columns: [String], among count: RowCount
  ) async throws(ScanError) -> [RowPlace: [ViolatingRow.Cell]] {
    guard !places.isEmpty, !columns.isEmpty, canReadAgain else { return [:] }
    var chunks = Plan()
    let origins = chunks.require(ChunkOrigins.Specification(columns: columns), judgesRows: false)
    let found = try await compute(chunks)[origins].origins
    var plan = Plan()
    let names = plan.require(NamedRows.Specification(places, by: columns, chunksAt: found), judgesRows: false)
    let rows = plan.require(RowCount.Specification(), judgesRows: false)
    let measurements = try await compute(plan)
    return measurements[rows] == count ? measurements[names].cells : [:]
  }
}
