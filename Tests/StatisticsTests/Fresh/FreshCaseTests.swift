import Foundation
import JSON
import TestSupport
import Testing
import VectorSupport

/// Random cases that scipy, statsmodels and scikit-learn answer when the tests run.
@Suite struct FreshCaseTests {
  private static let packages = ["numpy==2.4.6", "scipy==1.17.1", "statsmodels==0.15.0", "scikit-learn==1.9.1"]

  /// The seeds; another one by `CUPEL_SEED`.
  private static let seeds = ["1", "2"] + [ProcessInfo.processInfo.environment["CUPEL_SEED"]].compactMap { $0 }

  @Test(arguments: ["interval_cases.py", "resampling_cases.py", "sample_cases.py", "table_cases.py"], seeds)
  func otherLibrariesAgree(script: String, seed: String) async throws {
    let folder = try TemporaryFolder()
    let text = try await PythonEnvironment.run(
      "Tests/StatisticsTests/Fresh/" + script, [seed], in: folder.path, of: "statistics", Self.packages)
    let cases = try JSONParser.parse(text, mode: .lenient)["cases"]?.arrayValue ?? []
    #expect(cases.count > 20, "\(script) made \(cases.count) cases")
    for value in cases {
      let vector = try #require(VectorCase(value))
      for difference in try await vector.differences(by: VectorKind.statistics) {
        Issue.record("\(vector.id) of \(script) \(seed): \(difference)")
      }
    }
  }
}
