import Testing
import Verdict

@testable import Reports

@Suite struct MarkdownReportTests {
  @Test(arguments: [
    ("a|b", "a\\|b"), ("<b>&", "&lt;b&gt;&amp;"), ("@octocat #12", "@&#8203;octocat #&#8203;12"),
    ("[x](y)", "\\[x\\](y)"), ("https://a.b www.c", "https:&#8203;//a.b www&#8203;.c"),
    ("`*_~$\\", "\\`\\*\\_\\~\\$\\\\"),
    ("::error::", "\\\\::error::"), ("plain 3.4%", "plain 3.4%"),
  ])
  func escapes(text: String, expected: String) {
    #expect(MarkdownText.escape(text) == expected)
  }

  @Test(arguments: [
    ("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("``", "``` `` ```"), ("", "`  `"), ("a\nb", "`a\\nb`"),
  ])
  func code(text: String, expected: String) {
    #expect(MarkdownText.code(text) == expected)
  }

  @Test func fencesAreLongerThanWhatTheyHold() {
    #expect(MarkdownText.block(["a", "`````"]) == "``````text\na\n`````\n``````")
  }

  @Test func aWaiverIsShownWithWhoAnswersForItAndUntilWhen() throws {
    let waiver = Waiver(
      check: SampleRun.failed.id.description, reason: "late feed", owner: "ana", expires: 1, expiry: "1970-01-02",
      location: SourceLocation(file: "c", line: 1, column: 1),
      expiryLocation: SourceLocation(file: "c", line: 1, column: 1))
    let findings = [SampleRun.failed].waived(by: [waiver], at: 0)
    let bytes = try MarkdownReport().render(RunResult(version: "1", startedAt: 0, findings: findings))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("### Waived\n\n- `\(waiver.check)` waived by ana until 1970-01-02 (late feed): "), "\(text)")
  }

  @Test func whatIsNotJudgedByChoiceIsNamed() throws {
    func skipped(_ check: String, _ reason: Reason) -> Finding {
      Finding(
        id: CheckID(suite: .models, subject: "m", check: check), kind: "k", outcome: .skipped,
        reason: reason, message: "no \(check)")
    }
    let findings = [skipped("asked", .requested), skipped("baseline", .baseline), skipped("other", .dependency)]
    let bytes = try MarkdownReport().render(RunResult(version: "1", startedAt: 0, findings: findings))
    let text = String(decoding: bytes, as: UTF8.self)
    let named = "### Not judged\n\n- `models.m.asked` no asked\n\n- `models.m.baseline` no baseline\n"
    #expect(text.contains(named), "\(text)")
    #expect(!text.contains("models.m.other"))
  }

  @Test func whatDoesNotFitIsCounted() throws {
    let findings = (0..<2000).map { number in
      var finding = SampleRun.failed
      finding.id.check = "c\(number)"
      return finding
    }
    let bytes = try MarkdownReport().render(RunResult(version: "1", startedAt: 0, findings: findings))
    #expect(bytes.count <= MarkdownReport.sizeLimit)
    let text = String(decoding: bytes, as: UTF8.self)
    let shown = text.matches(of: /\n`data.flights.dep_delay.c\d+`/).count
    let more = try #require(text.firstMatch(of: /… (\d+) more checks/).flatMap { Int($0.1) })
    #expect(shown > 0 && shown + more == 2000)
  }

  @Test func manySubjectsAreFolded() throws {
    let findings = (0..<5000).map { number in
      Finding(
        id: CheckID(suite: .data, subject: "s\(number)", check: "c"), kind: "k", outcome: .passed, message: "fine")
    }
    let bytes = try MarkdownReport().render(RunResult(version: "1", startedAt: 0, findings: findings))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("- `data.s99` 1 passed\n") && text.contains("… 4900 more subjects"))
  }
}
