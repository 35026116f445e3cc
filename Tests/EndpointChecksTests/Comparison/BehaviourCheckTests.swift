import JSON
import Language
import Testing
import Verdict

@testable import EndpointChecks

/// Reactions of a served model to changed rows, and the changes themselves.
@Suite struct BehaviourCheckTests {
  private func finding(
    _ check: String, rows: String = ServedModel.rows([10, 40, 45, 90]), model: ServedModel = ServedModel()
  ) async throws -> Finding {
    let server = try model.serve()
    return try #require(try await evaluate(ServedModel.config(server, rows: rows, "{behaviour: \(check)}")).first)
  }

  @Test(arguments: [
    ("{perturb: {x: {add: 10}}, expect: increases, output: p}", Outcome.passed),
    ("{perturb: {x: {add: 10}}, expect: decreases, output: p}", .failed),
    ("{perturb: {x: {add: -10}}, expect: does_not_increase, output: p}", .passed),
    ("{perturb: {x: {add: 10}}, expect: increases, output: p, tolerance: {absolute: 0.2}}", .failed),
    ("{perturb: {x: {add: 10}}, expect: does_not_increase, output: p, tolerance: {absolute: 0.2}}", .passed),
    ("{perturb: {x: {noise: 1%}}, expect: same, output: label}", .passed),
    ("{perturb: {x: {noise: 1%}}, expect: same}", .failed),
    ("{perturb: {x: {add: 10}}, expect: same, output: label}", .failed),
    ("{perturb: {x: {add: 10}}, expect: same, output: label, allow: 2 rows}", .passed),
    ("{perturb: {x: {add: 10}}, expect: same, output: label, allow: 1 row}", .failed),
    ("{expect: {p: {between: [0.1, 0.9]}}}", .passed),
    ("{expect: {p: {at_least: 0.4}}}", .failed),
    ("{perturb: {x: {set: 77}}, expect: {label: late, p: 0.77}}", .passed),
    ("{perturb: {x: {set: 11}}, expect: {label: late}}", .failed),
  ])
  func reactionsAreJudged(_ check: String, _ outcome: Outcome) async throws {
    let finding = try await finding(check)
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  /// A value is one of the element, a list one of the row.
  @Test(arguments: [
    ("{expect: {p: 0.25}}", Outcome.passed), ("{expect: {p: 0.75}, element: 1}", .passed),
    ("{expect: {p: 0.25}, element: 1}", .failed), ("{expect: {p: [0.25, 0.75]}}", .passed),
    ("{expect: {p: [0.25, 0.5]}}", .failed),
  ])
  func anElementIsCompared(_ check: String, _ outcome: Outcome) async throws {
    let server = try ScriptedServer { _ in .reply(200, #"{"predictions":[{"p":[0.25,0.75]}]}"#) }
    let found = try await evaluate(
      "{url: '\(server.url)', protocol: mlflow, rows: [{x: 1}], checks: [{behaviour: \(check)}]}")
    #expect(found.map(\.outcome) == [outcome], "\(found.map(\.message))")
  }

  @Test func theWorstRowIsNamedByItsPlaceInTheFile() async throws {
    let finding = try await finding("{perturb: {x: {swap: [45, 90]}}, expect: same, output: p}")
    #expect(finding.message.contains("2 of 2 rows behave otherwise"), "\(finding.message)")
    #expect(finding.message.contains("row 3 p went from 0.45 to 0.9"), "\(finding.message)")
    #expect(finding.evidence.counts == .init(rows: 4, nulls: 2, evaluated: 2, violating: 2))
  }

  @Test func aChangeThatAppliesToNoRowTestsNothing() async throws {
    let finding = try await finding("{perturb: {x: {swap: [1, 2]}}, expect: same}")
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    let absent = try await self.finding("{perturb: {y: {add: 1}}, expect: same}")
    #expect(absent.outcome == .errored && absent.message.contains("no feature y"))
  }

  static let changes: [(String, JSONValue, JSONValue?)] = [
    ("{add: 30}", 5, 35), ("{add: 0.5}", 5, 5.5), ("{add: 30}", "5", nil), ("{add: 30}", .null, nil),
    ("{multiply: 2}", 0, nil), ("{multiply: 1.5}", 2, 3), ("{noise: 10%}", 100, 110),
    ("{set: null}", 5, .null), ("{set: 5}", 5, nil), ("{swap: [a, b]}", "a", "b"), ("{swap: [a, b]}", "b", "a"),
    ("{swap: [a, b]}", "c", nil), ("{among: [a, b, c]}", "b", "c"), ("{among: [a, b, c]}", "c", "a"),
    ("{case: upper}", "late", "LATE"), ("{case: upper}", "LATE", nil), ("{typo: 1}", "abcd", "bacd"),
    ("{typo: 1}", "aaaa", nil), ("{typo: 1}", "", nil), ("{append: '!'}", "x", "x!"), ("{prepend: 'a '}", "x", "a x"),
    ("{spaces: around}", "a b", " a b "), ("{spaces: between}", "a b", "a  b"), ("{spaces: none}", " a b ", "a b"),
    ("{replace: {good: bad, x: y}}", "good x good", "bad y bad"), ("{replace: {good: bad}}", "fine", nil),
  ]

  @Test(arguments: changes)
  func changesAreWhatTheySay(_ text: String, _ value: JSONValue, _ changed: JSONValue?) throws {
    var problems = Problems()
    let perturbation = try #require(
      Perturbation.shape.decode(FlowText.node(text), &problems), "\(problems.diagnostics)")
    #expect(perturbation.apply(value, 0) == changed)
  }

  @Test(arguments: [
    ("{expect: same}", "nothing is changed"),
    ("{perturb: {x: {}}}", "a feature is changed in one way"),
    ("{perturb: {x: {add: 1, multiply: 2}}}", "a feature is changed in one way"),
    ("{perturb: {x: {add: 1}}, expect: {}}", "no output is named"),
    ("{perturb: {x: {add: 1}}, expect: grows}", "increases"),
  ])
  func mistakesAreReported(_ check: String, _ words: String) {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, rows: r.csv, checks: [{behaviour: \(check)}]}"
    )
    #expect(
      problems.diagnostics.contains { ($0.headline + $0.help.joined()).contains(words) },
      "\(problems.diagnostics.map { $0.headline })")
  }
}
