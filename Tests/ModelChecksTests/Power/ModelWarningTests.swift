import ModelChecks
import TestSupport
import Testing
import Verdict

/// Gates that cannot see what they forbid, told before any row is read.
@Suite struct ModelWarningTests {
  private func warnings(_ gate: ConfigTree, minRows: String = "100") throws -> [String] {
    let model = PredictionFixture.model([gate], [("slices", ["carrier"]), ("min_rows", .scalar(minRows))])
    return try #require(ModelFixture.decode(["delay": model]).subjects?.first).warnings.map(\.headline)
  }

  /// ln 0.025 / ln 0.98 = 182.6 rows that all agree.
  @Test func smallSlicesCannotPassNarrowMargins() throws {
    let gate: ConfigTree = [
      "metric": "accuracy", "max_regression": "0.02 absolute", "confidence": "95%", "slices": "all",
    ]
    let words = "slices of 100 rows cannot show of equally good models that one is at most 0.02 worse than the baseline"
    #expect(try warnings(gate) == [words])
    #expect(try warnings(gate, minRows: "182").count == 1)
    #expect(try warnings(gate, minRows: "183").isEmpty)
  }

  @Test func aMarginOfNothingIsNoNonInferiority() throws {
    func gate(_ bound: String, _ margin: String) -> ConfigTree {
      .mapping([("metric", "log_loss"), (bound, .scalar(margin)), ("confidence", "95%"), ("slices", "all")])
    }
    #expect(try warnings(gate("max_regression", "0 absolute")).count == 1)
    #expect(try warnings(gate("max_regression", "0% relative")).count == 1)
    #expect(try warnings(gate("max_regression", "1% relative")).isEmpty)
    // Whoever asks for an improvement means it.
    #expect(try warnings(gate("min_improvement", "0.01 absolute")).isEmpty)
  }

  /// ln 0.025 / ln 0.995 = 735.9 rows that all agree, for 0.5 points and more for 0.5 % of less than 1.
  @Test(arguments: [("0.005 absolute", true), ("0.5% relative", true), ("0.05 absolute", false)])
  func fewRowsCannotPassNarrowMargins(margin: String, warns: Bool) async throws {
    let folder = try ModelFixture(["c.csv": PredictionFixture.csv(count: 500) { _ in true }])
    let context = RunContext(workingDirectory: folder.folder.path, environment: [:], now: 0)
    func found(_ metric: String, _ context: RunContext) async throws -> [Diagnostic] {
      let gate: ConfigTree = ["metric": .scalar(metric), "max_regression": .scalar(margin), "confidence": "95%"]
      let subject = try #require(ModelFixture.decode(["delay": PredictionFixture.model([gate])]).subjects?.first)
      return await subject.warnings(in: context)
    }
    let warnings = try await found("accuracy", context)
    #expect(warnings.count == (warns ? 1 : 0), "\(warnings)")
    if warns {
      #expect(warnings[0].headline.hasPrefix("the 500 rows of the predictions cannot show"), "\(warnings)")
      #expect(warnings[0].label == "models that agree on all rows need 736")
    }
    // Losses that are all the same may be others in 1 - 0.025^(1/500) = 0.735 % of the rows, and that much larger or
    // smaller: more than half a per cent of them, and less than 0.005, as each is 0.105.
    #expect(try await found("log_loss", context).count == (margin == "0.5% relative" ? 1 : 0))
    // Nothing is said of predictions that are not there.
    let nowhere = RunContext(workingDirectory: "/nowhere", environment: [:], now: 0)
    #expect(try await found("accuracy", nowhere).isEmpty)
  }

  /// Errors of 1 and 3 by turns, and of the other model the other way round in every other row: the differences are 0,
  /// 2 and -2, of variance 2, so that 400 rows have a standard error of about 0.071. The candidate's errors alone have
  /// one of 0.05, and those of two strangers 0.071 as well.
  @Test(arguments: [true, false], [("0.05 absolute", true), ("0.5 absolute", false), ("3% relative", true)])
  func meansThatVaryTooMuchAreTold(hasBaseline: Bool, margin: (String, Bool)) async throws {
    func csv(_ shift: Int) -> String {
      "id,y,p\n" + (0..<400).map { "\($0),0,\(($0 / (shift == 0 ? 1 : 2)) % 2 == 0 ? 1 : 3)\n" }.joined()
    }
    var files = ["c.csv": csv(0)]
    if hasBaseline { files["b.csv"] = csv(1) }
    let fixture = try ModelFixture(files)
    let model = TaskFixture.model(
      "regression", [("label", "y"), ("prediction", "p"), ("id", "id")],
      [["metric": "mae", "max_regression": .scalar(margin.0), "confidence": "95%"]], baseline: "b.csv")
    let subject = try #require(ModelFixture.decode(["m": model]).subjects?.first)
    let warnings = await subject.warnings(
      in: RunContext(workingDirectory: fixture.folder.path, environment: [:], now: 0))
    #expect(warnings.count == (margin.1 ? 1 : 0), "\(warnings)")
    guard let warning = warnings.first else { return }
    #expect(warning.headline.hasPrefix("with the 400 rows of the predictions a candidate that is as good"))
    let source = hasBaseline ? "how far both models differ" : "the candidate's own rows"
    #expect(warning.help.contains { $0.contains(source) }, "\(warning.help)")
    // 7.84888 × 2 / 0.05² for a power of 80 %.
    if margin.0 == "0.05 absolute" {
      let words = try #require(warning.help.first?.split(separator: " ").dropFirst(2).first)
      let rows = try #require(Int(words.filter(\.isNumber)))
      #expect((5500...7000).contains(rows), "\(warning.help)")
    }
  }

  /// The same errors: 400 rows have a standard error of 0.071, and the 40 of the slice one of 0.22.
  @Test(
    arguments: [
      ("0.3 absolute", [" in its slice \"first\""]), ("0.05 absolute", [""]), ("1 absolute", []),
    ] as [(String, [String])])
  func slicesOfFewRowsAreTold(margin: String, parts: [String]) async throws {
    func csv(_ shift: Int) -> String {
      "id,y,p\n" + (0..<400).map { "\($0),0,\(($0 / (shift == 0 ? 1 : 2)) % 2 == 0 ? 1 : 3)\n" }.joined()
    }
    let fixture = try ModelFixture(["c.csv": csv(0), "b.csv": csv(1)])
    let slice: ConfigTree = ["where": "id < 40", "name": "first"]
    let gate: ConfigTree = [
      "metric": "mae", "max_regression": .scalar(margin), "confidence": "95%", "slices": "all",
    ]
    let model = TaskFixture.model(
      "regression", [("label", "y"), ("prediction", "p"), ("id", "id"), ("slices", .sequence([slice]))], [gate],
      baseline: "b.csv")
    let subject = try #require(ModelFixture.decode(["m": model]).subjects?.first)
    let warnings = await subject.warnings(
      in: RunContext(workingDirectory: fixture.folder.path, environment: [:], now: 0))
    // A gate is told once, of all rows before its slices.
    #expect(warnings.count == parts.count, "\(warnings)")
    for (warning, part) in zip(warnings, parts) {
      #expect(warning.headline.contains("as good as the baseline passes\(part) in about "), "\(warning.headline)")
    }
  }
}
