import JSON
import Testing
import Verdict
import XML

@testable import Reports

/// One run, many reports, the same numbers in each.
@Suite struct AgreementTests {
  private struct Numbers: Equatable {
    var failed = 0
    var inconclusive = 0
    var errored = 0
    var skipped = 0
    /// JUnit has no word for a warning: it is a plain case there.
    var plain = 0
    var exit = 0
  }

  @Test(arguments: GeneratedRun.seeds) func allReportsSayTheSame(seed: UInt64) throws {
    let run = GeneratedRun.make(seed: seed)
    let expected = expected(run)
    #expect(try junit(run) == expected)
    #expect(try json(run) == expected)
    #expect(try sentence(TerminalReport().render(run), run) == expected)
    #expect(try sentence(MarkdownReport().render(run), run) == expected)
    #expect(try table(run) == expected)
  }

  /// Counted from the findings alone.
  private func expected(_ run: RunResult) -> Numbers {
    var numbers = Numbers(exit: Int(run.exitStatus.rawValue))
    for finding in run.findings {
      switch finding.outcome {
      case .passed: numbers.plain += 1
      case .skipped: numbers.skipped += 1
      case .errored: numbers.errored += 1
      case .failed where finding.severity == .block || run.failsOnWarnings: numbers.failed += 1
      case .inconclusive where finding.severity == .block || run.failsOnWarnings: numbers.inconclusive += 1
      case .failed, .inconclusive: numbers.plain += 1
      }
    }
    return numbers
  }

  private func junit(_ run: RunResult) throws -> Numbers {
    let root = try XMLDocument.parse(JUnitReport().render(run))
    var numbers = Numbers()
    for suite in root.children {
      for property in suite.children(named: "properties").flatMap(\.children)
      where property[attribute: "name"] == "cupel.exit_code" {
        numbers.exit = Int(property[attribute: "value"] ?? "") ?? -1
      }
      guard suite[attribute: "name"] != "cupel.run" else { continue }
      for test in suite.children(named: "testcase") {
        switch (test.children.first?.name, test.children.first?[attribute: "type"]) {
        case ("failure", "cupel.failed"): numbers.failed += 1
        case ("failure", "cupel.inconclusive"): numbers.inconclusive += 1
        case ("error", _): numbers.errored += 1
        case ("skipped", _): numbers.skipped += 1
        default: numbers.plain += 1
        }
      }
    }
    return numbers
  }

  private func json(_ run: RunResult) throws -> Numbers {
    let document = try JSONParser.parse(JSONReport().render(run))
    func count(_ key: String) -> Int { Int(document["counts"]?[key]?.int64Value ?? -1) }
    #expect(count("checks") == document["checks"]?.arrayValue?.count)
    #expect(count("warned") == document["warnings"]?.arrayValue?.count)
    return Numbers(
      failed: count("failed"), inconclusive: count("inconclusive"), errored: count("errored"),
      skipped: count("skipped"), plain: count("passed") + count("warned"),
      exit: Int(document["exit_code"]?.int64Value ?? -1))
  }

  /// The sentence of the verdict, which the terminal shows last and Markdown first.
  private func sentence(_ document: [UInt8], _ run: RunResult) throws -> Numbers {
    let text = String(decoding: document, as: UTF8.self)
    let line = try #require(text.split(separator: "\n").last { $0.contains(/\(exit \d+\)$/) })
    func count(_ word: Regex<(Substring, Substring)>) -> Int { line.firstMatch(of: word).flatMap { Int($0.1) } ?? 0 }
    // With a broken config the sentence counts the problems.
    if line.contains("nothing was evaluated") { #expect(run.findings.isEmpty || !run.diagnostics.isEmpty) }
    return Numbers(
      failed: count(/(\d+) failed/), inconclusive: count(/(\d+) inconclusive/), errored: count(/(\d+) errors?/),
      skipped: count(/(\d+) skipped/), plain: count(/(\d+) passed/) + count(/(\d+) warned/),
      exit: count(/\(exit (\d+)\)/))
  }

  /// The last row of the table in Markdown.
  private func table(_ run: RunResult) throws -> Numbers {
    let text = String(decoding: try MarkdownReport().render(run), as: UTF8.self)
    var numbers = Numbers(exit: Int(run.exitStatus.rawValue))
    guard let row = text.split(separator: "\n").first(where: { $0.hasPrefix("| **all** |") }) else { return numbers }
    let cells = row.split(separator: "|").compactMap { Int($0.filter(\.isNumber)) }
    try #require(cells.count == 6)
    numbers.failed = cells[1]
    numbers.inconclusive = cells[2]
    numbers.errored = cells[3]
    numbers.skipped = cells[4]
    numbers.plain = cells[0] + cells[5]
    return numbers
  }
}
