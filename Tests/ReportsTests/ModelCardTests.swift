import Reports
import TestSupport
import Testing
import Verdict

/// The model card: front matter that any YAML reader takes, and Markdown in which no name becomes markup.
@Suite struct ModelCardTests {
  private static func finding(
    _ check: String, column: String? = "accuracy", model: String = "delay", _ outcome: Outcome = .passed,
    observed: Double? = 0.9, baseline: Double? = nil, interval: Evidence.Interval? = nil, message: String = "fine"
  ) -> Finding {
    Finding(
      id: CheckID(suite: .models, subject: model, column: column, check: check), kind: "at_least", outcome: outcome,
      message: message,
      evidence: Evidence(
        observed: observed.map { Quantity($0) }, baseline: baseline.map { Quantity($0) }, interval: interval))
  }

  private func card(_ findings: [Finding], model: String = "delay", dataset: String = "eval.csv") throws -> String {
    let result = RunResult(project: "flights", version: "1.0", startedAt: 1_767_225_600, findings: findings)
    let card = ModelCard(model: model, task: "regression", dataset: dataset)
    let document = try card.render(result)
    try card.check(document)
    return String(decoding: document, as: UTF8.self)
  }

  private func frontMatter(_ card: String) -> [String] {
    let lines = card.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return [] }
    return Array(lines[1..<end])
  }

  @Test func aMetricIsListedOnceWithAllThatIsKnownOfIt() throws {
    let interval = Evidence.Interval(lower: 0.88, upper: 0.92, level: 0.95)
    let change = Evidence.Interval(lower: -0.01, upper: 0.01, level: 0.95)
    let text = try card([
      Self.finding("max_regression", baseline: 0.89, interval: change), Self.finding("at_least", interval: interval),
      Self.finding("at_least@carrier", observed: 0.7), Self.finding("at_least", model: "other", observed: 0.1),
    ])
    #expect(
      frontMatter(text) == [
        "tags:", "- cupel", "model-index:", "- name: \"delay\"", "  results:", "  - task:",
        "      type: \"tabular-regression\"", "    dataset:", "      type: \"eval.csv\"", "      name: \"eval.csv\"",
        "    metrics:", "    - type: \"accuracy\"", "      name: \"accuracy (95% interval 0.88 to 0.92)\"",
        "      value: 0.9", "      verified: false", "      args:", "        interval: [0.88, 0.92]",
        "        confidence: 0.95", "        method: \"point\"",
      ])
    #expect(text.contains("| accuracy | 0.9 | 95% interval 0.88 to 0.92 | point | 0.89 |"), "\(text)")
    #expect(
      text.contains("## Gates by slice") && text.contains("3 of 3 checks of flights passed on 2026-01-01"), "\(text)")
    #expect(!text.contains("0.1 "))
  }

  /// What the run measured is told of all rows and of every slice, and what has no interval says why.
  @Test func slicesHaveIntervalsAsWell() throws {
    let interval = Evidence.Interval(lower: 0.5, upper: 1e-7, level: 0.99)
    let result = RunResult(
      project: "", version: "1.0", startedAt: 1_767_225_600,
      findings: [Self.finding("max_regression", baseline: 0.89)])
    let card = ModelCard(
      model: "delay", task: "binary", dataset: "eval.csv",
      measured: [
        CardMetric(name: "accuracy", value: 0.9, method: "needs at least 30 rows, got 20", rows: 20),
        CardMetric(name: "accuracy", slice: "carrier = A|B", value: 0.7, interval: interval, method: "wilson", rows: 9),
      ])
    let text = String(decoding: try card.render(result), as: UTF8.self)
    #expect(text.contains("| accuracy | 0.9 | no interval: needs at least 30 rows, got 20 |  | 0.89 | 20 |"), "\(text)")
    #expect(text.contains("| carrier = A\\|B | accuracy | 0.7 | 99% interval 0.5 to 1e-07 | 9 |"), "\(text)")
    let front = frontMatter(text)
    #expect(front.contains("      config: \"carrier = A|B\"") && front.contains("        interval: null"), "\(front)")
    #expect(front.contains("        interval: [0.5, 1.0e-07]"), "\(front)")
  }

  /// YAML 1.1 takes 1e-07 for a text.
  @Test(arguments: [
    1e-7, 2.5e-9, 1e16, 0.5, 3, -0.25,
  ])
  func numbersStayNumbers(value: Double) throws {
    let text = try card([Self.finding("at_least", observed: value)])
    let line = try #require(frontMatter(text).first { $0.hasPrefix("      value: ") })
    let number = String(line.dropFirst(13))
    #expect(Double(number) == value)
    #expect(
      !number.contains("e") || number.contains(".") && (number.contains("e-") || number.contains("e+")), "\(number)")
  }

  @Test(arguments: [
    "\"\n---\nevil: true", "a: b", "- x", "*alias", "&anchor", "!tag", "null", "{{", "x | y", "`code`",
    "<script>alert(1)</script>", "@team #1 http://evil", "\u{1B}[31mred", "\u{2028}line", "名前",
  ])
  func hostileNamesStayNames(name: String) throws {
    let text = try card(
      [Self.finding("at_least", column: name, model: name, message: name)], model: name, dataset: name)
    let front = frontMatter(text)
    #expect(front.count == 18, "\(front)")
    for line in front where line.contains("name: ") || line.contains("type: ") {
      let value = line.drop { $0 != "\"" }
      #expect(value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\""), "\(line)")
    }
    let body = text.split(separator: "\n").drop { $0 != "---" }.dropFirst().drop { $0 != "---" }.dropFirst()
    #expect(!body.joined().contains("<script>") && !text.contains("\u{1B}"))
    for row in body where row.hasPrefix("| accuracy") || row.hasPrefix("| Metric") {
      #expect(!row.contains("\u{2028}"))
    }
  }

  @Test func withoutMetricsThereIsNoIndex() throws {
    let text = try card([Self.finding("at_least", .errored, observed: nil)])
    #expect(frontMatter(text) == ["tags:", "- cupel"])
    #expect(text.contains("No metric of this model could be told.") && text.contains("not passed"))
  }
}
