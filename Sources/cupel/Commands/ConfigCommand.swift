internal import ArgumentParser
internal import Verdict

/// `cupel config …`: the config itself.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check the config.", subcommands: [Check.self])

  /// `cupel config check`: everything that is wrong with the config, without touching any subject.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Say everything that is wrong with the config, without running a check.")

    @OptionGroup var config: ConfigOptions

    func run() throws {
      let gate = try config.loadGate()
      let checks = gate.subjects.flatMap(\.checks).count
      let subjects = gate.subjects.count
      Console.say(
        "\(gate.configName): \(checks) checks on \(subjects) \(subjects == 1 ? "subject" : "subjects"), no problems")
    }
  }
}
