import Foundation
import TestSupport
import Testing

@Suite struct ExplainTests {
  private let work: TemporaryFolder
  init() throws { work = try TemporaryFolder() }

  private func explain(_ topic: String) async throws -> CupelBinary.Run {
    try await CupelBinary.run(["explain", topic], in: work.path)
  }

  /// What `cupel explain --help` lists, each with an example that is a whole config.
  @Test func everyTopicIsExplainedByAValidExample() async throws {
    let help = try await CupelBinary.run(["explain", "--help"], in: work.path).output
    let start = try #require(help.firstRange(of: "The other words are:")).upperBound
    let end = try #require(help.firstRange(of: "EXAMPLES")).lowerBound
    let listed = help[start..<end].split { ",. \n".contains($0) }.map(String.init)
    #expect(listed.count > 10)
    for topic in listed {
      let text = try await explain(topic)
      #expect(text.exitCode == 0 && !text.output.isEmpty, "\(topic)")
      guard let example = text.output.components(separatedBy: "Example\n  version: 1\n").dropFirst().first else {
        continue
      }
      let lines = example.split(separator: "\n").map { $0.dropFirst(2) }
      try work.write("version: 1\n" + lines.joined(separator: "\n") + "\n", to: "cupel.yaml")
      let checked = try await CupelBinary.run(["config", "check"], in: work.path)
      #expect(checked.exitCode == 0, "\(topic): \(checked.error)")
    }
  }

  @Test(arguments: [
    ("waiver", "waivers"), ("environment", "environments"), ("exit codes", "exit_codes"), ("exit-codes", "exit_codes"),
    ("severity", "severity"), ("group_by", "group_by"), ("where", "where"), ("allow", "allow"), ("formats", "format"),
    ("null", "missing_values"), ("parquet", "source"),
  ])
  func wordsThatPeopleTryAreExplained(word: String, title: String) async throws {
    let text = try await explain(word)
    #expect(text.exitCode == 0 && text.output.hasPrefix(title), "\(text)")
  }

  @Test func metricsAreListedAndExplained() async throws {
    let list = try await explain("metrics")
    #expect(list.exitCode == 0 && list.output.contains("\nregression\n"), "\(list)")
    #expect(list.output.contains("  roc_auc  "), "\(list)")
    #expect(list.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let text = try await explain("AUC")
    #expect(text.exitCode == 0 && text.output.hasPrefix("roc_auc  (also "), "\(text)")
    #expect(text.output.contains("\nHigher is better.\n") && text.output.contains("\nWhy\n  "), "\(text)")
  }

  @Test func statisticalMethodsAreListedAndExplained() async throws {
    let list = try await explain("methods")
    #expect(list.exitCode == 0 && list.output.contains("\ndelong  "), "\(list)")
    #expect(list.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let text = try await explain("DeLong")
    #expect(text.exitCode == 0 && text.output.hasPrefix("delong  (also "), "\(text)")
    #expect(text.output.contains("\nWhen to use it\n  ") && text.output.contains("\nSource\n  "), "\(text)")
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test func anUnknownWordNamesTheNearestOrAll() async throws {
    let near = try await explain("waivres")
    #expect(near.exitCode == 2 && near.error.contains("Did you mean \"waivers\"?"), "\(near)")
    let far = try await explain("quux")
    #expect(far.exitCode == 2 && far.error.contains("cupel list --kinds") && far.error.contains("waivers"), "\(far)")
  }
}
