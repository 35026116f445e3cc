internal import ArgumentParser
internal import Config
internal import Verdict

/// `cupel list`: the checks of the config, without running any.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the checks of the config, or the kinds of checks there are.",
    discussion: """
      EXAMPLES
        cupel list
        cupel list --kinds
      """)

  @OptionGroup var config: ConfigOptions

  @Flag(help: "List the kinds of checks instead, with a line on each.")
  var kinds = false

  @Flag(help: "With --kinds: as the table of the README.")
  var markdown = false

  @Option(help: "Only checks whose identity begins like this; * stands for anything. Repeatable.")
  var only: [String] = []

  func run() throws {
    guard kinds else { return try listChecks() }
    markdown ? writeTable() : listKinds()
  }

  private func listChecks() throws {
    let gate = try config.loadGate()
    let selection = Selection(only)
    for check in gate.subjects.flatMap(\.checks) where selection.includes(check.id) {
      let severity = check.severity == .warn ? "  (warn)" : ""
      let place = check.location.map { "  \($0)" } ?? ""
      Console.say(gate.redaction.redact("\(check.id)\(severity)\(place)"))
    }
  }

  private func writeTable() {
    Console.write("| suite | check | what it claims |\n|---|---|---|\n")
    for suite in Suite.allCases {
      for check in ExplainCommand.everything where check.suite == suite {
        let claim = sentence(check).replacing("|", with: "\\|")
        Console.write("| \(suite) | `\(check.kind)` | \(claim) |\n")
      }
    }
  }

  /// The first sentence of a summary.
  private func sentence(_ check: CheckDocumentation) -> String {
    let end = check.summary.firstRange(of: ". ")?.lowerBound ?? check.summary.endIndex
    return check.summary[..<end] + (end == check.summary.endIndex ? "" : ".")
  }

  private func listKinds() {
    let all = ExplainCommand.everything
    let width = all.map(\.kind.count).max() ?? 0
    for suite in Suite.allCases {
      Console.write("\(suite.rawValue)\n")
      for check in all where check.suite == suite {
        let padding = String(repeating: " ", count: width - check.kind.count)
        Console.write("  \(check.kind)\(padding)  \(sentence(check))\n")
      }
    }
  }
}
