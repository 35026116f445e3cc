internal import ArgumentParser
internal import Config
internal import ModelChecks
internal import Verdict

/// `cupel config …`: the config itself.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check the config.", subcommands: [Check.self])

  /// `cupel config check`: everything that is wrong with the config, without judging any subject: of predictions
  /// that are there it counts the rows.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Say everything that is wrong with the config, without running a check.")

    @OptionGroup var config: ConfigOptions

    func run() async throws {
      let invocation = Invocation.current
      let gate = try config.loadGate(invocation)
      let context = RunContext(
        workingDirectory: invocation.workingDirectory, environment: invocation.environment, now: invocation.startedAt,
        threads: Invocation.coreCount)
      let checks = gate.subjects.flatMap(\.checks).count
      let subjects = gate.subjects.count
      var warnings: [Diagnostic] = []
      for model in gate.subjects.compactMap({ $0 as? ModelSubject }) { warnings += await model.warnings(in: context) }
      for warning in warnings {
        let place = warning.location.map { "\($0): " } ?? ""
        let label = warning.label.map { " (\($0))" } ?? ""
        Console.say(gate.redaction.redact("warning: \(place)\(warning.headline)\(label)"), to: .error)
        for help in warning.help { Console.say("  help: \(gate.redaction.redact(help))", to: .error) }
      }
      let problems = warnings.isEmpty ? "no problems" : warnings.count == 1 ? "1 warning" : "\(warnings.count) warnings"
      Console.say(
        "\(gate.configName): \(checks) checks on \(subjects) \(subjects == 1 ? "subject" : "subjects"), \(problems)")
    }
  }
}
