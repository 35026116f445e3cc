import DataChecks
import FoundationEssentials
import TestSupport
import Testing
import Verdict

/// The laws that every check of the registry keeps, each on the example of its documentation: what `cupel explain` shows
/// is decoded and run. A check without a file of cases fails here.
@Suite struct EveryCheckTests {
  static let documented = DataCheckRegistry.documentation

  @Test func thereAreNoOtherCases() {
    let files = Repository.files(below: "Tests/DataChecksTests/Cases", suffix: ".yaml")
    let kinds = files.map { $0.split(separator: "/").last.map { String($0.dropLast(5)) } ?? "" }
    #expect(Set(kinds) == Set(Self.documented.map(\.kind)))
  }

  @Test(arguments: documented.map(\.kind), CheckCase.Condition.allCases)
  func answersAsItMust(kind: String, condition: CheckCase.Condition) async throws {
    let example = try #require(Self.documented.first { $0.kind == kind }).example
    let cases = try CheckCase(of: kind)
    let all = try await cases.findings(example, under: condition)
    let findings = all.filter { $0.kind == kind }
    let words = findings.map { "\($0.outcome) \($0.id): \($0.message)" }.joined(separator: "\n")
    try #require(!findings.isEmpty, "the example has no such check")
    var expected = try #require(cases.expected[condition], "\(condition.rawValue): \(words)")
    if expected.count == 1 { expected = findings.map { _ in expected[0] } }
    #expect(findings.map(\.outcome) == expected, "\(condition.rawValue)\n\(words)")
    if condition == .failing { try await showsTheKey(kind, example, cases) }
    switch condition {
    case .passing:
      let others = all.filter { $0.outcome != .passed && $0.reason != .requested }
      #expect(others.isEmpty, "\(others.map { "\($0.id): \($0.message)" })")
    case .failing: #expect(findings.allSatisfy { !$0.message.isEmpty && $0.reason == nil })
    case .allNull, .empty, .wrongType:
      #expect(!expected.contains(.passed) || cases.because != nil, "\(condition.rawValue) passes without a reason")
    }
  }

  /// Beside each row that a failure shows stands the row's key, whichever way the check found the row.
  private func showsTheKey(_ kind: String, _ example: String, _ cases: CheckCase) async throws {
    // A sensitive column names no row, and a record that is none has no key.
    guard let column = cases.firstColumn(under: .failing), !example.contains("sensitive"), kind != "readable"
    else { return }
    let findings = try await cases.findings(example, under: .failing, rowKey: column).filter { $0.kind == kind }
    for finding in findings where finding.outcome == .failed {
      let isCounted = finding.judgesRows == true && (finding.evidence.counts?.violating ?? 0) > 0
      if isCounted { #expect(!finding.evidence.samples.isEmpty, "\(finding.id)") }
      for sample in finding.evidence.samples where sample.line.map({ $0 > 1 }) == true {
        let isShown =
          finding.id.column == column || sample.value.contains("\(column) = ")
          || sample.key?.contains("\(column) = ") == true
        #expect(isShown, "\(finding.id): line \(sample.line ?? 0) without \(column): \(sample)")
      }
    }
  }
}
