import Reports
import Testing
import Verdict

@Suite struct TerminalReportTests {
  private func lines(_ run: RunResult, _ verbosity: TerminalStyle.Verbosity = .normal) throws -> [Substring] {
    let bytes = try TerminalReport(style: TerminalStyle(verbosity: verbosity)).render(run)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  @Test(arguments: [
    (RunResult(version: "1", startedAt: 0, findings: SampleRun.passed), "PASS  3 passed in 0ms  (exit 0)"),
    (
      RunResult(
        version: "1", startedAt: 0, duration: .milliseconds(1318), findings: SampleRun.passed + [SampleRun.failed]),
      "FAIL  1 failed, 3 passed in 1.3s  (exit 1)"
    ),
    (SampleRun.run, "ERROR  2 failed, 1 error, 3 passed, 1 warned, 1 skipped in 1.3s  (exit 3)"),
    (
      RunResult(version: "1", startedAt: 0, findings: [SampleRun.warned], failsOnWarnings: true),
      "INCONCLUSIVE  1 inconclusive in 0ms  (exit 5)"
    ),
    (RunResult(version: "1", startedAt: 0), "NOTHING CHECKED  no checks in 0ms  (exit 4)"),
    (SampleRun.brokenConfig, "CONFIG ERROR  2 problems, nothing was evaluated in 4ms  (exit 2)"),
    (
      RunResult(version: "1", startedAt: 0, findings: SampleRun.passed, reportFailures: ["disk full"]),
      "NOT ALL WRITTEN  3 passed in 0ms  (exit 6)"
    ),
    (
      RunResult(version: "1", startedAt: 0, findings: SampleRun.passed, internalError: "boom"),
      "INTERNAL ERROR  3 passed in 0ms  (exit 70)"
    ),
    (
      RunResult(version: "1", startedAt: 0, findings: SampleRun.passed, interruption: .interrupt),
      "INTERRUPTED  3 passed in 0ms  (exit 130)"
    ),
    (RunResult(version: "1", startedAt: 0, interruption: .terminate), "INTERRUPTED  no checks in 0ms  (exit 143)"),
  ])
  func theVerdictStandsLast(run: RunResult, expected: String) throws {
    #expect(try lines(run).last == Substring(expected))
  }

  @Test func quietShowsOnlyWhatFails() throws {
    let text = try lines(SampleRun.run, .quiet).joined(separator: "\n")
    #expect(text.contains("failed: dep_delay.missing") && text.contains("error: roc_auc.max_regression"))
    #expect(!text.contains("passed: ") && !text.contains("skipped: ") && !text.contains("warning: "))
    #expect(
      try lines(RunResult(version: "1", startedAt: 0, findings: SampleRun.passed), .quiet).count == 1,
      "the verdict alone")
  }

  @Test func verboseShowsEveryPassedCheck() throws {
    let text = try lines(SampleRun.run, .verbose).joined(separator: "\n")
    for finding in SampleRun.passed {
      #expect(text.contains("passed: \(finding.id.column ?? "").\(finding.id.check): \(finding.message)"))
    }
  }

  @Test func whatIsNotShownIsCounted() throws {
    var finding = SampleRun.failed
    finding.evidence.samples = (1...9).map { (line: Int) in .init(file: "f", line: line, value: "v\(line)") }
    let run = RunResult(version: "1", startedAt: 0, findings: [finding])
    let text = try lines(run).joined(separator: "\n")
    #expect(text.contains("v5") && !text.contains("v6") && text.contains("… 403 more"))
  }

  @Test func samplesStandInColumns() throws {
    var finding = SampleRun.failed
    finding.evidence.samples = [
      .init(file: "f", line: 1, key: "漢字", value: "x"), .init(file: "long-name", line: 12, key: "k", value: "y"),
    ]
    let run = RunResult(version: "1", startedAt: 0, findings: [finding])
    let rows = try lines(run).filter { $0.hasSuffix(" x") || $0.hasSuffix(" y") }.map { $0.drop { $0 == " " } }
    #expect(rows == ["f:1           漢字  x", "long-name:12  k     y"])
  }
}
