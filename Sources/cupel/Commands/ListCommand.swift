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

  @Option(help: "Only checks whose identity begins like this; * stands for anything. Repeatable.")
  var only: [String] = []

  func run() throws {
    kinds ? listKinds() : try listChecks()
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

  private func listKinds() {
    let all = ExplainCommand.everything
    let width = all.map(\.kind.count).max() ?? 0
    for suite in Suite.allCases {
      Console.write("\(suite.rawValue)\n")
      for check in all where check.suite == suite {
        let padding = String(repeating: " ", count: width - check.kind.count)
        let sentence = check.summary.prefix { $0 != "." }
        Console.write("  \(check.kind)\(padding)  \(sentence).\n")
      }
    }
  }
}
