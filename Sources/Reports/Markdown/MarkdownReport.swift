package import Verdict

/// A summary for a pull request comment or a CI step: verdict, numbers, what went wrong with its evidence folded away.
package struct MarkdownReport: Report {
  /// The most bytes: a comment on GitHub takes 65,536 characters.
  static let sizeLimit = 60_000
  /// What the lines that say what was left out may need.
  private static let reserve = 400

  package init() {}

  package func render(_ result: RunResult) throws(ReportError) -> [UInt8] {
    let summary = RunSummary(result)
    var page = Page(room: Self.sizeLimit - Self.reserve)
    page.add("## Cupel: \(summary.headline)\n\n\(summary.sentence)\n")
    page.add(table(summary))
    for diagnostic in result.diagnostics + RunProblem.diagnostics(of: result) {
      let lines = DiagnosticRenderer(width: 100).lines(diagnostic).map(\.plain)
      page.addItem(MarkdownText.block(lines) + "\n", short: nil)
    }
    page.close("problems")
    for standing in [Standing.failed, .errored, .inconclusive, .warned] {
      let findings = result.findings.filter { result.standing(of: $0) == standing }
      if findings.isEmpty { continue }
      page.add("### \(Self.title(standing))\n")
      for finding in findings { page.addItem(details(finding), short: headline(finding)) }
      page.close("checks")
    }
    addWaived(result.findings.filter(\.isWaived), to: &page)
    addSkipped(result.findings.filter(\.isSkippedByChoice), to: &page)
    addFolded(result, to: &page)
    return Array(page.text.utf8)
  }

  // MARK: - Parts

  private func table(_ summary: RunSummary) -> String {
    guard summary.all.total > 0 else { return "" }
    let columns: [Standing] = [.passed, .failed, .inconclusive, .errored, .skipped, .warned]
    func row(_ name: String, _ tally: RunSummary.Tally) -> String {
      "| \(name) | \(columns.map { String(tally[$0]) }.joined(separator: " | ")) |\n"
    }
    return "| suite | passed | failed | inconclusive | errors | skipped | warned |\n"
      + "|:--|--:|--:|--:|--:|--:|--:|\n" + summary.suites.map { row($0.suite.rawValue, $0.tally) }.joined()
      + row("**all**", summary.all)
  }

  private func headline(_ finding: Finding) -> String {
    "\(MarkdownText.code(finding.id.description)) \(MarkdownText.escape(finding.message))\n"
  }

  private func details(_ finding: Finding) -> String {
    let lines = FindingDetails(width: 100, sampleLimit: 5, noteLimit: 20).lines(finding).map(\.plain)
    if lines.isEmpty { return headline(finding) }
    return headline(finding) + "\n<details><summary>evidence</summary>\n\n" + MarkdownText.block(lines)
      + "\n\n</details>\n"
  }

  /// What fails with somebody's leave: who gave it, until when, and why.
  private func addWaived(_ findings: [Finding], to page: inout Page) {
    guard !findings.isEmpty else { return }
    page.add("### Waived\n")
    for finding in findings { page.addItem("- " + headline(finding), short: nil) }
    page.close("waivers")
  }

  /// What was not judged because there was nothing to judge it by, and somebody said that this may be.
  private func addSkipped(_ findings: [Finding], to page: inout Page) {
    guard !findings.isEmpty else { return }
    page.add("### Not judged\n")
    for finding in findings { page.addItem("- " + headline(finding), short: nil) }
    page.close("checks")
  }

  /// Passed and skipped checks: a line for every subject that has some.
  private func addFolded(_ result: RunResult, to page: inout Page) {
    let subjects = SubjectGroup.groups(of: result.findings).compactMap { group -> String? in
      let passed = group.findings.count { $0.outcome == .passed }
      let skipped = group.findings.count { $0.outcome == .skipped }
      if passed + skipped == 0 { return nil }
      let parts = [(passed, "passed"), (skipped, "skipped")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      return "- \(MarkdownText.code(group.title)) \(parts.joined(separator: ", "))\n"
    }
    guard !subjects.isEmpty else { return }
    page.add("### Passed and skipped\n")
    page.addItem(subjects.prefix(100).joined(), short: nil)
    page.leaveOut(max(0, subjects.count - 100))
    page.close("subjects")
  }

  private static func title(_ standing: Standing) -> String {
    switch standing {
    case .failed: "Failed"
    case .errored: "Could not be evaluated"
    case .inconclusive: "Inconclusive"
    case .warned: "Warnings"
    case .passed: "Passed"
    case .skipped: "Skipped"
    }
  }
}

extension Finding {
  /// Whether it is skipped by the config's leave, and not because of another finding.
  fileprivate var isSkippedByChoice: Bool {
    outcome == .skipped && !isWaived && !isImplicit && (reason == .requested || reason == .baseline)
  }
}

/// Text that never gets longer than a comment may be, and counts what did not fit.
private struct Page {
  private(set) var text = ""
  private var room: Int
  private var leftOut = 0

  init(room: Int) { self.room = room }

  /// Appends what must be there; headings and tables are short.
  mutating func add(_ part: String) {
    guard !part.isEmpty else { return }
    text += (text.isEmpty ? "" : "\n") + part
    room -= part.utf8.count + 1
  }

  /// Appends an item, or its short form, or counts it as left out.
  mutating func addItem(_ part: String, short: String?) {
    // Once something was left out, nothing later may jump the queue.
    guard leftOut == 0 else { return leftOut += 1 }
    for candidate in [part, short].compactMap({ $0 }) where candidate.utf8.count + 1 <= room {
      return add(candidate)
    }
    leftOut += 1
  }

  mutating func leaveOut(_ count: Int) { leftOut += count }

  /// Says how many items of a section did not fit.
  mutating func close(_ what: String) {
    if leftOut > 0 { add("… \(leftOut) more \(what); the other reports have them all.\n") }
    leftOut = 0
  }
}
