import Testing
import VectorSupport

/// Every pinned case of `fixtures/vectors/statistics*.json`, and of the folder that `CUPEL_VECTORS` names.
@Suite struct VectorTests {
  @Test func thePinnedFileIsThere() throws {
    let path = try #require(VectorFile.all.first { $0.hasSuffix("fixtures/vectors/statistics.json") })
    #expect(try VectorFile.cases(path, key: "test").count == 314)
  }

  @Test(arguments: VectorFile.all) func everyCaseAgrees(path: String) async throws {
    for vector in try VectorFile.cases(path, key: "test") {
      for difference in try await vector.differences(by: VectorKind.statistics) {
        Issue.record("\(vector.id): \(difference)")
      }
    }
  }

  @Test func theGeneratorsMakeTheValuesOfTheFile() {
    #expect(VectorGenerator.uniform(3, 1) == [0.23645552538800985, 0.3692706738365814, 0.5042420324170962])
    #expect(VectorGenerator.normalish(3, 1) == [-1.1055668024346232, -0.2447277968749404, 0.1751134293153882])
  }
}
