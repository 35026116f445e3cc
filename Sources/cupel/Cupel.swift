internal import ArgumentParser
internal import Glibc
internal import Scan
internal import Verdict

/// The command line of Cupel.
@main
struct Cupel: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "cupel",
    abstract: "The validation gate of a machine-learning pipeline: data, models and endpoints, one verdict.",
    discussion: """
      EXAMPLES
        cupel init data/train.csv              write a first cupel.yaml for a dataset
        cupel run                              run every check of the nearest cupel.yaml
        cupel run --report junit=cupel.xml     the same, with a JUnit report for CI
        cupel run --only data.train.age        only the checks on one column
        cupel selftest                         whether every rule can fail, on your own data
        cupel explain between                  what a check claims, why, and how to fix it
        cupel help exit-codes                  what the exit code says
      """,
    version: version,
    subcommands: [
      RunCommand.self, AcceptCommand.self, CalibrateCommand.self, HistoryCommand.self, DataCommand.self,
      ModelCommand.self, EndpointCommand.self, ServeCommand.self, SelftestCommand.self, InitCommand.self,
      ListCommand.self, ExplainCommand.self, ConfigCommand.self, SchemaCommand.self, ExitCodesCommand.self,
    ]
  )

  /// Parses and runs. ArgumentParser's own exit code for a wrong command line, 64, belongs to others: 2 is ours.
  static func main() async {
    Signals.watch()
    ScanMemory.keepFreed()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error).rawValue
      let text = UsageError.advised(fullMessage(for: error))
      if code == 0 {
        return text.isEmpty ? () : Console.write(text + "\n")
      }
      for line in text.split(separator: "\n") { Console.say(String(line), to: .error) }
      guard code == EX_USAGE else { Glibc.exit(code) }
      UsageError(message: UsageError.advised(message(for: error))).report(CommandLine.arguments)
      Glibc.exit(ExitStatus.usage.rawValue)
    }
  }

  /// A command line that lost its command must not look like a gate that passed.
  func run() throws {
    Console.write(Self.helpMessage() + "\n", to: .error)
    throw ExitCode(ExitStatus.usage.rawValue)
  }
}
