import Foundation
import TestSupport
import Testing
import Verdict

/// What the README shows is what happens: its commands are run, its config is checked, its tables are compared.
@Suite struct ReadmeTests {
  private let readme: String
  init() throws { readme = try Repository.text("README.md") }

  /// The fenced blocks of a language.
  private func blocks(_ language: String) -> [String] {
    readme.components(separatedBy: "```\(language)\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
  }

  /// The commands of the shell blocks, without their comments.
  private var commands: [String] {
    blocks("sh").joined(separator: "\n").split(separator: "\n").map { line in
      line.components(separatedBy: "  #")[0].trimmingCharacters(in: .whitespaces)
    }
  }

  @Test func everyCommandRuns() async throws {
    let work = try TemporaryFolder()
    try work.write(try Repository.text("fixtures/flights/data/january.csv"), to: "data/train.csv")
    // The first two commands build and test the project: `.ci/run` runs them around this very test.
    let run = commands.filter { !$0.hasPrefix("make ") }
    #expect(run.count >= 5)
    for command in run {
      let result = try await CupelBinary.command(["sh", "-c", command], in: work.path)
      #expect(result.exitCode == 0, "\(command)\n\(result.output)\(result.error)")
    }
    for report in ["cupel.xml", "cupel.json", "cupel.md"] { #expect(work.exists(report)) }
  }

  @Test func theTwoCommandsAreWhatCIRuns() throws {
    let made = commands.filter { $0.hasPrefix("make ") }
    #expect(made == ["make demo", "make test"])
    let ci = try Repository.text(".ci/run")
    for command in made { #expect(ci.contains("\n\(command)\n")) }
  }

  @Test func theConfigIsValid() async throws {
    let config = try #require(blocks("yaml").first { $0.hasPrefix("version:") })
    let work = try TemporaryFolder()
    try work.write(config, to: "cupel.yaml")
    let result = try await CupelBinary.run(["config", "check"], in: work.path)
    #expect(result.exitCode == 0, "\(result.error)")
  }

  @Test func theExitCodesAreTheRealOnes() {
    for status in ExitStatus.allCases where status != .interrupted && status != .terminated {
      let text = "| \(status.rawValue) | \(status.meaning) |"
      #expect(readme.contains(text), "the README lacks: \(text)")
    }
    let order = ExitStatus.precedence.map { String($0.rawValue) }.joined(separator: " > ")
    #expect(readme.contains(order))
  }

  /// `make schemas` writes it anew.
  @Test func theTableOfChecksIsTheRegistry() async throws {
    let work = try TemporaryFolder()
    let listed = try await CupelBinary.run(["list", "--kinds", "--markdown"], in: work.path).output
    let start = try #require(readme.firstRange(of: "<!-- checks -->\n"))
    let end = try #require(readme.firstRange(of: "<!-- end of checks -->"))
    #expect(readme[start.upperBound..<end.lowerBound] == listed)
    for suite in Suite.allCases { #expect(listed.contains("| \(suite) |")) }
  }
}
