internal import ArgumentParser
internal import Config
internal import Language
internal import Verdict

/// `cupel run`: every check of the config, one verdict.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the checks of the config and give one verdict.",
    discussion: """
      EXAMPLES
        cupel run
        cupel run --config ci/cupel.yaml --report junit=cupel.xml --report markdown=cupel.md
        cupel run --only data.flights --only models.delay.roc_auc
        cupel run data/flights.csv             only the datasets that read this file (pre-commit passes such names)

      EXIT CODES
      \(ExitCodesCommand.table)
      """)

  @OptionGroup var config: ConfigOptions
  @OptionGroup var reports: ReportOptions

  @Option(help: "Only checks whose identity begins like this; * stands for anything. Repeatable.")
  var only: [String] = []

  @Option(help: ArgumentHelp("Where the gate runs, one of the config's environments.", valueName: "name"))
  var env: String?

  @Option(help: ArgumentHelp("End the run after this time: 90s, 10m.", valueName: "duration"))
  var timeout: TimeLimit?

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Whether a run that passes enters the history; otherwise it does on the history's branch, with all checks, and not for a pull request."
    ))
  var record: Bool?

  @Flag(help: "Compare with no earlier runs, and leave nothing to later ones.")
  var noHistory = false

  @Argument(help: "Only the datasets that these files belong to; a config or rules file selects what it governs.")
  var files: [String] = []

  func validate() throws {
    if noHistory, record == true { throw ValidationError("--no-history and --record exclude each other") }
  }

  func run() async throws {
    let session = RunSession(options: reports, color: config.color)
    var problems = Problems()
    let loaded = Gate.load(config.config, environment: env, session.invocation, &problems)
    try session.spare(loaded.inputs(in: session.invocation.workingDirectory))
    let gate = loaded.gate
    let selection = files.isEmpty ? nil : gate.map { FileSelection(files, of: $0, session.invocation) }
    let subjects = selection?.subjects ?? gate?.subjects ?? []
    if let gate, let selection, problems.isEmpty {
      guard !subjects.isEmpty else { throw nothingSelected(selection, of: gate, session) }
      for note in selection.notes(gate.configName) { Console.say(gate.redaction.redact(note), to: .error) }
    }
    if let gate, problems.isEmpty {
      let strays = StrayPatterns(of: only, among: gate.subjects.flatMap(\.checks).map(\.id))
      strays.report(&problems)
      if strays.areAll { for stray in strays.diagnostics { Console.say(stray.headline, to: .error) } }
    }
    let gateOptions = RunSession.words(config: config.config, environment: env, now: reports.now)
    let status = await session.conclude(
      problems: problems, config: gate?.configName ?? config.config, redaction: loaded.redaction
    ) { result in
      guard let gate else { return }
      result.project = gate.project
      result.selection = only
      let history = noHistory ? nil : await RunHistory(of: gate, subjects, at: session.now, session.invocation)
      var runner = session.runner(only: only, timeout: timeout?.seconds)
      if let history { runner.context.history = history.access() }
      let outcome = await runner.run(subjects)
      let findings = outcome.findings.map {
        session.reproducible($0, by: "cupel run\(gateOptions)", rowsOf: gateOptions)
      }
      result.findings = gate.weighed(findings, at: session.now)
      result.interruption = outcome.interruption
      // A part of the checks does not say that the run is a good one.
      let failure = history?.record(result, wish: only.isEmpty ? record : record ?? false)
      result.reportFailures += failure.map { [$0] } ?? []
      let remark = only.isEmpty ? history?.remark(on: result, wish: record) : nil
      if let remark { Console.say(gate.redaction.redact(remark), to: .error) }
    }
    throw ExitCode(status.rawValue)
  }

  /// How the run ends when the named files belong to nothing. Hooks pass whatever a commit touches, deleted files too, so
  /// that this is no mistake; but it is said.
  private func nothingSelected(_ selection: FileSelection, of gate: Gate, _ session: RunSession) -> ExitCode {
    if !selection.missing.isEmpty {
      for note in selection.notes(gate.configName) { Console.say(gate.redaction.redact(note), to: .error) }
    }
    let message = "no dataset of \(gate.configName) includes \(files.joined(separator: ", ")): nothing to check"
    let status = session.concludeNothing(
      message, project: gate.project, config: gate.configName, redaction: gate.redaction)
    return ExitCode(status.rawValue)
  }
}

/// A time limit on the command line: `90s`, `10m`.
struct TimeLimit: ExpressibleByArgument, Sendable {
  var seconds: Double

  init?(argument: String) {
    var problems = Problems()
    let node = Node(.scalar(argument, quoted: false), at: SourceLocation(file: "", line: 1, column: 1))
    guard let limit = Shape<Quantity>.duration.decode(node, &problems), limit.value > 0 else { return nil }
    seconds = limit.value
  }
}
