internal import ArgumentParser
internal import DataChecks
internal import EndpointChecks
internal import Language
internal import ModelChecks
internal import Verdict

/// `cupel selftest`.
struct SelftestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Prove that every rule can fail: violate each on purpose and see it turn red.",
    discussion: """
      For every check of every dataset the first rows of its data, as many as it takes, are changed in memory by as little
      as ought to violate this one claim: a value just beyond the limit, a repeated key, one row more than is allowed. The
      same check is evaluated before and after. A case passes when the check held and then failed; it fails when the check
      stays green, which is a rule that guards nothing. Drift is violated column by column, in ever fewer rows: the case says
      from which share of them on it is red. What is red before any change is skipped. Nothing is written to
      the data, and values of sensitive columns are not shown.

      For every gate of a model the candidate's metric is moved just beyond the limit.

      An endpoint is asked once. Then each check judges the same replies again, without the network, and one of them is made
      wrong: a prediction beyond the tolerance, a NaN, another name, an error in place of a success, a success in place of a
      refusal. Checks under load and of time are skipped.

      EXAMPLES
        cupel selftest
        cupel selftest --only data.flights.distance --verbose
        cupel selftest --report junit=selftest.xml
      """)

  @OptionGroup var config: ConfigOptions
  @OptionGroup var reports: ReportOptions

  @Option(help: "Only checks whose identity begins like this; * stands for anything. Repeatable.")
  var only: [String] = []

  @Option(help: ArgumentHelp("Where the gate runs, one of the config's environments.", valueName: "name"))
  var env: String?

  @Option(help: ArgumentHelp("End the run after this time: 90s, 10m.", valueName: "duration"))
  var timeout: TimeLimit?

  func run() async throws {
    let session = RunSession(options: reports, color: config.color)
    var problems = Problems()
    let loaded = Gate.load(config.config, environment: env, session.invocation, &problems)
    try session.spare(loaded.inputs(in: session.invocation.workingDirectory))
    let status = await session.conclude(
      problems: problems, config: loaded.gate?.configName ?? config.config, redaction: loaded.redaction
    ) { result in
      guard let gate = loaded.gate else { return }
      result.project = gate.project
      // Both names of a test are understood: its own, and that of its check.
      let selection = Selection(only.map { $0.hasPrefix("selftest.") ? String($0.dropFirst(9)) : $0 })
      let subjects = gate.subjects.map { subject -> any Subject in
        if let dataset = subject as? DatasetSubject { return SelfTest(of: dataset, selection) }
        if let model = subject as? ModelSubject { return ModelSelfTest(of: model, selection) }
        if let endpoint = subject as? EndpointSubject { return EndpointSelfTest(of: endpoint, selection) }
        return UntestedSubject(subject: subject, selection: selection)
      }
      let outcome = await session.runner(only: [], timeout: timeout?.seconds).run(subjects)
      let options = RunSession.words(config: config.config, environment: env, now: reports.now)
      result.findings = outcome.findings.map {
        session.reproducible($0, by: "cupel selftest\(options)", rowsOf: nil)
      }
      result.interruption = outcome.interruption
    }
    throw ExitCode(status.rawValue)
  }
}

/// A subject whose checks nobody knows how to violate yet.
private struct UntestedSubject: Subject {
  let subject: any Subject
  let selection: Selection

  var suite: Suite { subject.suite }
  var name: String { subject.name }
  var location: SourceLocation? { subject.location }
  var checks: [PlannedCheck] { subject.checks.filter { selection.includes($0.id) }.map(\.selfTest) }

  func evaluate(_ selection: Selection, in context: RunContext) async -> [Finding] {
    checks.map { $0.finding(.skipped, "checks of \(suite.rawValue) are not covered by the self-test yet") }
  }
}
