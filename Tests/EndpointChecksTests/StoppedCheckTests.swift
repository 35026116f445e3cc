import Processes
import Testing
import Verdict

@testable import EndpointChecks

/// What an end must look like: pure, from reports.
@Suite struct StoppedCheckTests {
  private func judge(
    _ outcome: DrainReport.Outcome, exitBefore: ProcessExit? = nil, portIsOpen: Bool = false
  ) -> Judgement {
    StoppedCheck(limit: Quantity(5, .seconds)).judge(
      StoppedCheck.Report(
        exitBefore: exitBefore, drain: DrainReport(outcome: outcome, exit: nil, duration: .seconds(1)), port: 8080,
        portIsOpen: portIsOpen))
  }

  @Test func leavingAfterTermPasses() {
    let judgement = judge(.terminated)
    #expect(judgement.outcome == .passed)
    #expect(judgement.evidence.observed == Quantity(1, .seconds))
    #expect(judgement.evidence.limit == .atMost(Quantity(5, .seconds)))
  }

  @Test func everythingElseFails() {
    let failures: [(Judgement, String)] = [
      (judge(.killed(processes: 1)), "1 process was still there 5s after TERM"),
      (judge(.killed(processes: 3)), "3 processes were still there"),
      (judge(.survived(processes: [7, 9])), "still there: process 7, 9"),
      (judge(.terminated, portIsOpen: true), "port 8080 is still open"),
      (judge(.wasGone, exitBefore: .exited(status: 0)), "exited with status 0 before it was asked to stop"),
      (judge(.terminated, exitBefore: .exited(status: 0)), "left processes behind"),
      (judge(.wasGone, exitBefore: .signalled(signal: 11)), "signal 11"),
    ]
    for (judgement, words) in failures {
      #expect(judgement.outcome == .failed)
      #expect(judgement.message.contains(words), "\(judgement.message)")
    }
  }
}
