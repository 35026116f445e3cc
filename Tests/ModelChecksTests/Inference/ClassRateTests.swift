import ModelChecks
import TestSupport
import Testing
import Verdict

/// The recall of one class is a share of that class's rows: two models are paired on them, by Tango's interval.
@Suite struct ClassRateTests {
  /// Fifty rows of class b: both models know 36, the candidate alone 12, the baseline alone 2. And rows of other classes,
  /// which change nothing.
  private static let rows: String = {
    let known = (0..<50).map { ($0 < 48, $0 < 36 || $0 >= 48) }
    let lines = known.enumerated().map { "\($0.offset),b,\($0.element.0 ? "b" : "a"),\($0.element.1 ? "b" : "c")" }
    return "id,y,mine,theirs\n"
      + (lines + (50..<90).map { "\($0),\($0 % 2 == 0 ? "a" : "c"),a,\($0 % 3 == 0 ? "b" : "a")" })
      .joined(separator: "\n") + "\n"
  }()

  private static func finding(_ gate: ConfigTree) async throws -> Finding {
    let found = try await ModelFixture(["p.csv": rows]).findings([
      "task": "multiclass", "label": "y", "id": "id",
      "candidate": ["predictions": "p.csv", "prediction": "mine"], "baseline": ["prediction": "theirs"],
      "gates": [gate],
    ])
    return try #require(found.last)
  }

  /// Tango's score interval of 12 and 2 of 50, by a search for its ends with the likelihood maximised numerically.
  @Test func itIsPairedOnTheRowsOfTheClass() async throws {
    let found = try await Self.finding([
      "metric": ["name": "recall", "class": "b"], "max_regression": "0.01 absolute", "confidence": "95%",
    ])
    #expect(found.outcome == .passed, "\(found.message)")
    #expect(found.evidence.method.hasPrefix("tango"), "\(found.evidence.method)")
    #expect(found.evidence.observed?.value == 0.96 && found.evidence.baseline?.value == 0.76)
    let interval = try #require(found.evidence.interval)
    #expect(abs(interval.lower - 0.061112407726) < 1e-6 && abs(interval.upper - 0.344708747998) < 1e-6, "\(interval)")
  }

  /// Alone it is a share as well; the mean over the classes is none.
  @Test func aloneItHasWilsonsInterval() async throws {
    let one = try await Self.finding([
      "metric": ["name": "recall", "class": "b"], "at_least": "0.5", "confidence": "95%",
    ])
    #expect(one.evidence.method.hasPrefix("wilson"), "\(one.evidence.method)")
    let mean = try await Self.finding(["metric": "recall", "at_least": "0.1", "confidence": "95%"])
    // Too few rows move it for a bootstrap.
    #expect(mean.evidence.method.hasPrefix("rule-of-three"), "\(mean.evidence.method)")
  }
}
