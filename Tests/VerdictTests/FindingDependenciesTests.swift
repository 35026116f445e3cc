import Testing
import Verdict

/// A skip is no pass as long as the check that it names speaks for it, and an error otherwise.
@Suite struct FindingDependenciesTests {
  private static func id(_ check: String) -> CheckID {
    CheckID(suite: .data, subject: "t", column: "a", check: check)
  }

  private static func finding(_ outcome: Outcome, _ severity: Severity = .block) -> Finding {
    Finding(id: id("type"), kind: "type", outcome: outcome, severity: severity, message: "as it was")
  }

  private static func skipped(_ severity: Severity = .block, because others: [String] = ["type"]) -> Finding {
    PlannedCheck(id: id("between"), kind: "between", severity: severity)
      .skipped("no value is of the declared type", because: others.map(id))
  }

  private static func waiver(_ check: String) -> Waiver {
    let place = SourceLocation(file: "cupel.yaml", line: 3, column: 5)
    return Waiver(
      check: "data.t.a.\(check)", reason: "known", owner: "ana", expires: 20_000, expiry: "2024-10-04", location: place,
      expiryLocation: place)
  }

  private static func held(_ findings: [Finding], _ waivers: [Waiver] = []) -> [Finding] {
    findings.waived(by: waivers, at: 0).skippingOnlyWhatAnotherAnswersFor()
  }

  @Test(
    arguments: [
      (.failed, .block, .block, .skipped), (.inconclusive, .block, .block, .skipped),
      (.errored, .block, .block, .skipped), (.errored, .warn, .block, .skipped),
      (.failed, .warn, .block, .errored), (.inconclusive, .warn, .block, .errored), (.failed, .warn, .warn, .skipped),
      (.passed, .block, .block, .errored),
    ] as [(Outcome, Severity, Severity, Outcome)])
  func theOtherCheckHasToWeighAsMuch(other: Outcome, its: Severity, mine: Severity, outcome: Outcome) {
    let findings = Self.held([Self.finding(other, its), Self.skipped(mine)])
    #expect(findings.map(\.outcome) == [other, outcome])
    #expect(findings[1].reason == .dependency)
  }

  @Test func aWaiverCoversOneCheck() {
    let findings = [Self.finding(.failed), Self.skipped()]
    let held = Self.held(findings, [Self.waiver("type")])
    #expect(held.map(\.outcome) == [.skipped, .errored])
    #expect(held[1].message == "no value is of the declared type: see data.t.a.type, which is waived")
    #expect(
      Self.held(findings, [Self.waiver("type"), Self.waiver("between")]).map(\.reason) == [.requested, .requested])
  }

  @Test func whatWasNotSelectedSpeaksForNothing() {
    let held = Self.held([Self.skipped()])
    #expect(held[0].outcome == .errored && held[0].message.hasSuffix("see data.t.a.type, which was not selected"))
    #expect(Self.held([Self.finding(.failed), Self.skipped(because: ["gone", "type"])])[1].outcome == .skipped)
  }

  /// A check may be skipped because of one that is itself skipped.
  @Test func causesHaveCauses() {
    var middle = Self.skipped(because: ["present"])
    middle.id = Self.id("type")
    var first = Self.finding(.failed)
    first.id = Self.id("present")
    #expect(Self.held([first, middle, Self.skipped()]).map(\.outcome) == [.failed, .skipped, .skipped])
    first.severity = .warn
    #expect(Self.held([first, middle, Self.skipped()]).map(\.outcome) == [.failed, .errored, .errored])
    var asked = Self.finding(.skipped)
    asked.reason = .requested
    #expect(Self.held([asked, Self.skipped()])[1].outcome == .skipped)
  }
}
