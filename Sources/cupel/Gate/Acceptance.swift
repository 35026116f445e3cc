internal import Baselines
internal import Config
internal import DataChecks
internal import Language
internal import ModelChecks
internal import Profiles
internal import Reports
internal import Scan
internal import Verdict

/// One baseline that a run may replace, or a subject whose numbers enter the history.
struct Acceptance: Sendable {
  /// What is checked before.
  let subject: any Subject
  private let name: String
  private let content: Content

  private enum Content: Sendable {
    case profile(PassengerProfile, before: Profile?)
    case model(ModelBaseline)
    /// The run itself becomes the baseline: ``HistoryEntry`` keeps it.
    case numbers
  }

  /// A dataset or a model that has no baseline besides its history.
  static func numbers(of subject: any Subject) -> Acceptance {
    Acceptance(subject: subject, name: subject.name, content: .numbers)
  }

  /// Whether it replaces what nothing can be compared with: a profile that is not there yet, or a model's baseline that is
  /// not, or was judged on other rows.
  var makesBaseline: Bool {
    switch content {
    case .profile(_, let before): before == nil
    case .model: true
    case .numbers: false
    }
  }

  /// A dataset whose profile rides along in the pass of its checks.
  static func dataset(_ subject: DatasetSubject, _ baseline: BaselineFile) -> Acceptance {
    var subject = subject
    let profile = PassengerProfile(of: subject.source.name, sample: nil, to: baseline.path, withMakeup: true)
    subject.companion = profile.companion
    return Acceptance(subject: subject, name: baseline.name, content: .profile(profile, before: baseline.profile))
  }

  /// A model whose baseline is a file of the same format as the candidate's; nil for any other.
  static func model(_ subject: ModelSubject, _ invocation: Invocation) -> Acceptance? {
    let folder = invocation.workingDirectory
    let candidates = subject.candidateFiles(in: folder)
    guard let baseline = subject.baselineFile(in: folder), candidates.count == 1, candidates[0] != baseline.path,
      format(of: candidates[0]) == format(of: baseline.path)
    else { return nil }
    return Acceptance(
      subject: subject, name: baseline.name,
      content: .model(ModelBaseline(model: subject, candidate: candidates[0], path: baseline.path)))
  }

  private static func format(of path: String) -> Substring { path.split(separator: ".").last ?? "" }

  /// The file that is replaced; nil when that is none.
  var file: String? { if case .numbers = content { nil } else { name } }

  /// What changes, a line each.
  var changes: [String] {
    switch content {
    case .numbers: return []
    case .model(let baseline): return ["\(name): the candidate's \(baseline.what)"]
    case .profile(let passenger, let before):
      guard let now = passenger.profile else { return [] }
      guard let before else { return ["\(name): new, \(now.rows) rows and \(now.columns.count) columns"] }
      let lines = ProfileChanges(from: before, to: now).lines
      return lines.isEmpty ? ["\(name): nothing changes"] : ["\(name):"] + lines.map { "  \($0)" }
    }
  }

  /// Why it can be no baseline, whatever the verdict; nil when it can.
  var refusal: String? {
    guard case .profile(let passenger, _) = content else { return nil }
    guard let profile = passenger.profile else { return "\(name): the data were not read to their end" }
    return profile.rows == 0 ? "\(name): a table without rows is no baseline" : nil
  }

  /// Replaces the baseline; returns what went wrong.
  func accept(because reason: String?, in context: RunContext) async -> String? {
    switch content {
    case .numbers: return nil
    case .profile(let passenger, _): return passenger.save(because: reason)
    case .model(let baseline): return await baseline.save(because: reason, in: context).map { "\(name): \($0)" }
    }
  }
}
