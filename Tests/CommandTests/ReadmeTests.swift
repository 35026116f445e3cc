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

  /// Configs and parts of them, rules, and the hook: what a block is shows in its first key.
  @Test func everyYAMLIsValid() async throws {
    let dataset = "version: 1\ndata: {flights: {source: flights.csv, columns: {dep_delay: {missing: {at_most: 3%}}}}}\n"
    let work = try TemporaryFolder()
    try work.write(try Repository.text("fixtures/flights/data/january.csv"), to: "flights.csv")
    for block in blocks("yaml") {
      switch block.prefix(while: { $0 != ":" }) {
      case "version", "waivers", "environments":
        try work.write(block.hasPrefix("version:") ? block : dataset + block, to: "cupel.yaml")
        let result = try await CupelBinary.run(["config", "check"], in: work.path)
        #expect(result.exitCode == 0, "\(block)\n\(result.error)")
      case "data", "models", "endpoints":
        try work.write("version: 1\n" + block, to: "cupel.yaml")
        let result = try await CupelBinary.run(["config", "check"], in: work.path)
        #expect(result.exitCode == 0, "\(block)\n\(result.error)")
      case "rows", "columns":
        try work.write(block, to: "rules.yaml")
        let result = try await CupelBinary.run(
          ["data", "check", "flights.csv", "--rules", "rules.yaml"], in: work.path)
        #expect([0, 1].contains(result.exitCode), "\(block)\n\(result.output)")
      // What they ask of `cupel serve` is tried in ServeTests.
      case "analysis": #expect(block.contains(":8888/gate") && block.contains("metadata: {select: endpoints."))
      case "metrics": #expect(block.contains(":8888/verdict?select=endpoints.") && block.contains("{$.outcome}"))
      case "repos":
        let hooks = try Repository.text(".pre-commit-hooks.yaml")
        #expect(block.contains("hooks: [{id: cupel}]") && hooks.contains("- id: cupel\n"))
        #expect(readme.contains("`cupel-src`") && hooks.contains("- id: cupel-src\n"))
      default: Issue.record("no test knows what this is:\n\(block)")
      }
    }
  }

  /// The first block shows parts of the demo's broken run.
  @Test func theShownRunIsReal() async throws {
    let shown = try #require(blocks("text").first { $0.hasPrefix("data.flights") })
    let run = try await CupelBinary.run(["run", "--config", "fixtures/flights/broken.yaml"], in: Repository.root)
    #expect(run.exitCode == 1)
    // Dots stand for what is left out, and no two runs take as long.
    for line in shown.split(separator: "\n") where !line.trimmingCharacters(in: .whitespaces).hasPrefix("…") {
      let parts = line.hasPrefix("FAIL") ? line.components(separatedBy: " in ") : [String(line)]
      #expect(run.output.contains(parts[0]), "the README shows: \(line)")
    }
  }

  /// Commands in the text: they exist, and so do their options.
  @Test func everyMentionedCommandExists() async throws {
    let prose = readme.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let mentions = prose.joined().components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    let commands = mentions.map { $0.replacing("\n", with: " ") }.filter { $0.hasPrefix("cupel ") }
    #expect(commands.count > 10)
    for command in commands where command != "cupel help exit-codes" {
      let words = command.split(separator: " ").dropFirst()
      let verbs = words.prefix { $0.allSatisfy { $0.isLowercase || $0 == "-" || $0 == "|" } && !$0.hasPrefix("-") }
      let groups = verbs.map { $0.split(separator: "|") }
      // `data show|profile` is two commands.
      for last in groups.last ?? [] {
        let path = groups.dropLast().map { String($0[0]) } + [String(last)]
        let help = try await CupelBinary.run(Array(path.prefix(2)) + ["--help"], in: Repository.root)
        #expect(help.exitCode == 0, "\(command): \(help.error)")
        for option in words where option.hasPrefix("-") { #expect(help.output.contains(option), "\(command)") }
      }
    }
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
