import Processes
import Testing
import Verdict

@testable import EndpointChecks

/// What an end must look like: pure, from reports.
@Suite struct StoppedCheckTests {
  private func judge(
    _ outcome: DrainReport.Outcome, exitBefore: ProcessExit? = nil, portIsOpen: Bool = false, killed: [String] = [],
    strays: [String] = [], containerWasLeft: Bool = false
  ) -> Judgement {
    let drain = DrainReport(outcome: outcome, exit: nil, duration: .seconds(1), killed: killed, strays: strays)
    return StoppedCheck(limit: Quantity(5, .seconds)).judge(
      StoppedCheck.Report(
        exitBefore: exitBefore, drain: drain, port: 8080, portIsOpen: portIsOpen, containerWasLeft: containerWasLeft))
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
      (
        judge(.killed(processes: 2), killed: ["python3 (7)", "python3 (8)"]),
        "2 processes were still there 5s after TERM and had to be killed: python3 (7), python3 (8)"
      ),
      (judge(.terminated, strays: ["worker (9)"]), "outside its process group, which had to be killed: worker (9)"),
      (judge(.wasGone, exitBefore: .exited(status: 0), strays: ["worker (9)"]), "left processes behind"),
      (judge(.terminated, containerWasLeft: true), "the container was still there"),
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
