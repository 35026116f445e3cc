import ModelChecks
import TestSupport
import Testing
import Verdict

@Suite struct SliceTests {
  /// Three carriers: the candidate is always right on AA and UA, and half of the time on HA.
  private static func csv(_ counts: [(carrier: String, rows: Int, right: Int)], distance: (Int) -> String = { "\($0)" })
    -> String
  {
    var rows = "id,y,p,carrier,distance\n"
    var id = 0
    for (carrier, count, right) in counts {
      for row in 0..<count {
        let label = id % 2
        let isRight = row < right
        rows += "\(id),\(label),\(isRight == (label == 1) ? "0.9" : "0.1"),\(carrier),\(distance(id))\n"
        id += 1
      }
    }
    return rows
  }

  private static let rows = csv([("AA", 50, 50), ("HA", 40, 20), ("UA", 60, 60), ("YV", 4, 4), ("", 3, 3)])

  private static func findings(
    _ gate: ConfigTree, _ slices: [ConfigTree], minRows: String = "10", sensitive: [ConfigTree] = [],
    rows: String = rows
  ) async throws -> [Finding] {
    try await PredictionFixture.findings(
      rows, nil, [gate],
      [("slices", .sequence(slices)), ("min_rows", .scalar(minRows)), ("sensitive", .sequence(sensitive))])
  }

  @Test func theWorstSliceIsNamedAndSmallOnesArePooled() async throws {
    let found = try await Self.findings(["metric": "accuracy", "at_least": "0.8", "slices": "all"], ["carrier"])
    #expect(found.map(\.outcome) == [.passed, .passed, .failed])
    #expect(
      found[2].message
        == "in 1 of 3 slices by carrier it does not hold; carrier = HA: accuracy is 0.5, but must be at least 0.8")
    // What is too small together, too, is told and not judged.
    let small = "carrier = YV (4), carrier without a value (3)"
    #expect(found[2].evidence.notes.contains("not judged, as all of them have too few rows together: \(small)"))
    #expect(found[2].evidence.counts?.evaluated == 150)
    let pooled = try await Self.findings(
      ["metric": "accuracy", "at_least": "0.8", "slices": "all"], ["carrier"], minRows: "7")
    #expect(pooled[2].message.hasPrefix("in 1 of 4 slices by carrier it does not hold; carrier = HA: "))
    #expect(pooled[2].evidence.notes.contains("pooled as other: \(small)"))
    #expect(pooled[2].evidence.counts?.evaluated == 157)
    #expect(found[2].id.description == "models.delay.accuracy.at_least@carrier")
    let good = try await Self.findings(["metric": "accuracy", "at_least": "0.5", "slices": "all"], ["carrier"])
    #expect(good[2].message == "holds in all 3 slices by carrier")
  }

  @Test func binsHoldTheirLowerBorder() async throws {
    let rows =
      "id,y,p,d\n"
      + ["-1", "0", "9.5", "10", "20", "21", ""].enumerated().map { "\($0),1,0.\($0 + 1),\($1)\n" }.joined()
    let found = try await Self.findings(
      ["metric": "recall", "at_least": "0.5", "slices": "all"], [["column": "d", "bins": ["0", "10", "20"]]],
      minRows: "1",
      rows: rows)
    let finding = found[2]
    #expect(
      finding.outcome == .failed && finding.message.hasPrefix("in 2 of 5 slices by d it does not hold; d below 0: "))
    // Rows 1 and 2 in the first bin score 0.2 and 0.3, rows 3 and 4 in the second 0.4 and 0.5.
    #expect(finding.evidence.notes.contains { $0.hasPrefix("d from 0 to 10: recall is 0,") })
    #expect(!finding.evidence.notes.contains { $0.hasPrefix("d from 10 to 20") })
  }

  /// A border is the number of the column's width that is nearest to it.
  @Test(arguments: [0.7, Double(Float(0.7)), Double(Float16(0.7))]) func bordersAreOfTheColumnsWidth(
    value: Double
  ) async throws {
    let rows = "id,y,p,d\n1,1,0.9,\(value)\n2,1,0.1,0.25\n3,1,0.9,\(value)\n4,1,0.1,0.5\n"
    let found = try await Self.findings(
      ["metric": "recall", "at_least": "1", "slices": "all"], [["column": "d", "bins": ["0", "0.7", "1"]]],
      minRows: "1", rows: rows)
    #expect(found[2].message.hasPrefix("in 1 of 2 slices by d it does not hold; d from 0 to 0.7: recall is 0,"))
  }

  @Test func slicesCrossEachOther() async throws {
    let found = try await Self.findings(
      ["metric": "accuracy", "at_least": "0.8", "slices": "all"],
      [["carrier", ["column": "distance", "bins": ["0", "70", "200"]]]])
    #expect(found[2].id.description == "models.delay.accuracy.at_least@carrier+distance")
    #expect(found[2].message.contains("carrier = HA, distance from 70 to 200: accuracy is 0,"), "\(found[2].message)")
  }

  @Test func aValueThatMustOccurDoes() async throws {
    let found = try await Self.findings(
      ["metric": "accuracy", "at_least": "0.1", "slices": "all"], [["column": "carrier", "values": ["AA", "ZZ"]]])
    #expect(found[2].outcome == .failed && found[2].message == "no row of the slices by carrier has \"ZZ\"")
  }

  /// A bin between two borders is a slice that the config names.
  @Test func aBinWithoutRowsIsMissing() async throws {
    let found = try await Self.findings(
      ["metric": "accuracy", "at_least": "0.1", "slices": "all"],
      [["column": "distance", "bins": ["0", "100", "1000", "2000"]]])
    #expect(found[2].outcome == .failed, "\(found[2].message)")
    #expect(found[2].message == "no row of the slices by distance has \"distance from 1000 to 2000\"")
  }

  @Test func aColumnIsDividedInTwoWays() async throws {
    let gate: ConfigTree = ["metric": "accuracy", "at_least": "0.8", "slices": "all"]
    let found = try await Self.findings(
      gate,
      [
        ["column": "distance", "bins": ["0", "200"]],
        ["column": "distance", "bins": ["0", "50", "100", "200"], "name": "distance-fine"],
      ])
    #expect(found.map(\.id.check).suffix(2) == ["at_least@distance", "at_least@distance-fine"])
    // 20 of 154 rows are wrong, all of them among the 50 from 50 on.
    #expect(found.suffix(2).map(\.outcome) == [.passed, .failed], "\(found.map(\.message))")
    #expect(found[3].message.contains("distance from 50 to 100: accuracy is 0.6,"), "\(found[3].message)")
  }

  @Test func aSliceOfOneClassIsAnError() async throws {
    let found = try await Self.findings(
      ["metric": "roc_auc", "at_least": "0.1", "slices": "all"], ["g"], minRows: "1",
      rows: "id,y,p,g\n1,1,0.9,a\n2,0,0.1,a\n3,1,0.8,b\n4,1,0.7,b\n")
    #expect(found.map(\.outcome) == [.passed, .passed, .errored])
    #expect(found[2].message.contains("g = b: roc_auc of the candidate is undefined"))
  }

  @Test func sensitiveValuesAreNotShown() async throws {
    let found = try await Self.findings(
      ["metric": "accuracy", "at_least": "0.8", "slices": "all"], ["carrier"], sensitive: ["carrier"])
    let texts = found.flatMap { [$0.message, $0.id.description] + $0.evidence.notes }
    #expect(found[2].outcome == .failed && !texts.contains { $0.contains("HA") || $0.contains("YV") })
  }

  /// One bad slice of thirty that is no chance is found, and slices that cannot be told only warn.
  @Test func slicesAreAFamily() async throws {
    var candidate = "id,y,p,s\n"
    var baseline = candidate
    for row in 0..<6000 {
      let (slice, label) = (row % 30, row / 30 % 2)
      let worse = slice == 7 && row % 4 == 3
      candidate += "\(row),\(label),\(worse == (label == 1) ? "0.2" : "0.8"),s\(slice)\n"
      baseline += "\(row),\(label),\(label == 1 ? "0.8" : "0.2"),s\(slice)\n"
    }
    let found = try await PredictionFixture.findings(
      candidate, baseline,
      [["metric": "accuracy", "max_regression": "0.02 absolute", "confidence": "95%", "slices": "all"]],
      [("slices", ["s"])])
    #expect(found[3].outcome == .failed, "\(found[3].message)")
    #expect(found[3].message.contains("in 1 of 30 slices by s it does not hold; s = s7: "))
    #expect(found[3].evidence.method.contains("Benjamini-Hochberg over 30 slices"))
    // 200 rows that all agree allow a difference of up to 1.8 points.
    let narrow = try await PredictionFixture.findings(
      baseline, baseline,
      [["metric": "accuracy", "max_regression": "0.01 absolute", "confidence": "95%", "slices": "all"]],
      [("slices", ["s"])])
    #expect(narrow[3].outcome == .inconclusive && narrow[3].severity == .warn, "\(narrow[3].message)")
    #expect(narrow[2].outcome == .passed, "\(narrow[2].message)")
  }

  /// 72 of 100 are too few for 0.8 with 97.7 % certainty: as one slice of sixty that is looked for, no proof at all. With the
  /// tail times sixty above 1, the correction must not be lost.
  @Test func theWorstOfManySlicesMustBeMoreCertain() async throws {
    let gate: ConfigTree = ["metric": "accuracy", "at_least": "0.8", "confidence": "95%", "slices": "all"]
    func worst(of others: Int) async throws -> Finding {
      let good = (0..<others).map { (carrier: "A\($0)", rows: 100, right: 95) }
      let rows = Self.csv(good + [("ZZ", 100, 72)])
      return try #require(try await Self.findings(gate, ["carrier"], minRows: "50", rows: rows).last)
    }
    #expect(try await worst(of: 0).outcome == .failed)
    let found = try await worst(of: 59)
    #expect(found.outcome == .inconclusive, "\(found.message)")
    #expect(found.message.contains("carrier = ZZ") && found.evidence.method.hasSuffix("over 60 slices"))
  }
}
