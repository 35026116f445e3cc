import Testing
import Verdict

@Suite struct ExitStatusTests {
  /// The order of the contract; 130 and 143 never meet.
  static let strongestFirst: [Int32] = [130, 143, 70, 2, 3, 4, 6, 1, 5, 0]

  static func finding(
    _ outcome: Outcome, _ severity: Severity = .block, reason: Reason? = nil, implicit: Bool = false
  ) -> Finding {
    Finding(
      id: CheckID(suite: .data, subject: "s", check: "c"), kind: "c", outcome: outcome, severity: severity,
      reason: reason, message: "m", isImplicit: implicit)
  }

  /// A run that ends well because all of it was left out on request does not say that anything was evaluated.
  @Test func theReasonSaysWhetherAnythingWasEvaluated() {
    let left = Self.finding(.skipped, reason: .requested)
    #expect(Self.run([left]).exitStatus == .passed)
    #expect(Self.run([left]).exitReason.contains("nothing was evaluated"))
    #expect(Self.run([left, Self.finding(.passed, implicit: true)]).exitReason.contains("nothing was evaluated"))
    #expect(Self.run([left, Self.finding(.passed)]).exitReason == ExitStatus.passed.meaning)
    #expect(Self.run([Self.finding(.failed)]).exitReason == ExitStatus.failed.meaning)
  }

  static func run(_ findings: [Finding], failsOnWarnings: Bool = false) -> RunResult {
    RunResult(version: "1", startedAt: 0, findings: findings, failsOnWarnings: failsOnWarnings)
  }

  @Test(
    arguments: [
      (Outcome.passed, Severity.block, false, Int32(0)), (.failed, .block, false, 1), (.inconclusive, .block, false, 5),
      (.errored, .block, false, 3), (.skipped, .block, false, 4),
      (.passed, .warn, false, 0), (.failed, .warn, false, 0), (.inconclusive, .warn, false, 0),
      (.errored, .warn, false, 3),
      (.skipped, .warn, false, 4),
      (.passed, .warn, true, 0), (.failed, .warn, true, 1), (.inconclusive, .warn, true, 5), (.errored, .warn, true, 3),
      (.failed, .block, true, 1), (.skipped, .warn, true, 4),
    ] as [(Outcome, Severity, Bool, Int32)])
  func oneOutcomeDecides(outcome: Outcome, severity: Severity, failsOnWarnings: Bool, code: Int32) {
    let run = Self.run([Self.finding(outcome, severity)], failsOnWarnings: failsOnWarnings)
    #expect(run.exitStatus.rawValue == code)
  }

  /// A run in which the status applies, whatever else does.
  static func apply(_ code: Int32, to run: inout RunResult) {
    switch code {
    case 130: run.interruption = .interrupt
    case 143: run.interruption = .terminate
    case 70: run.internalError = "a bug"
    case 2: run.diagnostics = [Diagnostic("wrong")]
    case 3: run.findings.append(finding(.errored, implicit: true))
    case 4: run.findings.removeAll { $0.outcome == .passed }
    case 6: run.reportFailures = ["disk full"]
    case 1: run.findings.append(finding(.failed, implicit: true))
    case 5: run.findings.append(finding(.inconclusive, implicit: true))
    default: break
    }
  }

  @Test func theStrongerOfEveryPairWins() {
    for (index, strong) in Self.strongestFirst.enumerated() {
      // Where something failed, something was checked.
      for weak in Self.strongestFirst[index...]
      where !(strong == 130 && weak == 143) && !(strong == 4 && (weak == 1 || weak == 5)) {
        var run = Self.run([Self.finding(.passed)])
        Self.apply(weak, to: &run)
        Self.apply(strong, to: &run)
        #expect(run.exitStatus.rawValue == strong, "\(strong) over \(weak)")
      }
    }
  }

  @Test func precedenceNamesEveryStatusOnce() {
    #expect(ExitStatus.precedence.map(\.rawValue) == Self.strongestFirst)
    #expect(Set(ExitStatus.precedence) == Set(ExitStatus.allCases))
  }

  @Test func codesOfOtherSystemsAreNeverUsed() {
    let foreign: Set<Int32> = [64, 99, 100, 124, 125, 126, 127, 255]
    #expect(foreign.isDisjoint(with: ExitStatus.allCases.map(\.rawValue)))
  }

  @Test func nothingCheckedIsNoPass() {
    #expect(Self.run([]).exitStatus == .nothingChecked)
    #expect(Self.run([Self.finding(.passed, implicit: true)]).exitStatus == .nothingChecked)
    #expect(Self.run([Self.finding(.skipped, reason: .dependency)]).exitStatus == .nothingChecked)
    #expect(
      Self.run([Self.finding(.passed, implicit: true), Self.finding(.skipped, reason: .dependency)]).exitStatus
        == .nothingChecked)
    #expect(Self.run([Self.finding(.skipped, reason: .requested, implicit: true)]).exitStatus == .nothingChecked)
  }

  @Test func whatTheUserAskedForCounts() {
    #expect(Self.run([Self.finding(.skipped, reason: .requested)]).exitStatus == .passed)
    let both = [Self.finding(.skipped, reason: .requested), Self.finding(.skipped, reason: .dependency)]
    #expect(Self.run(both).exitStatus == .passed)
  }

  /// What a check that nobody wrote finds wrong is the outcome, also when every gate that somebody wrote depends on it.
  @Test func aFailureThatKeepsAllGatesFromBeingJudgedIsTheOutcome() {
    let skipped = Self.finding(.skipped, reason: .dependency)
    for (outcome, code) in [(Outcome.failed, Int32(1)), (.inconclusive, 5), (.errored, 3), (.passed, 4), (.skipped, 4)]
    {
      #expect(Self.run([Self.finding(outcome, implicit: true), skipped]).exitStatus.rawValue == code, "\(outcome)")
    }
  }
}
