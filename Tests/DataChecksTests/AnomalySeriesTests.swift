import DataChecks
import Language
import TestSupport
import Testing
import Verdict

/// Which earlier runs count, and for what: those of a weekday for that weekday, and none before a run that somebody
/// accepted although it was odd.
@Suite struct AnomalySeriesTests {
  private static let day: Int64 = 86_400

  /// The outcome for a table of so many rows after some runs.
  private func finding(
    rows: Int, at time: Int64, after points: [MetricHistory.Point], _ settings: [(String, Tree)] = []
  ) async throws -> Finding {
    let folder = try TemporaryFolder()
    let csv = "a\n" + String(repeating: "1\n", count: rows)
    let rules: Tree = ["anomaly": [.mapping([("of", "rows")] + settings)]]
    let subject = try Gate.subject(rules, path: try folder.write(csv, to: "t.csv"))
    var history = MetricHistory()
    history[.init(check: "data.t.anomaly_rows", metric: "rows")] = points
    var context = RunContext(workingDirectory: "/", environment: [:], now: time)
    context.history = .known(history)
    return try #require(await subject.evaluate(.everything, in: context).first { $0.kind == "anomaly" })
  }

  /// A thousand rows on a weekday, and four hundred on a Saturday or a Sunday, a little more or less.
  private func rows(_ day: Int) -> Int { (day % 7 > 4 ? 400 : 1000) + [3, -8, 5, 11, -6, 0, -4, 9][day * 5 % 8] }

  private func runs(_ days: [Int]) -> [MetricHistory.Point] {
    days.map { MetricHistory.Point(time: Int64($0) * Self.day + 3600, value: Double(rows($0))) }
  }

  private static let seasonal: [(String, Tree)] = [("strategy", "seasonal")]

  /// The 29th day had no run. The days after it are what they are, and no weekday becomes a Sunday.
  @Test func aDayWithoutARunShiftsNoWeek() async throws {
    var known = Array(0..<28)
    for day in 29..<40 {
      let found = try await finding(
        rows: rows(day), at: Int64(day) * Self.day + 7200, after: runs(known), Self.seasonal)
      #expect(found.outcome == .passed, "day \(day): \(found.message)")
      known.append(day)
    }
    for (day, wrong) in [(40, 1000), (41, 1000), (42, 400)] {
      let time = Int64(day) * Self.day + 7200
      #expect(try await finding(rows: wrong, at: time, after: runs(known), Self.seasonal).outcome == .failed)
    }
  }

  /// The newest run of a day is that day, and those of today are none of its past.
  @Test func aSecondRunOfADayCorrectsIt() async throws {
    let once = runs(Array(0..<28))
    let twice = once.flatMap { point in
      var first = point
      (first.time, first.value) = (point.time - 3000, 5)
      return [first, point]
    }
    let today = MetricHistory.Point(time: 28 * Self.day + 1, value: 7)
    let time = 28 * Self.day + 7200
    let plain = try await finding(rows: 1000, at: time, after: once, Self.seasonal)
    #expect(plain.outcome == .passed && plain.message.hasSuffix("by 28 days"), "\(plain.message)")
    #expect(try await finding(rows: 1000, at: time, after: twice + [today], Self.seasonal).message == plain.message)
  }

  @Test func hoursAndRunsAreSeasonsToo() async throws {
    let hourly = (0..<96).filter { $0 != 90 }.map { (hour: Int) -> MetricHistory.Point in
      let rows = 100 + 5 * (hour % 24) + hour % 3
      return MetricHistory.Point(time: Int64(hour) * 3600 + 60, value: Double(rows))
    }
    for period in ["daily", "24"] {
      let settings: [(String, Tree)] = Self.seasonal + [("period", .scalar(period))]
      let found = try await finding(rows: 116, at: 99 * 3600, after: hourly, settings)
      #expect(found.outcome == .passed && found.message.hasSuffix("by 95 hours"), "\(found.message)")
      #expect(try await finding(rows: 190, at: 99 * 3600, after: hourly, settings).outcome == .failed)
    }
    let settings: [(String, Tree)] = Self.seasonal + [("period", "12")]
    let found = try await finding(rows: 5, at: 99 * 3600, after: hourly.suffix(20), settings)
    #expect(found.outcome == .skipped && found.message.contains("20 of 36 runs"), "\(found.message)")
  }

  @Test func aWeekdayThatNeverHadARunIsToldAndJudgedLater() async throws {
    let weekdays = runs((0..<42).filter { $0 % 7 < 5 })
    let found = try await finding(rows: 3, at: 47 * Self.day + 7200, after: weekdays, Self.seasonal)
    #expect(found.outcome == .skipped && found.message.hasPrefix("no history yet: "), "\(found.message)")
  }

  // MARK: - Accepted with a reason

  private static let usual: [Double] = [1000, 1003, 998, 1001, 997, 1002, 999, 1004, 996]

  private func points(_ values: [Double], fresh index: Int? = nil) -> [MetricHistory.Point] {
    values.enumerated().map {
      MetricHistory.Point(time: Int64($0) * Self.day, value: $1, isFresh: $0 == index)
    }
  }

  @Test func anOddNumberThatSomebodyAcceptedBeginsTheSeriesAnew() async throws {
    let accepted = points(Self.usual + [3000], fresh: 9)
    let next = try await finding(rows: 3010, at: 10 * Self.day, after: accepted)
    #expect(next.outcome == .skipped, "\(next.message)")
    #expect(
      next.message
        == "no history yet: 1 of 7 runs since 1970-01-10, accepted with a reason; the number of rows is 3010")
    // Without the word of anybody it is an odd number among usual ones.
    let plain = points(Self.usual + [3000])
    #expect(try await finding(rows: 3010, at: 10 * Self.day, after: plain).outcome == .failed)
    let level = points(Self.usual + [3000, 3010, 2995, 3003, 2990, 3008, 3001], fresh: 9)
    #expect(try await finding(rows: 3004, at: 20 * Self.day, after: level).outcome == .passed)
    #expect(try await finding(rows: 1000, at: 20 * Self.day, after: level).outcome == .failed)
  }

  /// What was accepted for another column's sake does not take the past of this one.
  @Test func aUsualNumberThatSomebodyAcceptedKeepsTheSeries() async throws {
    let accepted = points(Self.usual + [1001], fresh: 9)
    #expect(try await finding(rows: 1000, at: 10 * Self.day, after: accepted).outcome == .passed)
    #expect(try await finding(rows: 3000, at: 10 * Self.day, after: accepted).outcome == .failed)
  }
}
