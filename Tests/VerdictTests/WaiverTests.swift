import Testing
import Verdict

@Suite struct WaiverTests {
  private static let place = SourceLocation(file: "cupel.yaml", line: 3, column: 5)
  private static let day: Int64 = 20_000
  private static let lastSecond = (day + 1) * 86400 - 1

  private static func waiver(_ check: String = "data.t.a.between") -> Waiver {
    Waiver(
      check: check, reason: "known", owner: "ana", expires: day, expiry: "2024-10-04", location: place,
      expiryLocation: place)
  }

  private static func finding(_ outcome: Outcome, _ check: String = "between") -> Finding {
    Finding(
      id: CheckID(suite: .data, subject: "t", column: "a", check: check), kind: check, outcome: outcome,
      message: "as it was")
  }

  @Test(arguments: [Outcome.failed, .inconclusive])
  func whatIsFalseOrOpenIsSkippedUntilTheEndOfTheDay(outcome: Outcome) {
    let waived = [Self.finding(outcome)].waived(by: [Self.waiver()], at: Self.lastSecond)
    #expect(waived.map(\.outcome) == [.skipped])
    #expect(waived.map(\.reason) == [.requested])
    #expect(waived[0].message == "waived by ana until 2024-10-04 (known): as it was")
  }

  @Test(arguments: [Outcome.errored, .passed, .skipped])
  func everythingElseStays(outcome: Outcome) {
    let findings = [Self.finding(outcome)]
    #expect(findings.waived(by: [Self.waiver()], at: Self.lastSecond) == findings)
  }

  @Test(arguments: Outcome.allCases)
  func anExpiredOneRestoresTheOutcomeAndFails(outcome: Outcome) {
    let finding = Self.finding(outcome)
    let found = [finding, Self.finding(.passed, "other")].waived(by: [Self.waiver()], at: Self.lastSecond + 1)
    #expect(found.count == 3)
    #expect(found[0] == finding)
    #expect(found[1].outcome == .failed && found[1].severity == .block)
    #expect(found[1].id.description == "data.t.a.between-waiver")
    #expect(found[1].location == Self.place)
    #expect(found[2].id.check == "other")
  }

  @Test func onlyTheCheckThatIsNamedIsWaived() {
    let findings = [Self.finding(.failed), Self.finding(.failed, "between-2")]
    #expect(findings.waived(by: [Self.waiver("data.t.a")], at: 0) == findings)
    #expect(findings.waived(by: [Self.waiver()], at: 0).map(\.outcome) == [.skipped, .failed])
  }
}
