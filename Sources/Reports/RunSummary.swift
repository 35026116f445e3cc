package import Verdict

/// How a finding counts in this run: its outcome, unless its severity softens it.
package enum Standing: String, Sendable, Hashable, CaseIterable {
  case failed
  case errored
  case inconclusive
  case warned
  case skipped
  case passed
}

extension RunResult {
  /// How a finding counts. A failed or inconclusive one that only warns is `warned`, unless warnings fail the run.
  package func standing(of finding: Finding) -> Standing {
    switch finding.outcome {
    case .passed: .passed
    case .skipped: .skipped
    case .errored: .errored
    case .failed: blocks(finding) ? .failed : .warned
    case .inconclusive: blocks(finding) ? .inconclusive : .warned
    }
  }
}

/// The numbers and words of a run that all reports share.
package struct RunSummary: Sendable {
  /// How many checks have each standing. Every check is counted once.
  package struct Tally: Sendable, Hashable {
    private var counts: [Standing: Int] = [:]

    package subscript(_ standing: Standing) -> Int { counts[standing, default: 0] }

    package var total: Int { counts.values.reduce(0, +) }

    fileprivate mutating func add(_ standing: Standing) { counts[standing, default: 0] += 1 }

    /// `1 failed, 1 error, 41 passed, 2 warned`; standings that no check has are left out.
    package var sentence: String {
      let words: [(Standing, String)] = [
        (.failed, "failed"), (.errored, self[.errored] == 1 ? "error" : "errors"), (.inconclusive, "inconclusive"),
        (.passed, "passed"), (.warned, "warned"), (.skipped, "skipped"),
      ]
      let parts = words.filter { self[$0.0] > 0 }.map { "\(self[$0.0]) \($0.1)" }
      return parts.isEmpty ? "no checks" : parts.joined(separator: ", ")
    }
  }

  package let all: Tally
  /// The suites that have findings, in the order data, models, endpoints.
  package let suites: [(suite: Suite, tally: Tally)]
  package let status: ExitStatus
  private let duration: Duration
  private let problems: Int
  private let sampled: Evidence.Sampled?

  package init(_ result: RunResult) {
    var all = Tally()
    var bySuite: [Suite: Tally] = [:]
    for finding in result.findings {
      let standing = result.standing(of: finding)
      all.add(standing)
      bySuite[finding.id.suite, default: Tally()].add(standing)
    }
    self.all = all
    suites = Suite.allCases.compactMap { suite in bySuite[suite].map { (suite, $0) } }
    status = result.exitStatus
    duration = result.duration
    problems = result.diagnostics.count
    sampled = result.sampled
  }

  /// The verdict as one stable word, for machines.
  package var verdict: String {
    switch status {
    case .passed: "passed"
    case .failed: "failed"
    case .usage: "config-error"
    case .errored: "errored"
    case .nothingChecked: "nothing-checked"
    case .inconclusive: "inconclusive"
    case .reportNotWritten: "report-not-written"
    case .internalError: "internal-error"
    case .interrupted, .terminated: "interrupted"
    }
  }

  /// The verdict for people, in capitals.
  package var headline: String {
    switch status {
    case .passed: "PASS"
    case .failed: "FAIL"
    case .usage: "CONFIG ERROR"
    case .errored: "ERROR"
    case .nothingChecked: "NOTHING CHECKED"
    case .inconclusive: "INCONCLUSIVE"
    case .reportNotWritten: "NOT ALL WRITTEN"
    case .internalError: "INTERNAL ERROR"
    case .interrupted, .terminated: "INTERRUPTED"
    }
  }

  /// `1 failed, 41 passed in 1.3s  (exit 1)`
  package var sentence: String { "\(course)  (exit \(status.rawValue))" }

  /// `1 failed, 41 passed in 1.3s`
  var course: String {
    let what =
      status == .usage && problems > 0
      ? "\(problems) \(problems == 1 ? "problem" : "problems"), nothing was evaluated" : all.sentence
    let part = sampled.map { " in a sample of \($0)" } ?? ""
    return "\(what)\(part) in \(Clock.brief(duration))"
  }
}
