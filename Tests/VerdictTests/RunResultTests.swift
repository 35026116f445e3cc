import Testing
import Verdict

@Suite struct RunResultTests {
  /// A run in which every text is `secret` and no value is absent, so that a field added later cannot hide.
  private static var marked: RunResult {
    let place = SourceLocation(file: "secret", line: 1, column: 2, length: 3, lineText: "secret")
    let evidence = Evidence(
      observed: Quantity(1), observedText: "secret", baseline: Quantity(1), limit: .text("secret"),
      counts: .init(rows: 1, nulls: 0, evaluated: 1, violating: 1),
      sampled: .init(share: Quantity(0.5, .share), rows: 1, leftOut: 1),
      interval: .init(lower: 0, upper: 1, level: 0.95),
      method: "own word", frequent: [.init("secret", count: 2)],
      samples: [.init(file: "secret", line: 1, row: 1, key: "secret", value: "secret")], notes: ["secret"])
    let finding = Finding(
      id: CheckID(suite: .data, subject: "secret", column: "secret", check: "secret"), kind: "own word",
      outcome: .failed, reason: Reason(rawValue: "own word"), message: "secret", evidence: evidence, location: place,
      reproduce: "secret", quarantine: "secret", duration: .seconds(1))
    return RunResult(
      project: "secret", version: "own word", config: "secret", startedAt: 0, duration: .seconds(1),
      findings: [finding], diagnostics: [Diagnostic("secret", at: place, label: "secret", help: ["secret"])],
      interruption: .interrupt, reportFailures: ["secret"], internalError: "secret")
  }

  /// Every text in a value, with the path to it; `nil` where something is absent.
  private static func texts(_ value: Any, _ path: String = "run") -> [(path: String, text: String?)] {
    if let text = value as? String { return [(path, text)] }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional, mirror.children.isEmpty { return [(path, nil)] }
    return mirror.children.flatMap { texts($0.value, path + "." + ($0.label ?? "")) }
  }

  @Test func theMarkedRunLeavesNothingOut() {
    for (path, text) in Self.texts(Self.marked) { #expect(text == "secret" || text == "own word", "\(path)") }
  }

  @Test func everyTextIsMapped() {
    let mapped = Self.texts(Self.marked.mapText { $0 == "secret" ? "masked" : "own word was mapped" })
    for (path, text) in mapped { #expect(text == "masked" || text == "own word", "\(path) is \(text ?? "absent")") }
    #expect(mapped.count == Self.texts(Self.marked).count)
  }

  @Test func mappingToItselfChangesNothing() { #expect(Self.marked.mapText { $0 } == Self.marked) }

  @Test func warningsAreWhatOnlyWarns() {
    let findings = Outcome.allCases.flatMap { outcome in
      Severity.allCases.map { ExitStatusTests.finding(outcome, $0) }
    }
    let warnings = ExitStatusTests.run(findings).warnings
    #expect(warnings.map(\.outcome) == [.failed, .inconclusive])
    #expect(warnings.allSatisfy { $0.severity == .warn })
  }

  @Test(arguments: Outcome.allCases)
  func counts(outcome: Outcome) {
    let findings = [ExitStatusTests.finding(outcome), ExitStatusTests.finding(outcome, .warn)]
    for other in Outcome.allCases {
      #expect(ExitStatusTests.run(findings).count(other) == (other == outcome ? 2 : 0))
    }
  }
}
