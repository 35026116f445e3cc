internal import Baselines
internal import Config
internal import DataChecks
internal import ModelChecks
internal import Scan
internal import Verdict

/// The history of a gate in one run: what the run knows of earlier ones, and what it leaves to later ones.
struct RunHistory: Sendable {
  private let place: HistoryPlace
  private let project: String
  private let revision: SourceRevision
  private let time: Int64
  /// What stands for the data of each dataset and each model that has something to keep, by its scope: `data.flights`;
  /// nil for a stream, which cannot be looked at before it is read.
  private let digests: [String: String?]

  /// Looks at what is checked out and at the files; nil when no check of the subjects has a history.
  init?(of gate: Gate, _ subjects: [any Subject], at time: Int64, _ invocation: Invocation) async {
    let digests = subjects.compactMap { subject in
      Self.digest(of: subject, invocation).map { (subject.scope, $0.value) }
    }
    guard let place = gate.history, !digests.isEmpty else { return nil }
    self.place = place
    (project, self.time) = (gate.project, time)
    revision = await SourceRevision.current(
      in: ConfigPath.directory(of: gate.configPath), environment: invocation.environment)
    self.digests = Dictionary(digests, uniquingKeysWith: { first, _ in first })
  }

  /// What stands for the data of one subject.
  private struct SubjectDigest {
    /// Nil for a stream.
    var value: String?
  }

  /// Nil for a subject that has nothing to keep.
  private static func digest(of subject: any Subject, _ invocation: Invocation) -> SubjectDigest? {
    if let dataset = subject as? DatasetSubject {
      return dataset.isWatched ? SubjectDigest(value: digest(of: dataset.source)) : nil
    }
    guard let model = subject as? ModelSubject, model.declaration.usesHistory else { return nil }
    var digest = DataDigest()
    for file in model.candidateFiles(in: invocation.workingDirectory) { digest.add(file: file) }
    return SubjectDigest(value: digest.description)
  }

  private static func digest(of source: TableSource) -> String? {
    guard !source.isStream else { return nil }
    var digest = DataDigest()
    for file in source.files { digest.add(file: file.path) }
    return digest.description
  }

  // MARK: - Before the run

  /// What the accepted runs before this one measured. A run over the same commit and the same data is this one.
  func access() -> HistoryAccess {
    do throws(HistoryError) {
      guard let store = try HistoryStore.openExisting(at: place.path) else { return .known(MetricHistory()) }
      var history = MetricHistory()
      for subject in digests.keys.sorted() {
        let runs = try store.runs(project: project, subject: subject)
        history.merge(MetricHistory(runs.filter { isEarlier($0) }))
      }
      return .known(history)
    } catch {
      return .unreadable(error.message(for: place.name), advice: error.advice)
    }
  }

  private func isEarlier(_ run: HistoryRun) -> Bool {
    // Who runs yesterday's data with yesterday's clock does not know of today.
    guard run.time <= time else { return false }
    if let branch = place.branch, run.branch != branch { return false }
    // What somebody accepted with a reason is usual from then on, for itself as well.
    if !run.because.isEmpty { return true }
    // What was accepted once more has a number behind its digest.
    let digest = digests[run.subject] ?? nil
    return run.commit != revision.commit || run.digest.prefix { $0 != "~" } != digest ?? ""
  }

  // MARK: - After it

  /// Keeps what the run measured, if it is accepted.
  ///
  /// - Parameter wish: what the command line says of it; nil for what the config and the place where it runs say.
  /// - Returns: what went wrong.
  func record(_ result: RunResult, wish: Bool?) -> String? {
    guard wish ?? belongs, result.exitStatus == .passed else { return nil }
    let runs = digests.keys.sorted().compactMap { run(of: $0, result.findings) }
    return HistoryEntry(of: runs, to: place)?.record().failure
  }

  /// What a run leaves that somebody accepts, whatever its verdict; nil when that is nothing, or does not belong there.
  func entry(of result: RunResult) -> HistoryEntry? {
    guard belongs else { return nil }
    let runs = digests.keys.sorted().compactMap { run(of: $0, result.findings, withOdd: true) }
    return HistoryEntry(of: runs, to: place)
  }

  /// Why a run that passed does not enter, when that is nobody's wish; nil when it does, or the reason is plain.
  func remark(on result: RunResult, wish: Bool?) -> String? {
    guard wish == nil, result.exitStatus == .passed, let branch = place.branch, revision.branch.isEmpty,
      !revision.isProposal
    else { return nil }
    return "note: this run does not enter the history, which is that of the branch \(branch): the branch is not known "
      + "here; --record enters it"
  }

  private var belongs: Bool { !revision.isProposal && (place.branch == nil || place.branch == revision.branch) }

  /// What a subject leaves; nil when that is nothing. A number that was found odd does not become what is usual, although
  /// the finding only warns or is waived.
  ///
  /// - Parameter withOdd: whether somebody says that it is usual from now on.
  private func run(of subject: String, _ findings: [Finding], withOdd: Bool = false) -> HistoryRun? {
    let accepted = findings.filter { finding in
      let isUsual = withOdd || finding.outcome == .passed || finding.outcome == .skipped && !finding.isWaived
      return finding.id.subjectScope == subject && isUsual && finding.evidence.sampled == nil
    }
    let metrics = accepted.flatMap { finding in
      finding.metrics.map {
        HistoryMetric(
          check: finding.id.description, name: $0.name, value: $0.value, count: $0.count, basis: $0.basis)
      }
    }
    guard !metrics.isEmpty else { return nil }
    var numbers = DataDigest()
    for metric in metrics { numbers.add("\(metric.check) \(metric.name) \(metric.value) \(metric.count)") }
    return HistoryRun(
      project: project, subject: subject, time: time, commit: revision.commit, branch: revision.branch,
      digest: (digests[subject] ?? nil) ?? numbers.description, metrics: metrics)
  }
}

extension DatasetSubject {
  /// Whether a check compares a number with those of earlier runs.
  var isWatched: Bool { checks.contains { $0.kind == AnomalyCheck.kind } }
}

extension MetricHistory {
  /// The series of some runs, which are in the order of their times. Of runs over the same commit and the same data, as
  /// two branches have them, the first counts; beside it, the one that somebody accepted with a reason.
  init(_ runs: [HistoryRun]) {
    self.init()
    var seen: Set<[String]> = []
    for run in runs where seen.insert([run.subject, run.commit, run.digest, run.because]).inserted {
      for metric in run.metrics {
        self[Key(check: metric.check, metric: metric.name)].append(
          Point(time: run.time, value: metric.value, basis: metric.basis, isFresh: !run.because.isEmpty))
      }
    }
  }
}

extension CheckID {
  /// The identity of the subject that the check is about: `data.flights`.
  var subjectScope: String { CheckID(suite: suite, subject: subject, check: "").scope }
}

extension Subject {
  /// The subject's identity: `data.flights`.
  var scope: String { CheckID(suite: suite, subject: name, check: "").scope }
}
