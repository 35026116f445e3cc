import Testing
import VectorSupport

/// Every pinned case of `fixtures/vectors/metrics*.json`, and of the folder that `CUPEL_VECTORS` names.
@Suite struct MetricVectorTests {
  @Test func thePinnedFileIsThere() throws {
    let path = try #require(VectorFile.all.first { $0.hasSuffix("fixtures/vectors/metrics.json") })
    #expect(try VectorFile.cases(path, key: "family").count == 102)
  }

  @Test(arguments: VectorFile.all) func everyCaseAgrees(path: String) async throws {
    for vector in try VectorFile.cases(path, key: "family") {
      for difference in try await vector.differences(by: VectorKind.metrics) {
        Issue.record("\(vector.id): \(difference)")
      }
    }
  }
}
