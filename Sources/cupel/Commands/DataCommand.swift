internal import ArgumentParser
internal import Config
internal import DataChecks
internal import Language
internal import Reports
internal import Scan
internal import Verdict

/// `cupel data …`: one dataset, without a config.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Check, profile and show a dataset.",
    subcommands: [
      Check.self, DataRowsCommand.self, DataProfileCommand.self, DataMergeCommand.self, DataShowCommand.self,
      DataInferCommand.self, DataDiffCommand.self,
    ])

  /// `cupel data check FILE --rules RULES`.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check a table against a rules file.",
      discussion: """
        EXAMPLES
          cupel data check data/flights.csv --rules rules/flights.yaml
          cupel data check flights.csv.gz --rules rules/flights.yaml --profile flights.profile.json
        """)

    @OptionGroup var reports: ReportOptions

    @Argument(help: "The dataset; - is standard input.")
    var file: String

    @Option(help: ArgumentHelp("The file with the rules.", valueName: "path"))
    var rules: String

    @Option(
      help: ArgumentHelp(
        "Save the profile as well, from the same pass; columns that the rules call sensitive are left out of it.",
        valueName: "file"))
    var profile: String?

    @Option(help: SampleShare.help)
    var sample: SampleShare?

    @Option(help: "When to use colour: auto, always or never.")
    var color = ColorMode.auto

    @OptionGroup var dialect: DialectOptions

    @Option(help: ArgumentHelp("End the run after this time: 90s, 10m.", valueName: "duration"))
    var timeout: TimeLimit?

    @Option(help: "Only checks whose identity begins like this; * stands for anything. Repeatable.")
    var only: [String] = []

    func validate() throws {
      if let profile, reports.report.contains(where: { $0.path == profile }) {
        throw ValidationError("a report and the profile would both be written to \(profile)")
      }
    }

    func run() async throws {
      let session = RunSession(options: reports, color: color)
      var problems = Problems()
      var loader = DatasetLoader(
        configPath: session.invocation.workingDirectory + "/", configName: "", session.invocation)
      var subject = loader.subject(
        of: file, rules: rules, dialect, sample: sample, session.invocation, &problems)
      let profiler = profile.map { PassengerProfile(of: file, sample: sample, to: $0) }
      subject?.companion = profiler?.companion
      var inputs = InputFiles(dialect.table(file, session.invocation))
      inputs.add([rules])
      try session.spare(inputs, from: profile.map { [$0] } ?? [])
      if problems.isEmpty { StrayPatterns(of: only, among: subject?.checks.map(\.id) ?? []).report(&problems) }
      let redaction = Redaction(secrets: loader.secrets)
      let status = await session.conclude(problems: problems, config: rules, redaction: redaction) { [subject] result in
        guard let subject else { return }
        result.selection = only
        let outcome = await session.runner(only: only, timeout: timeout?.seconds).run([subject])
        let table =
          " \(ShellWord(file)) --rules \(ShellWord(rules))\(dialect.words)\(RunSession.words(now: reports.now))"
        let command = "cupel data check\(table)\(sample.map { " --sample \($0)" } ?? "")"
        result.findings = outcome.findings.skippingOnlyWhatAnotherAnswersFor().map {
          session.reproducible($0, by: command, rowsOf: sample == nil ? table : nil)
        }
        result.interruption = outcome.interruption
        result.reportFailures += profiler?.save().map { [$0] } ?? []
      }
      throw ExitCode(status.rawValue)
    }
  }
}

extension DatasetLoader {
  /// The subject for a table on the command line with its rules, or nil when something is wrong with them.
  mutating func subject(
    of file: String, rules: String, _ dialect: DialectOptions, sample: SampleShare? = nil, _ invocation: Invocation,
    _ problems: inout Problems
  ) -> DatasetSubject? {
    let folder = invocation.workingDirectory + "/"
    let path = ConfigPath.resolve(rules, against: folder)
    guard rules == "-" || FileLookup.exists(path) else {
      problems.report(
        "there is no file \(rules)", at: nil,
        help: ["name the rules with --rules FILE, or let \"cupel data infer \(ShellWord(file)) -o FILE\" write them"])
      return nil
    }
    guard let decoded = readRules(path, displayedAs: rules, namedAt: nil, &problems) else { return nil }
    var governing: Set<String> = []
    let complete = loaded(decoded, &governing, &problems)
    var source = dialect.table(file, invocation)
    source.sample = sample?.share
    let subject = DatasetSubject(
      name: Self.name(of: file), location: nil, source: source, rules: complete, keepsHistory: false,
      problems: &problems)
    return problems.isEmpty ? subject : nil
  }

  /// A dataset's name in identities when no config gives it one: that of its file, without the ending.
  private static func name(of file: String) -> String {
    guard file != "-" else { return "stdin" }
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.split(separator: ".").first.map(String.init) ?? last
  }
}
