import Glibc
import Reports
import Testing
import Verdict

/// The reports of a run written by hand, byte for byte. `CUPEL_RECORD_GOLDENS=1` writes them anew, for a person to read.
@Suite struct GoldenTests {
  struct Golden: CustomTestStringConvertible, Sendable {
    var name: String
    var run: RunResult
    var report: any Report

    var testDescription: String { name }
  }

  static let goldens = [
    Golden(name: "run.junit.xml", run: SampleRun.run, report: JUnitReport()),
    Golden(name: "run.json", run: SampleRun.run, report: JSONReport()),
    Golden(name: "run.md", run: SampleRun.run, report: MarkdownReport()),
    Golden(name: "run.txt", run: SampleRun.run, report: TerminalReport()),
    Golden(name: "run.color.txt", run: SampleRun.run, report: TerminalReport(style: TerminalStyle(usesColor: true))),
    Golden(name: "run.quiet.txt", run: SampleRun.run, report: TerminalReport(style: TerminalStyle(verbosity: .quiet))),
    Golden(
      name: "run.verbose.txt", run: SampleRun.run, report: TerminalReport(style: TerminalStyle(verbosity: .verbose))),
    Golden(name: "config.junit.xml", run: SampleRun.brokenConfig, report: JUnitReport()),
    Golden(name: "config.json", run: SampleRun.brokenConfig, report: JSONReport()),
    Golden(name: "config.md", run: SampleRun.brokenConfig, report: MarkdownReport()),
    Golden(name: "config.txt", run: SampleRun.brokenConfig, report: TerminalReport()),
  ]

  @Test(arguments: goldens) func isTheSameAsBefore(golden: Golden) throws {
    let bytes = try golden.report.render(golden.run)
    let path = TestFiles.path(golden.name, from: .goldens)
    if getenv("CUPEL_RECORD_GOLDENS") != nil { try ReportFile.write(bytes, to: path) }
    let expected = try TestFiles.bytes(path)
    #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
  }
}
