internal import ArgumentParser
internal import Config
internal import DataChecks
internal import Planning
internal import Reports
internal import Scan
internal import Verdict

/// `cupel init DATA`: a first config for a dataset.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a first cupel.yaml for a dataset, with rules that it keeps.",
    discussion: """
      EXAMPLES
        cupel init data/train.csv
        cupel init export.csv --delimiter ';' --output gates/export.yaml
      """)

  @Argument(help: "The dataset: a file, a pattern, a folder.")
  var data: String

  @Option(help: "Where to write the config.")
  var output = "cupel.yaml"

  @OptionGroup var dialect: DialectOptions

  @Flag(help: "Replace a config that is there.")
  var force = false

  func run() async throws {
    let invocation = Invocation.current
    let target = ConfigPath.resolve(output, against: invocation.workingDirectory + "/")
    guard force || !FileLookup.exists(target) else {
      throw ValidationError("\(output) is there already. --force replaces it, --output writes another one.")
    }
    let path = ConfigPath.resolve(data, against: invocation.workingDirectory + "/")
    let table = dialect.explored(data, invocation)
    try InputFiles(table).spare([target])
    let rules: StarterRules
    do {
      var scan = NativeScan(table, ScanResources(threads: Invocation.coreCount))
      rules = try await StarterRules(from: &scan)
    } catch {
      Console.say("error: \(error.message)", to: .error)
      if let hint = error.hint { Console.say("  \(hint)", to: .error) }
      throw ExitCode(ExitStatus.errored.rawValue)
    }
    let source = PathNames.relative(path, to: ConfigPath.directory(of: target))
    let config = StarterConfig(source: source, dialect: table.options.dialect, rules: rules)
    guard config.text.utf8.count <= ConfigReader.sizeLimit else {
      Console.say(
        "error: a config for \(rules.columns.count) columns would be larger than 1 MB, which Cupel does not read",
        to: .error)
      Console.say("  write rules for the columns that matter by hand", to: .error)
      throw ExitCode(ExitStatus.errored.rawValue)
    }
    do {
      try ReportFile.write(Array(config.text.utf8), to: target)
    } catch {
      Console.say("error: \(error)", to: .error)
      throw ExitCode(ExitStatus.reportNotWritten.rawValue)
    }
    let option = output == "cupel.yaml" ? "" : " --config \(ShellWord(output))"
    let count = Quantity(Double(rules.columns.count), .columns)
    Console.say("\(output): \(count) of \(data), inferred from \(Quantity(Double(rules.rows), .rows))")
    Console.say("next: cupel run\(option)")
  }
}
