import ModelChecks
import TestSupport
import Testing
import Verdict

/// How rows of two files meet, and what keeps them apart.
@Suite struct JoinTests {
  private static let gates: [ConfigTree] = [
    ["metric": "accuracy", "at_least": "0"], ["metric": "accuracy", "max_regression": "0 absolute"],
  ]
  private static let candidate = "id,y,p\na,1,0.9\nb,0,0.2\nc,1,0.4\nd,0,0.8\n"

  private static func findings(_ baseline: String, _ more: [(String, ConfigTree)] = []) async throws -> [Finding] {
    try await PredictionFixture.findings(candidate, baseline, gates, more)
  }

  /// The rows of the baseline stand in another order: it is right on a and d, the candidate on a and b.
  @Test func rowsMeetByTheirIds() async throws {
    let found = try await Self.findings("p,y,id\n0.1,0,d\n0.3,1,c\n0.9,0,b\n0.7,1,a\n")
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed])
    #expect(found[3].message == "accuracy stayed at 0.5, no regression")
    #expect(found[1].message == "4 rows of both files belong together")
  }

  struct Apart: Sendable, CustomTestStringConvertible {
    var baseline: String
    var message: String
    var keys: [String]
    var outcome = Outcome.failed
    var testDescription: String { message }
  }

  @Test(arguments: [
    Apart(baseline: "id,y,p\na,1,0.9\nb,0,0.2\nc,1,0.4\n", message: "1 row missing in the baseline", keys: ["d"]),
    Apart(
      baseline: "id,y,p\na,1,0.9\nb,0,0.2\nc,1,0.4\nd,0,0.8\ne,0,0.8\nf,0,0.8\n",
      message: "2 rows missing in the candidate",
      keys: ["e", "f"]),
    Apart(
      baseline: "id,y,p\na,1,0.9\nb,0,0.2\nc,1,0.4\nd,0,0.8\na,1,0.9\n",
      message: "1 row of the baseline with an id that an earlier row has", keys: ["a"]),
    Apart(
      baseline: "id,y,p\na,1,0.9\nb,1,0.2\nc,1,0.4\nd,0,0.8\n", message: "1 row with another label in the baseline",
      keys: ["b"]),
    Apart(
      baseline: "id,y,p\na,1,0.9\n,0,0.2\nc,1,0.4\nd,0,0.8\n",
      message: "1 row of the baseline without an id; 1 row missing in the baseline", keys: ["b"]),
    Apart(
      baseline: "id,y,p\nw,1,0.9\nx,0,0.2\n", message: "no row of c.csv is one of b.csv",
      keys: ["a", "b", "c", "w", "x"], outcome: .errored),
  ])
  func rowsThatAreNotTheSameAreNotCompared(apart: Apart) async throws {
    let found = try await Self.findings(apart.baseline)
    #expect(found.map(\.outcome) == [.passed, apart.outcome, .passed, .skipped])
    #expect(found[1].message == apart.message)
    #expect(found[1].evidence.samples.map(\.key) == apart.keys.map { Optional($0) })
    #expect(found[3].message.contains("models.delay.join"))
  }

  @Test func sensitiveIdsAreNotShown() async throws {
    let found = try await Self.findings("id,y,p\na,1,0.9\nb,0,0.2\nsecret,1,0.4\n", [("sensitive", ["id"])])
    let texts = found.flatMap { [$0.message] + $0.evidence.samples.map { "\($0)" } + $0.evidence.notes }
    #expect(!texts.contains { $0.contains("secret") })
    #expect(found[1].evidence.samples.first?.key == "row 3")
  }

  @Test func keysOfSeveralColumnsAndTypesMeet() async throws {
    let mine = "day,n,y,p\n1,7,1,0.9\n2,7,0,0.2\n"
    let theirs = #"{"day": 2, "n": 7, "y": 0, "p": 0.3}"# + "\n" + #"{"day": 1, "n": 7.0, "y": 1, "p": 0.1}"# + "\n"
    var keys: [(String, ConfigTree)] = [("task", "binary"), ("label", "y"), ("score", "p"), ("id", ["day", "n"])]
    keys += [("candidate", ["predictions": "c.csv"]), ("baseline", ["predictions": "b.jsonl"])]
    keys.append(("gates", .sequence(Self.gates)))
    let found = try await ModelFixture(["c.csv": mine, "b.jsonl": theirs]).findings(.mapping(keys))
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed])
    #expect(found[3].message.hasPrefix("accuracy rose from 0.5 to 1"))
  }

  @Test func byRowOrderOnlyWhenTold() async throws {
    let (mine, theirs) = ("y,p\n1,0.9\n0,0.2\n", "y,p\n1,0.1\n0,0.2\n")
    func outcomes(_ baseline: String) async throws -> [Outcome] {
      var keys: [(String, ConfigTree)] = [("task", "binary"), ("label", "y"), ("score", "p"), ("join", "by_row_order")]
      keys += [("candidate", ["predictions": "c.csv"]), ("baseline", ["predictions": "b.csv"])]
      keys.append(("gates", .sequence(Self.gates)))
      return try await ModelFixture(["c.csv": mine, "b.csv": baseline]).findings(.mapping(keys)).map(\.outcome)
    }
    #expect(try await outcomes(theirs) == [.passed, .passed, .passed, .passed])
    #expect(try await outcomes(theirs + "1,0.3\n") == [.passed, .failed, .passed, .skipped])
    #expect(try await outcomes("y,p\n0,0.1\n0,0.2\n") == [.passed, .failed, .passed, .skipped])
  }

  @Test func oneFileHasBothModels() async throws {
    var keys: [(String, ConfigTree)] = [("task", "binary"), ("label", "y")]
    keys += [("candidate", ["predictions": "c.csv", "score": "p"]), ("baseline", ["score": "q"])]
    keys.append(("gates", [["metric": "accuracy", "min_improvement": "0.5 absolute"]]))
    let found = try await ModelFixture(["c.csv": "y,p,q\n1,0.9,0.1\n0,0.2,0.3\n"]).findings(.mapping(keys))
    #expect(found.map(\.outcome) == [.passed, .passed])
  }

  /// Labels of another precision differ in every row.
  @Test func labelsThatAllDifferAreAHint() async throws {
    let found = try await TaskFixture.findings(
      "regression", [("label", "y"), ("prediction", "p"), ("id", "id")],
      [["metric": "mae", "max_regression": "1 absolute"]],
      candidate: "id,y,p\na,0.616,0.6\nb,-0.395,0.1\n",
      baseline: "id,y,p\na,0.6159999966621399,0.6\nb,-0.39500001072883606,0\n")
    #expect(found[1].outcome == .failed && found[1].evidence.notes.contains { $0.contains("float32") }, "\(found[1])")
    let one = try await PredictionFixture.findings(
      "id,y,p\na,1,0.9\nb,0,0.2\n", "id,y,p\na,1,0.9\nb,1,0.2\n", Self.gates)
    #expect(!one[1].evidence.notes.contains { $0.contains("float32") })
  }

  // MARK: - What is counted

  /// A row with two faults is one bad row, and rows that only the baseline has are none of the candidate's.
  @Test func everyBadRowCountsOnce() async throws {
    let mine = "id,y,p,w\na,1,0.9,1\nb,0,0.2,1\nc,1,0.4,1\nd,0,0.8,1\n"
    func violating(_ baseline: String) async throws -> Int? {
      try await PredictionFixture.findings(mine, baseline, Self.gates, [("weight", "w")])[1].evidence.counts?.violating
    }
    // b has another label and another weight; d is missing.
    #expect(try await violating("id,y,p,w\na,1,0.9,1\nb,1,0.2,2\nc,1,0.4,1\n") == 2)
    #expect(try await violating("id,y,p,w\na,1,0.9,1\nb,0,0.2,1\nc,1,0.4,1\nd,0,0.8,1\ne,0,0.8,1\n") == nil)
    #expect(try await violating("id,y,p,w\na,1,0.9,1\n,0,0.2,1\nc,1,0.4,1\nd,0,0.8,1\n") == 1)
  }

  // MARK: - Groups and slices

  private static func grouped(_ user: (Int) -> String, distance: (Int) -> String = { "\($0)" }) -> String {
    "id,y,p,user,d\n" + (0..<60).map { "\($0),\($0 % 2),0.\($0 % 9 + 1),\(user($0)),\(distance($0))\n" }.joined()
  }

  private static func joined(_ baseline: String, _ more: [(String, ConfigTree)]) async throws -> Finding {
    let gate: ConfigTree = ["metric": "accuracy", "max_regression": "0.1 absolute", "slices": "all"]
    let slices: ConfigTree = ["user", ["column": "d", "bins": ["0", "30", "60"]]]
    return try await PredictionFixture.findings(
      grouped { "\($0 / 20)" }, baseline, [gate], [("slices", slices), ("min_rows", "10")] + more)[1]
  }

  @Test func groupsAndSlicesAreThoseOfBothFiles() async throws {
    let same = try await Self.joined(Self.grouped { "\($0 / 20).0" }, [("group", "user")])
    #expect(same.outcome == .passed, "\(same.message)")
    let rows = (0..<60).map { "\($0),\($0 % 2),0.5\n" }.joined()
    let without = try await Self.joined("id,y,p\n" + rows, [])
    #expect(without.outcome == .passed, "\(without.message)")
    let other = try await Self.joined(Self.grouped { $0 == 7 ? "" : $0 == 8 ? "2" : "\($0 / 20)" }, [])
    #expect(other.outcome == .failed && other.message == "2 rows with another \"user\" in the baseline")
    #expect(other.evidence.samples.map(\.key) == ["7", "8"])
    let moved = try await Self.joined(Self.grouped({ "\($0 / 20)" }, distance: { $0 == 3 ? "x" : "\($0)" }), [])
    #expect(moved.message == "1 row with another \"d\" in the baseline")
  }

  // MARK: - Gates that are asked for alone

  /// What the join would say is said by the gate itself, when the join is not of the run.
  @Test func aGateThatIsAskedForAloneDoesNotPassByRepeatedRows() async throws {
    let again = Self.candidate + "a,1,0.9\n"
    let compared = try await PredictionFixture.findings(
      Self.candidate, again, Self.gates, only: ["models.delay.accuracy.max_regression"])
    #expect(compared.map(\.outcome) == [.failed])
    #expect(compared[0].message == "join: 1 row of the baseline with an id that an earlier row has")
    // Nobody reads the baseline for a bound of the candidate alone.
    let alone = try await PredictionFixture.findings(
      again, Self.candidate, Self.gates, only: ["models.delay.accuracy.at_least"])
    #expect(alone.map(\.outcome) == [.failed])
    #expect(alone[0].message == "c.csv has 1 row with an id that an earlier row has")
  }

  // MARK: - The baseline's own faults

  @Test func aColumnThatTheBaselineLacksIsSaidOnce() async throws {
    let found = try await Self.findings("id,y,q\na,1,0.9\nb,0,0.2\nc,1,0.4\nd,0,0.8\n")
    #expect(found.map(\.outcome) == [.failed, .skipped, .passed, .skipped])
    #expect(found[0].message == "b.csv has no column \"p\"")
    #expect(found[3].message == "not evaluated: see models.delay.predictions")
    let alone = try await PredictionFixture.findings(
      Self.candidate, "id,y,q\na,1,0.9\n", Self.gates, only: ["models.delay.accuracy.max_regression"])
    #expect(alone.map(\.outcome) == [.failed] && alone[0].message == "b.csv has no column \"p\"")
  }

  /// A first candidate is judged by what it is itself.
  @Test func whatIsAcceptedWithoutABaselineKeepsItsFloors() async throws {
    func outcomes(_ floor: String) async throws -> [Outcome] {
      let model: ConfigTree = .mapping([
        ("task", "binary"), ("label", "y"), ("score", "p"), ("id", "id"), ("candidate", ["predictions": "c.csv"]),
        ("baseline", ["predictions": "b.csv", "when_missing": "accept"]),
        (
          "gates",
          [
            ["metric": "accuracy", "at_least": .scalar(floor)], ["metric": "accuracy", "max_regression": "0 absolute"],
          ]
        ),
      ])
      return try await ModelFixture(["c.csv": Self.candidate]).findings(model).map(\.outcome)
    }
    #expect(try await outcomes("0.5") == [.passed, .skipped, .passed, .skipped])
    #expect(try await outcomes("0.9") == [.passed, .skipped, .failed, .skipped])
  }

  /// What a condition or a metric of the config reads says which rows they are: of a candidate's own file it would choose
  /// its slice itself.
  @Test(arguments: [true, false])
  func columnsOfConditionsAndExpressionsAreCompared(isMoved: Bool) async throws {
    func csv(_ isCandidate: Bool) -> String {
      "id,y,p,x\n"
        + (0..<200).map { row in
          "r\(row),\(row % 2),0.\(row % 2 * 8 + 1),\(isCandidate && isMoved && row < 20 ? -1 : 1)\n"
        }.joined()
    }
    let slices: ConfigTree = .sequence([["name": "pos", "where": "x > 0"]])
    let sliced = try await PredictionFixture.findings(
      csv(true), csv(false), [["metric": "accuracy", "at_least": 0.5, "slices": "all"]], [("slices", slices)])
    let cost: ConfigTree = ["name": "cost", "expression": "abs(score - label) * x"]
    let made = try await PredictionFixture.findings(
      csv(true), csv(false), [["metric": cost, "direction": "lower", "max_regression": "1 absolute"]])
    let own: ConfigTree = ["name": "cost", "expression": "abs(score - label) * x", "own": "x"]
    let free = try await PredictionFixture.findings(
      csv(true), csv(false), [["metric": own, "direction": "lower", "max_regression": "1 absolute"]])
    #expect(free.first { $0.id.check == "join" }?.outcome == .passed)
    for findings in [sliced, made] {
      let join = try #require(findings.first { $0.id.check == "join" })
      #expect(join.outcome == (isMoved ? .failed : .passed), "\(join.message)")
      if isMoved { #expect(join.message.contains("20 rows with another \"x\" in the baseline"), "\(join.message)") }
    }
  }
}
