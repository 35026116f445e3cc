internal import Baselines
internal import Config
internal import DataChecks
internal import Language
internal import ModelChecks
internal import Profiles
internal import Reports
internal import Scan
internal import Verdict

/// One baseline that a run may replace, or a dataset whose numbers enter the history.
struct Acceptance: Sendable {
  /// What is checked before.
  let subject: any Subject
  private let name: String
  private let content: Content

  private enum Content: Sendable {
    case profile(PassengerProfile, before: Profile?)
    case metrics(candidate: String, baseline: String)
    case numbers
  }

  /// A dataset that has no baseline besides its history.
  static func numbers(of subject: DatasetSubject) -> Acceptance {
    Acceptance(subject: subject, name: subject.name, content: .numbers)
  }

  /// A dataset whose profile rides along in the pass of its checks.
  static func dataset(_ subject: DatasetSubject, _ baseline: BaselineFile) -> Acceptance {
    var subject = subject
    let profile = PassengerProfile(of: subject.source.name, sample: nil, to: baseline.path, withMakeup: true)
    subject.companion = profile.companion
    return Acceptance(subject: subject, name: baseline.name, content: .profile(profile, before: baseline.profile))
  }

  /// A model whose baseline is a metrics file of the same format as the candidate's; nil for any other.
  static func model(_ subject: ModelSubject, _ invocation: Invocation) -> Acceptance? {
    guard let mine = subject.declaration.candidate.metrics, case .file(let candidate) = mine.value,
      let reference = subject.declaration.baseline?.metrics, case .file(let baseline) = reference.value,
      format(of: candidate) == format(of: baseline)
    else { return nil }
    func path(_ text: String, _ place: SourceLocation) -> String {
      ConfigPath.resolve(
        ConfigPath.resolve(text, against: place.file), against: invocation.workingDirectory + "/")
    }
    return Acceptance(
      subject: subject, name: baseline,
      content: .metrics(
        candidate: path(candidate, mine.location), baseline: path(baseline, reference.location)))
  }

  private static func format(of path: String) -> Substring { path.split(separator: ".").last ?? "" }

  /// What changes, a line each.
  var changes: [String] {
    switch content {
    case .numbers: return []
    case .metrics: return ["\(name): the candidate's metrics"]
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
  func accept(because reason: String?) -> String? {
    switch content {
    case .numbers:
      return nil
    case .profile(let passenger, _):
      return passenger.save(because: reason)
    case .metrics(let candidate, let baseline):
      do throws(FileError) {
        let bytes = try LocalFile.read(candidate, limit: LocalFile.defaultLimit).bytes
        do throws(ReportError) {
          try ReportFile.write(bytes, to: baseline)
          return nil
        } catch {
          return "\(error)"
        }
      } catch {
        return "\(name): \(error)"
      }
    }
  }
}
