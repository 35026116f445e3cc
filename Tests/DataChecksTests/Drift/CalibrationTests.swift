import Language
import Scan
import Statistics
import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// What is measured of checks that compare more than one column with a baseline, and of those that look at a history.
@Suite struct CalibrationTests {
  /// Two columns that go together, a third that goes with nothing, and one of two kinds.
  private static func table(_ rows: Int) -> String {
    var generator = SeededGenerator(seed: 5)
    let lines = (0..<rows).map { _ -> String in
      let (a, noise) = (Double.random(in: 0...10, using: &generator), Double.random(in: 0...10, using: &generator))
      return "\(a),\(a + noise / 10),\(noise),\(Int.random(in: 0...1, using: &generator) == 0 ? "x" : "y")\n"
    }
    return "a,b,c,kind\n" + lines.joined()
  }

  /// - Parameter count: how many rows the baseline has.
  private func calibrated(
    _ rules: Tree, of count: Int = 200, rows: Int? = nil, threads: Int = 2
  ) async throws -> [DriftCalibration] {
    var tables = Neighbours(Self.table(count), ("before", Self.table(count)))
    tables.baseline = "before"
    let folder = try TemporaryFolder()
    for (name, text) in tables.tables { try folder.write(text ?? "", to: name) }
    var problems = Problems()
    let subject = try tables.subject(rules, in: folder.path, &problems)
    try #require(problems.isEmpty, "\(problems)")
    #expect(subject.comparesRows)
    let context = RunContext(workingDirectory: "/", environment: [:], now: 0, threads: threads)
    return try await subject.calibrateOthers(rows: rows, repeats: 5, in: context)
  }

  @Test func shuffledRowsChangeCorrelations() async throws {
    let rules: Tree = ["correlation_change": ["columns": ["a", "b"], "at_most": "0.1"]]
    let found = try #require(try await calibrated(rules).first)
    #expect(found.leftOut == nil && found.column == "correlation_change" && found.rows == (200, 200))
    #expect(found.falseAlarms == 0 && found.power.count == DriftCalibration.shifts.count)
    // Of rows of which two in five are shuffled, three fifths of the correlation are left.
    #expect(found.power.first == 0 && found.power.last == 1, "\(found.power)")
    #expect(found.proposed < found.limit && found.limit == 0.1)
    let again = try #require(try await calibrated(rules, threads: 1).first)
    #expect(again.power == found.power && again.proposed == found.proposed && again.notGreen == found.notGreen)
  }

  /// No sample of less than 100 rows passes, whatever the limit: then none is proposed.
  @Test(arguments: ["0.1", "1.9"]) func fewRowsHaveNoLimit(limit: String) async throws {
    let rules: Tree = ["correlation_change": ["columns": ["a", "b"], "at_most": .scalar(limit)]]
    let found = try #require(try await calibrated(rules, rows: 50).first)
    #expect(found.notGreen == 1 && found.proposed == .infinity, "\(found)")
  }

  /// Where nothing is correlated there is nothing to shuffle: two rows in five that go together make a correlation of 0.4.
  @Test func whatIsNotCorrelatedMayBecomeSo() async throws {
    let rules: Tree = ["correlation_change": ["columns": ["a", "c"], "at_most": "0.1"]]
    let found = try #require(try await calibrated(rules, of: 1000).first)
    #expect(found.power.first == 0 && found.power.last == 1, "\(found.power)")
  }

  @Test func movedRowsAreSeenTogether() async throws {
    let found = try #require(
      try await calibrated(["multivariate_drift": ["columns": ["a", "c"]]], rows: 150).first)
    #expect(found.leftOut == nil && found.rows == (200, 150) && found.limit == 0.55)
    #expect(found.falseAlarms <= 0.2 && (found.power.last ?? 0) >= 0.6, "\(found)")
  }

  /// Vectors move as numbers do, each element as far as it varies.
  @Test func vectorsAreMoved() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<100).map { "{\"v\": [\($0 % 10), \($0 % 10 * 100)]}\n" }.joined()
    let path = try folder.write(lines, to: "v.jsonl")
    let (table, _) = try MemoryTable.beginning(
      of: TableSource(path: path, displayedAs: "v.jsonl"), rows: 100, cells: 1000)
    var random = Philox(Seed(1))
    let moved = RowDriftPopulation(table, ["v"], shifted: .moved).sample(of: 50, shifted: 1, &random)
    let step = 2 * (8.25).squareRoot()
    for row in 0..<50 {
      let list = try #require(moved.text(row, "v"))
      let elements = list.dropFirst().dropLast().split(separator: ",").map { Double($0) ?? 0 }
      let place = elements[0] - step
      #expect(abs(place - place.rounded()) < 1e-9 && (0...9).contains(place.rounded()), "\(elements)")
      #expect(abs(elements[1] - 100 * elements[0]) < 1e-6, "\(elements)")
    }
  }

  @Test func rolesAreMeasuredAsColumns() async throws {
    let found = try await calibrated(["label_drift": "kind", "prediction_drift": "c"], of: 3000)
    #expect(found.map(\.column) == ["label_drift kind", "prediction_drift c"])
    for column in found { #expect(column.falseAlarms == 0 && column.power.last == 1, "\(column)") }
  }

  /// A delivery of more rows than are ever drawn asks for no more memory.
  @Test func samplesOfRowsAreBounded() async throws {
    let found = try await calibrated(["correlation_change": ["columns": ["a", "b"]]], rows: 1_000_000_000)
    let first = try #require(found.first)
    #expect(first.rows == (200, 2000))
  }

  // MARK: - Histories

  /// A watch of the rows, with some settings.
  private func watch(_ settings: [(String, Tree)] = []) throws -> Watch {
    let rules: Tree = ["anomaly": [.mapping([("of", "rows")] + settings)]]
    let subject = try Gate.subject(rules, path: "unused.csv")
    return try #require(subject.watch(of: "data.t.anomaly_rows"))
  }

  /// A run on each day.
  private func runs(_ values: [Double]) -> [MetricHistory.Point] {
    values.enumerated().map { MetricHistory.Point(time: Int64($0) * 86_400, value: $1) }
  }

  /// Most weekends have no run, and the pieces keep their weekdays.
  @Test func aSeasonWithGapsKeepsItsWeekdays() throws {
    let watch = try watch([("strategy", "seasonal")])
    let weeks = runs(Self.normal.enumerated().map { $1 * ($0 % 7 < 5 ? 1 : 0.4) })
    let gaps = weeks.enumerated().filter { $0.offset % 7 < 5 || $0.offset % 14 < 7 }.map(\.element)
    let found = AnomalyCalibration(of: "c", "rows", watch, gaps, repeats: 400)
    #expect(found.leftOut == nil && found.falseAlarms <= 0.04, "\(found.falseAlarms)")
    // A weekday lies 15 deviations of a weekday above a weekend day, and these are of all days.
    #expect(found.power[2] > 0.95, "\(found.power)")
    let far = [MetricHistory.Point(time: -4_000_000_000, value: 1)] + weeks
    #expect(
      AnomalyCalibration(of: "c", "rows", watch, far, repeats: 50).leftOut == "most days or hours have no run")
  }

  private static let normal: [Double] = {
    var generator = SeededGenerator(seed: 9)
    // The sum of twelve uniform numbers has a variance of one.
    return (0..<120).map { _ in
      1000 + (0..<12).reduce(0) { sum, _ in sum + Double.random(in: -0.5...0.5, using: &generator) } * 20
    }
  }()

  @Test(arguments: ["robust", "normal", "seasonal"])
  func bandsKeepTheirLevel(strategy: String) throws {
    let watch = try watch([("strategy", .scalar(strategy))])
    let found = AnomalyCalibration(of: "c", "rows", watch, runs(Self.normal), repeats: 1000)
    #expect(found.leftOut == nil && found.runs == 120)
    // One in a hundred by the level, and fewer by the floor of one percent of the value, which is half a deviation.
    #expect(found.falseAlarms <= 0.03, "\(found.falseAlarms)")
    #expect(found.notGreen == found.falseAlarms)
    #expect(found.power == found.power.sorted() && found.power[4] > 0.99 && found.power[0] < 0.3, "\(found.power)")
  }

  @Test func onlyTheSideThatCountsIsMoved() throws {
    let below = AnomalyCalibration(of: "c", "rows", try watch([("side", "below")]), runs(Self.normal), repeats: 200)
    #expect(below.power[4] == 1)
  }

  @Test func changesFollowTheirNeighbours() throws {
    // A saw of a hundred: within one tooth the next value is never more than one away.
    let saw = (0..<400).map { Double(1000 + $0 % 100) }
    let watch = try watch([("strategy", "change"), ("within", "1")])
    let found = AnomalyCalibration(of: "c", "rows", watch, runs(saw), repeats: 1000)
    // The tooth ends once in a hundred runs.
    #expect(found.falseAlarms < 0.03 && found.power[0] == 1, "\(found.falseAlarms) \(found.power)")
  }

  @Test func shortAndConstantHistoriesAreTold() throws {
    let short = AnomalyCalibration(of: "c", "rows", try watch(), runs(Array(Self.normal.prefix(19))), repeats: 50)
    #expect(short.leftOut == "19 of 20 runs" && short.power.isEmpty)
    let same = runs([Double](repeating: 500, count: 30))
    let constant = AnomalyCalibration(of: "c", "rows", try watch(), same, repeats: 50)
    #expect(constant.leftOut == nil && constant.falseAlarms == 0 && constant.notGreen == 0)
  }

  @Test func everyWatchIsTold() throws {
    let subject = try Gate.subject(["anomaly": ["rows", "columns"]], path: "unused.csv")
    var history = MetricHistory()
    history[.init(check: "data.t.anomaly_rows", metric: "rows")] = runs(Self.normal)
    let found = subject.calibrateAnomalies(after: history, before: 1000 * 86_400, repeats: 50)
    #expect(found.map(\.check) == ["data.t.anomaly_rows", "data.t.anomaly_columns"])
    #expect(found.map(\.leftOut) == [nil, "0 of 20 runs"])
  }
}
