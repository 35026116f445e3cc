import ModelChecks
import TestSupport
import Testing
import Verdict

/// Values of series that come later.
@Suite struct ForecastPredictionTests {
  private static let history = "s,v\na,1\nb,10\na,2\nb,14\na,3\nb,18\n"

  /// By hand: series a moves by 1 and b by 4 a step, so errors of 1, 2 and 4 are 1, 2 and 1 of their steps: 4/3.
  @Test func anErrorIsScaledByItsSeries() async throws {
    let found = try await TaskFixture.findings(
      "forecast",
      [("label", "y"), ("prediction", "f"), ("series", "s"), ("history", ["file": "h.csv", "value": "v"])],
      [TaskFixture.gate("mase", is: 4.0 / 3), TaskFixture.gate("wape", is: 7.0 / 30)],
      candidate: "s,y,f\na,4,5\na,6,4\nb,20,24\n", others: ["h.csv": Self.history])
    #expect(found.map(\.outcome) == [.passed, .passed, .passed], "\(found.map(\.message))")
  }

  /// Two of three values lie within; the widths are 2, 2 and 4.
  @Test func intervalsAndEnsemblesAreForecasts() async throws {
    let found = try await TaskFixture.findings(
      "forecast", [("label", "y"), ("lower", "l"), ("upper", "u"), ("members", ["m1", "m2"])],
      [
        TaskFixture.gate("interval_coverage", is: 2.0 / 3), TaskFixture.gate("interval_width", is: 8.0 / 3),
        // |1 - 2| … by hand: the mean distance of 1 and 3 from 2 is 1, less half their mean distance of 1: 1/2; of 5 and 5
        // from 5 it is 0, of 0 and 4 from 9 it is 7 less 1: 6.
        TaskFixture.gate("crps", is: 6.5 / 3),
      ], candidate: "y,l,u,m1,m2\n2,1,3,1,3\n5,5,7,5,5\n9,1,5,0,4\n")
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed], "\(found.map(\.message))")
  }

  @Test func aSeriesWithoutHistoryIsAnError() async throws {
    let found = try await TaskFixture.findings(
      "forecast",
      [("label", "y"), ("prediction", "f"), ("series", "s"), ("history", ["file": "h.csv", "value": "v"])],
      [["metric": "mase", "at_most": "9"]], candidate: "s,y,f\na,4,5\nc,6,4\n", others: ["h.csv": Self.history])
    #expect(found[0].outcome == .errored && found[0].message.contains("has no history: \"c\""), "\(found[0].message)")
  }

  @Test func theConfigSaysWhatAMetricNeeds() {
    func problems(_ keys: [(String, ConfigTree)], _ gate: ConfigTree) -> [String] {
      TaskFixture.problems("forecast", [("label", "y")] + keys, [gate])
    }
    let mase: ConfigTree = ["metric": "mase", "at_most": "1"]
    #expect(problems([("prediction", "f")], mase).first?.contains("needs the history of the series") == true)
    #expect(problems([("prediction", "f"), ("history", ["file": "h", "value": "v"])], mase) == [])
    #expect(problems([("lower", "l")], mase) == ["an interval has a lower and an upper end"])
    #expect(
      problems([("prediction", "f")], ["metric": "wape", "at_most": "1", "confidence": "95%"]) == [
        "forecasts of one series depend on each other, so an interval cannot count them as rows"
      ])
    let series: [(String, ConfigTree)] = [("prediction", "f"), ("series", "s")]
    #expect(problems(series, ["metric": "wape", "at_most": "1", "confidence": "95%"]) == [])
  }

  /// Errors of 1 in half of 40 series and of 2 in the others, ten times each: as sure as 40 values, not as 400.
  @Test func anIntervalCountsSeries() async throws {
    var file = "s,y,f\n"
    for row in 0..<400 { file += "s\(row % 40),10,\(row % 40 < 20 ? 11 : 12)\n" }
    let found = try await TaskFixture.findings(
      "forecast", [("label", "y"), ("prediction", "f"), ("series", "s")],
      [["metric": "wape", "at_most": "0.5", "confidence": "95%"]], candidate: file)
    let interval = try #require(found.last?.evidence.interval)
    // The mean of 0.1 and 0.2; t(39) = 2.02269092 times 0.05 √(40 / 39) / √40.
    let half = 2.022690920036764 * 0.05 * (40.0 / 39).squareRoot() / 40.0.squareRoot()
    #expect(abs(interval.lower - (0.15 - half)) < 1e-9 && abs(interval.upper - (0.15 + half)) < 1e-9, "\(interval)")
    #expect(found.last?.evidence.method.contains("rows grouped by s") == true)
  }
}
