import Foundation
import JSON
import TestSupport
import Testing
import VectorSupport

/// Random cases that scikit-learn, sacrebleu and fairlearn answer when the tests run.
@Suite struct FreshMetricTests {
  private static let packages = [
    "numpy==2.4.6", "scipy==1.17.1", "scikit-learn==1.9.1", "sacrebleu==2.6.0", "fairlearn==0.15.0",
  ]

  /// The seeds; another one by `CUPEL_SEED`.
  private static let seeds = ["1", "2"] + [ProcessInfo.processInfo.environment["CUPEL_SEED"]].compactMap { $0 }

  @Test(arguments: seeds) func otherLibrariesAgree(seed: String) async throws {
    let folder = try TemporaryFolder()
    let text = try await PythonEnvironment.run(
      "Tests/MetricsTests/Fresh/metric_cases.py", [seed], in: folder.path, of: "metrics", Self.packages)
    let cases = try JSONParser.parse(text, mode: .lenient)["cases"]?.arrayValue ?? []
    #expect(cases.count > 100, "the script made \(cases.count) cases")
    for value in cases {
      let vector = try #require(VectorCase(value))
      for difference in try await vector.differences(by: VectorKind.metrics) {
        Issue.record("\(vector.id) of \(seed): \(difference)")
      }
    }
  }
}
