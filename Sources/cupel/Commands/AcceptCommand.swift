internal import ArgumentParser
internal import Baselines
internal import Config
internal import DataChecks
internal import Language
internal import ModelChecks
internal import Profiles
internal import Reports
internal import Verdict

/// `cupel accept`: what the data and the models are now becomes what later runs are compared with.
struct AcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Run the checks and make what they saw the new baseline.",
    discussion: """
      Writes the profile of every dataset to the file that its baseline: names, and copies the metrics or predictions of
      every candidate over those of its baseline, when these are a file; beside it, in FILE.contract.json, stands what
      the file holds, on which rows it was judged, and when. What the run measured enters the history, if the config
      names one and runs of this branch enter it. Says what changes. A run that fails changes nothing, unless --because
      says why it should; the profile and the contract keep the reason.

      EXAMPLES
        cupel accept                                        the first time, and whenever the run is green
        cupel accept --dry-run                              only say what would change
        cupel accept --because "new carrier since November" although columns have drifted
      """)

  @OptionGroup var config: ConfigOptions
  @OptionGroup var reports: ReportOptions

  @Option(help: ArgumentHelp("Why a failed run is accepted.", valueName: "reason"))
  var because: String?

  @Flag(help: "Say what would change, and change nothing.")
  var dryRun = false

  @Argument(help: "Only these datasets and models.")
  var subjects: [String] = []

  func validate() throws {
    if let because, !because.contains(where: { !$0.isWhitespace }) { throw ValidationError("--because says why") }
  }

  func run() async throws {
    let session = RunSession(options: reports, color: config.color)
    var problems = Problems()
    let loaded = Gate.load(config.config, session.invocation, &problems)
    try session.spare(loaded.inputs(in: session.invocation.workingDirectory))
    let acceptances = loaded.gate.map { self.acceptances(of: $0, session.invocation) } ?? []
    if problems.isEmpty { report(acceptances, among: loaded.gate?.subjects ?? [], &problems) }
    let runner = session.runner(only: [], timeout: nil)
    let command = "cupel run\(RunSession.words(config: config.config, environment: nil, now: reports.now))"
    var entry: HistoryEntry?
    var entered: HistoryEntry.Record?
    let status = await session.conclude(
      problems: problems, config: loaded.gate?.configName ?? config.config, redaction: loaded.redaction,
      goesOnAfter: lenient
    ) { result in
      guard let gate = loaded.gate else { return }
      result.project = gate.project
      let subjects = acceptances.map(\.subject)
      let history = await RunHistory(of: gate, subjects, at: session.now, session.invocation)
      var runner = runner
      if let history { runner.context.history = history.access() }
      let outcome = await runner.run(subjects)
      let made = Set(acceptances.filter(\.makesBaseline).map { Place(suite: $0.subject.suite, name: $0.subject.name) })
      let findings = gate.weighed(outcome.findings, at: session.now).map { finding in
        let isMade = made.contains(Place(suite: finding.id.suite, name: finding.id.subject))
        return isMade ? Self.withoutBaseline(finding) : finding
      }
      result.findings = findings.map { session.reproducible($0, by: command, rowsOf: nil) }
      result.interruption = outcome.interruption
      entry = history?.entry(of: result)
      // Before the reports are written, which tell when it fails.
      let status = result.exitStatus
      let isRefused = acceptances.contains { $0.refusal != nil }
      guard !dryRun, !isRefused, status == .passed || lenient.contains(status) else { return }
      entered = entry?.record(because: status == .passed ? nil : because, isByHand: true)
      result.reportFailures += entered?.failure.map { [$0] } ?? []
    }
    guard status == .passed || lenient.contains(status) else {
      if status == .failed || status == .inconclusive {
        Console.say("nothing was accepted: the run did not pass; --because REASON accepts it all the same", to: .error)
      } else if entered?.failure != nil {
        Console.say("nothing was accepted: no baseline changes unless the history does", to: .error)
      }
      throw ExitCode(status.rawValue)
    }
    let refusals = acceptances.compactMap(\.refusal)
    guard refusals.isEmpty else {
      for refusal in refusals { Console.say("error: \(refusal); nothing was accepted", to: .error) }
      throw ExitCode(ExitStatus.errored.rawValue)
    }
    for acceptance in acceptances { acceptance.changes.forEach { Console.say($0) } }
    if case .entered(let words)? = entered { Console.say(words) } else if let entry { Console.say(entry.change) }
    if dryRun { return Console.say("--dry-run: nothing was changed") }
    let reason = status == .passed ? nil : because
    var failures: [String] = []
    for acceptance in acceptances {
      if let failure = await acceptance.accept(because: reason, in: runner.context) { failures.append(failure) }
    }
    for failure in failures { Console.say("error: \(failure)", to: .error) }
    if !failures.isEmpty { throw ExitCode(ExitStatus.reportNotWritten.rawValue) }
    if let reason {
      let files = acceptances.compactMap(\.file) + (entry.map { [$0.name] } ?? [])
      guard !files.isEmpty else {
        Console.say("nothing was accepted: nothing of this run is a baseline or enters the history", to: .error)
        throw ExitCode(status.rawValue)
      }
      let what = status == .failed ? "failed" : "was inconclusive"
      Console.say(
        loaded.redaction.redact(
          "accepted \(files.joined(separator: ", ")) although the run \(what), because: \(TextSafety.inline(reason))"))
    }
  }

  /// What is accepted all the same when there is a reason.
  private var lenient: Set<ExitStatus> { because == nil ? [] : [.failed, .inconclusive] }

  private struct Place: Hashable {
    var suite: Suite
    var name: String
  }

  /// What compares rows, which a profile does not hold.
  private static let ofRows = [MultivariateDriftCheck.kind, ReconstructionDriftCheck.kind, EmbeddingDriftCheck.kind]

  /// That there is no baseline yet is no reason not to make one.
  private static func withoutBaseline(_ finding: Finding) -> Finding {
    // A history that cannot be read is there.
    guard finding.outcome == .errored, finding.reason == .baseline, finding.kind != AnomalyCheck.kind,
      !ofRows.contains(finding.kind)
    else { return finding }
    var finding = finding
    (finding.outcome, finding.reason) = (.skipped, .requested)
    finding.message += ": this run makes it"
    return finding
  }

  private func acceptances(of gate: Gate, _ invocation: Invocation) -> [Acceptance] {
    gate.subjects.filter { subjects.isEmpty || subjects.contains($0.name) }.compactMap { subject in
      if let dataset = subject as? DatasetSubject {
        if let baseline = gate.baselines[dataset.name] {
          // What is lost is told by the checks that need it; to leave the dataset out would hide that.
          return baseline.isLost ? .numbers(of: dataset) : .dataset(dataset, baseline)
        }
        return gate.history != nil && dataset.isWatched ? .numbers(of: dataset) : nil
      }
      guard let model = subject as? ModelSubject else { return nil }
      guard model.declaration.usesHistory else { return .model(model, invocation) }
      return gate.history != nil ? .numbers(of: model) : nil
    }
  }

  private func report(_ acceptances: [Acceptance], among all: [any Subject], _ problems: inout Problems) {
    for name in subjects where !acceptances.contains(where: { $0.subject.name == name }) {
      let isKnown = all.contains { $0.name == name }
      problems.report(
        isKnown
          ? "\"\(name)\" has no baseline that could be replaced: a profile, a file of the candidate's format, or a history"
          : "the config names no dataset or model \"\(name)\"", at: nil)
    }
    if acceptances.isEmpty, problems.isEmpty {
      problems.report(
        "the config names no baseline that could be replaced", at: nil,
        help: [
          "a dataset: baseline: baselines/NAME.profile.json",
          "a model: baseline: {metrics: FILE} or {predictions: FILE}",
        ])
    }
  }
}
