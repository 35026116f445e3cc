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
    switch condition {
    case .passing:
      let others = all.filter { $0.outcome != .passed && $0.reason != .requested }
      #expect(others.isEmpty, "\(others.map { "\($0.id): \($0.message)" })")
    case .failing: #expect(findings.allSatisfy { !$0.message.isEmpty && $0.reason == nil })
    case .allNull, .empty, .wrongType:
      #expect(!expected.contains(.passed) || cases.because != nil, "\(condition.rawValue) passes without a reason")
    }
  }
}
