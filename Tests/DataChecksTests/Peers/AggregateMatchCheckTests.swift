import DataChecks
import Testing
import Verdict

@Suite struct AggregateMatchCheckTests {
  private static func finding(
    _ aggregate: String, _ here: String, _ there: String?, _ further: [(String, Tree)] = [], rules: [String: Tree] = [:]
  ) async throws -> Finding {
    let rule: [(String, Tree)] = [("dataset", "u"), ("column", "a"), ("aggregate", .scalar(aggregate))] + further
    return try await Neighbours(here, ("u", there), rules: rules).finding(
      "\"\(aggregate) a\"", ["aggregate_match": [.mapping(rule)]])
  }

  @Test(
    arguments: [
      ("sum", "1,2,3", "3,3", Outcome.passed), ("sum", "1,2,3", "3,4", .failed),
      ("sum", "0.1,0.2,0.3", "0.3,0.2,0.1", .passed),
      ("min", "1,2", "2,1,5", .passed), ("min", "1,2", "2", .failed), ("max", "1,2", "2", .passed),
      ("max", "1,2", "1", .failed), ("mean", "1,3", "2", .passed), ("mean", "1,3", "2.1", .failed),
      ("count", "x,y", "p,q", .passed), ("count", "x,y,", "p,q", .passed), ("count", "x,y", "p", .failed),
      ("distinct", "x,y,x", "p,q", .passed), ("distinct", "x,y", "p,p", .failed),
    ] as [(String, String, String, Outcome)])
  func agrees(aggregate: String, here: String, there: String, outcome: Outcome) async throws {
    let finding = try await Self.finding(aggregate, Self.table(here), Self.table(there))
    #expect(finding.outcome == outcome, "\(finding.message)")
    #expect(finding.evidence.observed != nil && finding.evidence.baseline != nil)
  }

  /// A column of those values beside one that is always there.
  private static func table(_ values: String) -> String {
    "a,b\n" + values.split(separator: ",", omittingEmptySubsequences: false).map { "\($0),1\n" }.joined()
  }

  @Test(
    arguments: [
      ("1% relative", "100", "101", Outcome.passed), ("0.5% relative", "100", "101", .failed),
      ("1 absolute", "100", "101", .passed), ("0.9 absolute", "100", "101", .failed),
      ("1 absolute", "0", "1", .passed), ("1% relative", "1", "0", .errored), ("1% relative", "0", "0", .passed),
    ] as [(String, String, String, Outcome)])
  func theyMayLieApart(tolerance: String, here: String, there: String, outcome: Outcome) async throws {
    let finding = try await Self.finding(
      "sum", Self.table(here), Self.table(there), [("tolerance", .scalar(tolerance))])
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  @Test func theOtherColumnMayHaveAnotherName() async throws {
    let finding = try await Self.finding("max", "a\n3\n", "z,a\n3,4\n", [("to", "z")])
    #expect(finding.outcome == .passed && finding.message == "the max is 3, in u 3")
  }

  @Test(
    arguments: [
      ("sum", "a,b\n,1\n", Optional("a\n1\n"), Reason.nothingToEvaluate),
      ("sum", "a\n1\n", "a,b\n,1\n", .nothingToEvaluate),
      ("count", "a\n", "a\n1\n", .nothingToEvaluate), ("distinct", "a,b\n,1\n", "a\n1\n", .nothingToEvaluate),
      ("max", "a\nx\n", "a\n1\n", .undefined),
      ("sum", "a\n1\nabc\n3\n", "a\n4\n", .undefined), ("sum", "a\n4\n", "a\n1\nabc\n3\n", .undefined),
      ("sum", "a\nnan\n", "a\n1\n", .undefined),
      ("mean", "a\n1\n", "a\ninf\n", .undefined), ("sum", "a\n1\n", "b\n1\n", .io), ("sum", "a\n1\n", nil, .io),
    ] as [(String, String, String?, Reason)])
  func whereNothingCanBeToldNothingPasses(
    aggregate: String, here: String, there: String?, reason: Reason
  ) async throws {
    let finding = try await Self.finding(aggregate, here, there)
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  /// Values of another type than the declared one are those of the type check, of this table alone.
  @Test func aDeclaredTypeLeavesOtherValuesToItsOwnCheck() async throws {
    let rules: Tree = [
      "columns": ["a": ["type": "integer"]],
      "aggregate_match": [["dataset": "u", "column": "a", "aggregate": "sum"]],
    ]
    let here = try await Neighbours("a\n1\nabc\n3\n", ("u", "a\n4\n")).finding("\"sum a\"", rules)
    #expect(here.outcome == .passed)
    let typed: [String: Tree] = ["u": ["columns": ["a": ["type": "integer"]]]]
    let there = try await Neighbours("a\n4\n", ("u", "a\n1\nabc\n3\n"), rules: typed).finding("\"sum a\"", rules)
    #expect(there.outcome == .errored && there.message == "in \"a\" of u one value is no number: there is no sum")
  }

  /// Digits beyond those of a double, and differences below the rounding of sums of fractions.
  @Test(
    arguments: [
      ("max", "9007199254740993", "9007199254740992", nil, Outcome.failed),
      ("min", "9007199254740993", "9007199254740992", nil, .failed),
      ("max", "9007199254740993", "9007199254740993", nil, .passed),
      ("sum", "2000000000001", "2000000000000", nil, .failed),
      ("sum", "2000000000001", "2000000000000", "1 absolute", .passed),
      ("sum", "2000000000002", "2000000000000", "0.0000000001% relative", .passed),
      ("sum", "2000000000003", "2000000000000", "0.0000000001% relative", .failed),
      ("max", "9007199254740993", "9007199254740992", "0.5 absolute", .failed),
      ("sum", "9223372036854775807,9223372036854775807", "9223372036854775807,9223372036854775806", nil, .failed),
    ] as [(String, String, String, String?, Outcome)])
  func integersAreComparedExactly(
    aggregate: String, here: String, there: String, tolerance: String?, outcome: Outcome
  ) async throws {
    let further = tolerance.map { [("tolerance", Tree.scalar($0))] } ?? []
    let finding = try await Self.finding(aggregate, Self.table(here), Self.table(there), further)
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  @Test func whatIsSensitiveIsNotTold() async throws {
    let hidden: [String: Tree] = ["u": ["columns": ["a": ["sensitive": "true"]]]]
    let finding = try await Self.finding("max", "a\n111222\n", "a\n333444\n", rules: hidden)
    #expect(finding.outcome == .failed && finding.message == "the max of a hidden column is not that of u")
    #expect(!"\(finding)".contains("111222") && !"\(finding)".contains("333444"))
  }
}
