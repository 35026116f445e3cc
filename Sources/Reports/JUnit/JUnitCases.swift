internal import Verdict
internal import XML

/// Writes findings as test cases, and sees to it that no two cases have one identity.
struct JUnitCases {
  private let result: RunResult
  private var identities: Set<JUnitIdentity> = []
  /// How many bytes of text the failures may still have.
  private var room = JUnitReport.detailLimit

  init(_ result: RunResult) { self.result = result }

  mutating func cases(_ findings: [Finding]) throws(ReportError) -> [XMLElement] {
    var cases: [XMLElement] = []
    for finding in findings {
      let identity = JUnitIdentity(finding.id)
      guard identities.insert(identity).inserted else { throw .duplicateIdentity(finding.id.description) }
      cases.append(testCase(identity, seconds: finding.duration ?? .zero, outcome: outcome(finding)))
    }
    return cases
  }

  /// The one case that says what became of the run.
  func problemCase(_ problem: RunProblem) -> XMLElement {
    let lines = DiagnosticRenderer(width: 120).lines(problem.diagnostics)
    let first = problem.diagnostics.first?.headline ?? problem.kind
    let more = problem.diagnostics.count > 1 ? " (and \(problem.diagnostics.count - 1) more)" : ""
    let message = TextSafety.inline(first, limit: JUnitReport.messageLimit - more.utf8.count) + more
    let error = XMLElement(
      "error", ["type": "cupel.\(problem.kind)", "message": message],
      text: Self.text(lines, limit: JUnitReport.textLimit))
    return testCase(JUnitIdentity(classname: "cupel.run", name: problem.kind), seconds: .zero, outcome: error)
  }

  private func testCase(_ identity: JUnitIdentity, seconds: Duration, outcome: XMLElement?) -> XMLElement {
    XMLElement(
      "testcase", ["classname": identity.classname, "name": identity.name, "time": Clock.seconds(seconds)],
      children: outcome.map { [$0] } ?? [])
  }

  /// The result element; nil for a case that has none, which is how JUnit says "passed".
  private mutating func outcome(_ finding: Finding) -> XMLElement? {
    let message = TextSafety.inline(finding.message, limit: JUnitReport.messageLimit)
    switch result.standing(of: finding) {
    case .passed, .warned: return nil
    case .skipped: return XMLElement("skipped", ["message": message])
    case .failed, .inconclusive:
      let type = "cupel.\(finding.outcome.rawValue)"
      return XMLElement("failure", ["type": type, "message": message], text: details(finding))
    case .errored:
      let type = "cupel.\(Self.token(finding.reason?.rawValue ?? "unknown"))"
      return XMLElement("error", ["type": type, "message": message], text: details(finding))
    }
  }

  private mutating func details(_ finding: Finding) -> String {
    guard room > 0 else { return "(left out: the report is full; run Cupel on the terminal for the details)" }
    let lines = [StyledLine(finding.message)] + FindingDetails().lines(finding)
    let text = Self.text(lines, limit: min(room, JUnitReport.textLimit))
    room -= text.utf8.count
    return text
  }

  /// The lines as one text of about at most `limit` bytes, that says how many did not fit.
  static func text(_ lines: [StyledLine], limit: Int) -> String {
    var text = ""
    for (index, line) in lines.enumerated() {
      let plain = line.plain
      if index > 0, text.utf8.count + plain.utf8.count + 1 > limit - 32 {
        return text + "\n… \(lines.count - index) more lines"
      }
      text += (index > 0 ? "\n" : "") + plain
    }
    return text
  }

  /// A reason as a part of a type: lower case letters, digits and hyphens.
  private static func token(_ reason: String) -> String {
    let scalars = reason.unicodeScalars.prefix(64).map { scalar -> Character in
      switch scalar {
      case "a"..."z", "0"..."9", "-": Character(scalar)
      default: "-"
      }
    }
    return scalars.isEmpty ? "unknown" : String(scalars)
  }
}
