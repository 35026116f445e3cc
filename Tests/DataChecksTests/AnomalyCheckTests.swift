import DataChecks
import Language
import TestSupport
import Testing
import Verdict

/// A number against those of earlier runs: what a person is told in each case, and what is handed on to be kept.
@Suite struct AnomalyCheckTests {
  private static let table = "a,b\n" + (1...10).map { "\($0),x\n" }.joined()
  /// Eight runs around 5.5, the mean of the table.
  private static let means = [5.5, 5.4, 5.6, 5.5, 5.7, 5.3, 5.5, 5.6]

  /// The finding of a column's anomaly, with earlier values of the series.
  private func finding(
    _ anomaly: Tree, on csv: String = table, after values: [Double] = means, column: [(String, Tree)] = [],
    metric: String = "mean"
  ) async throws -> Finding {
    try await finding(
      ["columns": ["a": .mapping(column + [("anomaly", anomaly)])]], on: csv,
      series: "data.t.a.anomaly_" + metric.split(separator: " ")[0], metric, after: values)
  }

  private func finding(
    _ rules: Tree, on csv: String = table, series: String, _ metric: String, after values: [Double],
    history: HistoryAccess? = nil
  ) async throws -> Finding {
    let folder = try TemporaryFolder()
    let subject = try Gate.subject(rules, path: try folder.write(csv, to: "t.csv"))
    var known = MetricHistory()
    known[MetricHistory.Key(check: series, metric: metric)] = values.enumerated().map { day, value in
      MetricHistory.Point(time: Int64(day) * 86_400, value: value)
    }
    var context = RunContext(workingDirectory: "/", environment: [:], now: Int64(values.count) * 86_400)
    context.history = history ?? .known(known)
    let findings = await subject.evaluate(Selection([]), in: context)
    return try #require(findings.first { $0.kind == "anomaly" }, "\(findings.map(\.id))")
  }

  // MARK: - Outcomes

  @Test func aUsualNumberPasses() async throws {
    let found = try await finding("mean")
    #expect(found.outcome == .passed && found.id.description == "data.t.a.anomaly_mean")
    #expect(found.evidence.method == "robust-band" && found.evidence.baseline == Quantity(5.5))
    #expect(found.evidence.interval?.level == 0.99)
    #expect(found.metrics == [Metric("mean", 5.5, count: 10)])
    #expect(found.evidence.counts?.all == [10, 0, 10, nil])
  }

  @Test func anOddOneFailsAndShowsTheSeries() async throws {
    let found = try await finding("mean", after: Self.means.map { $0 + 3 })
    #expect(found.outcome == .failed, "\(found.message)")
    #expect(found.message.hasPrefix("the mean is 5.5, expected between ") && found.message.hasSuffix(" by 8 runs"))
    #expect(found.evidence.notes == ["history: ████████ → ▁ (8 runs, 1970-01-01 to 1970-01-08)"])
    #expect(found.location?.line ?? 0 > 0)
    guard case .between(let low, let high)? = found.evidence.limit else { throw Undecided() }
    #expect(low.value > 7 && high.value < 10)
  }

  private struct Undecided: Error {}

  /// Whether there are too few runs is told before anything else, and asked for: such a run may be accepted.
  @Test(arguments: [0, 1, 6])
  func aShortHistoryIsASkip(count: Int) async throws {
    let found = try await finding("mean", after: Array(Self.means.prefix(count)))
    #expect(found.outcome == .skipped && found.reason == .requested)
    #expect(found.message == "no history yet: \(count) of 7 runs; the mean is 5.5")
    #expect(found.metrics == [Metric("mean", 5.5, count: 10)])
  }

  @Test func whatCannotBeReadIsNoSkip() async throws {
    let unreadable = try await finding(
      ["columns": ["a": ["anomaly": "mean"]]], series: "", "", after: [],
      history: .unreadable("h.db is locked", advice: "wait"))
    #expect(unreadable.outcome == .errored && unreadable.reason == .baseline)
    #expect(unreadable.message == "h.db is locked" && unreadable.evidence.notes == ["wait"])
    let unwanted = try await finding(
      ["columns": ["a": ["anomaly": "mean"]]], series: "", "", after: [], history: .unwanted)
    #expect(unwanted.outcome == .skipped && unwanted.reason == .requested)
  }

  /// Without a number there is nothing to compare and nothing to keep, however long the history is.
  @Test(arguments: [
    ("mean", "a,b\n,x\n,y\n"), ("mean", "a,b\n"), ("mean", "a,b\nNaN,x\n1,y\n"), ("mean", "a,b\nword,x\n1,y\n"),
    ("std", "a,b\n1,x\n"), ("median", "a,b\nNaN,x\n1,y\n"), ("missing", "a,b\n"), ("distinct", "a,b\n,x\n"),
    ("max", "a,b\ninf,x\n1,y\n"), ("sum", "a,b\n1.7e308,x\n1.7e308,y\n"),
  ])
  func anUndefinedNumberIsAnError(number: String, csv: String) async throws {
    let found = try await finding(.scalar(number), on: csv, after: [], metric: number)
    #expect(found.outcome == .errored, "\(found.message)")
    #expect(found.metrics.isEmpty)
  }

  // MARK: - The numbers

  @Test(arguments: [
    ("mean", 2.5), ("median", 2), ("min", 1), ("max", 4), ("sum", 10), ("std", 1.2909944487358056), ("missing", 0.2),
    ("distinct", 4),
  ])
  func theNumbersAreThoseOfTheColumn(number: String, value: Double) async throws {
    let found = try await finding(
      .scalar(number), on: "a,b\n1,x\n2,x\n,x\n3,x\n4,x\n", after: [], metric: number)
    #expect(found.metrics == [Metric(number, value, count: number == "missing" ? 5 : 4)])
  }

  @Test func aQuantileHasASeriesOfItsOwn() async throws {
    let found = try await finding(["of": "quantile", "at": "90%"], after: [], metric: "quantile_90%")
    #expect(found.id.check == "anomaly_quantile_90%" && found.metrics == [Metric("quantile_90%", 9, count: 10)])
  }

  @Test func theTableHasRowsAndColumns() async throws {
    let few = try await finding(
      ["anomaly": ["rows", "columns"]], series: "data.t.anomaly_rows", "rows",
      after: (0..<14).map { 20 + Double($0 % 3) })
    #expect(few.outcome == .failed && few.message.hasPrefix("the number of rows is 10, expected between "))
    // Half a row is no limit.
    if case .between(let low, let high)? = few.evidence.limit {
      #expect(low.value == low.value.rounded() && high.value == high.value.rounded() && low.value > 10)
    }
    let columns = try await finding(
      ["anomaly": "columns"], series: "data.t.anomaly_columns", "columns", after: [Double](repeating: 2, count: 9))
    #expect(columns.outcome == .passed, "\(columns.message)")
    // A table that often has next to no rows may not be empty all the same.
    let empty = try await finding(
      ["anomaly": "rows"], on: "a,b\n", series: "data.t.anomaly_rows", "rows", after: [1, 2, 1, 3, 1, 2, 1, 2])
    #expect(empty.outcome == .errored && empty.reason == .nothingToEvaluate)
  }

  /// What a condition selects is another series than all rows.
  @Test func aConditionHasASeriesOfItsOwn() async throws {
    let rules: Tree = [
      "columns": ["a": ["checks": [["anomaly": "mean", "where": "a > 4", "id": "large"]]]]
    ]
    let found = try await finding(rules, series: "data.t.a.large", "mean where a > 4", after: Self.means)
    #expect(found.metrics == [Metric("mean where a > 4", 7.5, count: 6)])
    #expect(found.outcome == .failed)
    let other = try await finding(rules, series: "data.t.a.large", "mean", after: Self.means)
    #expect(other.outcome == .skipped)
  }

  // MARK: - Strategies

  @Test func theNewestRunsMakeTheBand() async throws {
    let series = (0..<30).map { 50 + Double($0) / 10 } + [5.51, 5.42, 5.63, 5.54, 5.75, 5.36, 5.57, 5.68]
    #expect(try await finding(["of": "mean", "last": "8"], after: series).outcome == .passed)
    #expect(try await finding("mean", after: series).outcome == .failed)
  }

  @Test func aSideIsNotLookedAt() async throws {
    let high = Self.means.map { $0 + 3 }
    #expect(try await finding(["of": "mean", "side": "above"], after: high).outcome == .passed)
    let below = try await finding(["of": "mean", "side": "below"], after: high)
    #expect(below.outcome == .failed && below.message.contains("expected at least"))
  }

  @Test func aSeriesThatNeverVariedHasAFloor() async throws {
    let constant = [Double](repeating: 5.6, count: 20)
    #expect(try await finding("mean", after: constant).outcome == .failed)
    #expect(try await finding(["of": "mean", "floor": "2%"], after: constant).outcome == .passed)
    #expect(try await finding(["of": "mean", "floor": "0.05"], after: constant).outcome == .failed)
    let zero = try await finding("mean", after: [Double](repeating: 0, count: 20))
    #expect(zero.outcome == .inconclusive && zero.message.contains("vary too little"), "\(zero.message)")
    #expect(zero.metrics.count == 1)
    let same = try await finding("min", on: "a,b\n0,x\n", after: [Double](repeating: 0, count: 20), metric: "min")
    #expect(same.outcome == .passed && same.message.contains("as in 20 runs"), "\(same.message)")
  }

  /// Of a share, a share is a number of points: 1% and 2.5% are not 150% apart.
  @Test func sharesDifferByPoints() async throws {
    let csv = "a,b\n" + (1...40).map { "\($0 == 7 ? "" : "\($0)"),x\n" }.joined()
    let before = [Double](repeating: 0.01, count: 9)
    #expect(
      try await finding(["of": "missing", "floor": "2%"], on: csv, after: before, metric: "missing").outcome == .passed)
    let found = try await finding("missing", on: csv, after: before, metric: "missing")
    #expect(found.outcome == .failed && found.message.contains("is 2.5%, expected between 0.9% and 1.1%"))
    let change: Tree = ["of": "missing", "strategy": "change", "within": "1.6%"]
    #expect(try await finding(change, on: csv, after: [0.01], metric: "missing").outcome == .passed)
  }

  @Test func aChangeIsHeldAgainstTheRunBefore() async throws {
    func outcome(_ within: String, after values: [Double], order: String? = nil) async throws -> Finding {
      let order = order.map { [("order", Tree.scalar($0))] } ?? []
      return try await finding(
        .mapping([("of", "mean"), ("strategy", "change"), ("within", .scalar(within))] + order), after: values)
    }
    #expect(try await outcome("10%", after: [100, 5]).outcome == .passed)
    #expect(try await outcome("9%", after: [5]).outcome == .failed)
    #expect(try await outcome("0.5", after: [5]).outcome == .passed)
    let zero = try await outcome("10%", after: [0])
    #expect(zero.outcome == .errored && zero.message.contains("relative to zero"))
    #expect(try await outcome("0.1", after: [4.5, 5], order: "2").outcome == .passed)
    #expect(try await outcome("0.1", after: [5], order: "2").message.contains("1 of 2 runs"))
    let found = try await outcome("9%", after: [5])
    #expect(found.evidence.interval == nil && found.evidence.method == "change-bounds")
  }

  @Test func aSeasonAndQuantilesTakeTheirRuns() async throws {
    let short = try await finding(["of": "mean", "strategy": "seasonal"], after: Self.means)
    #expect(short.message.contains("8 of 21 days"))
    let weeks = (0..<28).map { [5.5, 9, 9.5, 9, 8.5, 2, 1][$0 % 7] + Double($0 % 3) * 0.02 }
    #expect(try await finding(["of": "mean", "strategy": "seasonal"], after: weeks).outcome == .passed)
    #expect(try await finding(["of": "mean", "strategy": "seasonal"], after: weeks.dropLast()).outcome == .failed)
    #expect(
      try await finding(["of": "mean", "strategy": "quantile"], after: Self.means).message.contains("8 of 199 runs"))
    let many = (0..<39).map { 5 + Double($0) / 39 }
    let band = try await finding(["of": "mean", "strategy": "quantile", "confidence": "95%"], after: many)
    #expect(band.outcome == .passed && band.evidence.interval?.level == 0.95, "\(band.message)")
  }

  // MARK: - Mistakes

  @Test(
    arguments: [
      (["of": "quantile"], "\"at\" is missing"), (["of": "mean", "at": "5%"], "\"at\" is a setting"),
      (["strategy": "normal"], "\"of\" is missing"), ("quantile", "\"at\" is missing"),
      (["of": "mean", "within": "5%"], "\"within\" is a setting of strategy: change"),
      (["of": "mean", "period": "7"], "\"period\" is a setting of strategy: seasonal"),
      (["of": "mean", "strategy": "seasonal", "period": "monthly"], "is not one of weekly, daily"),
      (["of": "mean", "strategy": "change"], "\"within\" is missing"),
      (["of": "mean", "strategy": "change", "within": "5", "floor": "1"], "fixed bound"),
      (["of": "mean", "strategy": "change", "within": "5%", "order": "2"], "can be a share"),
      (["of": "mean", "minimum": "2"], "at least 4 runs"), (["of": "mean", "last": "5"], "fewer than the 7"),
      (["of": "mean", "strategy": "quantile", "last": "100"], "fewer than the 199"),
      (["of": "mean", "confidence": "100%"], "below 100%"), (["of": "mean", "confidence": "20%"], "at least 50%"),
      ("rows", "is not one of"), (["of": "mean", "floor": "-1%"], "expected"),
    ] as [(Tree, String)])
  func aMistakeIsAProblem(anomaly: Tree, words: String) {
    let problems = Gate.problems(["columns": ["a": ["anomaly": anomaly]]])
    #expect(problems.count == 1 && problems[0].headline.contains(words), "\(problems.map(\.headline))")
  }

  @Test func sensitiveValuesAreNotKept() {
    func problems(_ number: String) -> [Diagnostic] {
      Gate.problems(["columns": ["a": ["sensitive": "true", "anomaly": .scalar(number)]]])
    }
    for number in ["mean", "min", "sum"] { #expect(problems(number).first?.headline.contains("sensitive") == true) }
    for number in ["missing", "distinct"] { #expect(problems(number).isEmpty) }
    let typed = Gate.problems(["columns": ["a": ["type": "string", "anomaly": "mean"]]])
    #expect(typed.count == 1)
  }
}
