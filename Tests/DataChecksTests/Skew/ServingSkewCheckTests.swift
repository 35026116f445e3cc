import DataChecks
import TestSupport
import Testing
import Verdict

/// What a person is told of two tables that were joined by a key.
@Suite struct ServingSkewCheckTests {
  private static func findings(
    _ here: String, _ there: String?, types: [String: Tree] = [:], _ further: (String, Tree)...
  ) async throws -> [Finding] {
    let rule: [(String, Tree)] = [("against", "u"), ("on", "id")] + further
    let columns = types.sorted { $0.key < $1.key }.map { ($0.key, Tree.mapping([("type", $0.value)])) }
    let rules: Tree = ["serving_skew": .mapping(rule), "columns": .mapping(columns)]
    return try await Neighbours(here, ("u", there)).findings(rules).filter { $0.kind == "serving_skew" }
  }

  /// Rows of which every `step`-th differs in `a`.
  private static func table(_ rows: Int, every step: Int) -> String {
    "id,a,b\n" + (0..<rows).map { "\($0),\($0 % step == 0 ? "x" : "y"),\($0)\n" }.joined()
  }

  @Test func everyColumnIsComparedRowByRow() async throws {
    let here = "id,a,b,c,d\n1,x,1,,9\n2,y,2,v,9\n3,z,3,,9\n7,q,7,,9\n"
    let there = "id,c,b,a,e\n3,,3,Z,0\n1,,1,x,0\n2,,2,y,0\n8,,8,r,0\n9,,9,s,0\n"
    let all = try await Neighbours(here, ("u", there)).findings(["serving_skew": ["against": "u", "on": "id"]])
    // What the other one has and this one lacks is a lost column.
    #expect(all.filter { $0.kind == "present" && $0.outcome == .failed }.map(\.id.description) == ["data.t.e.present"])
    let found = try await Self.findings(here, there)
    #expect(found.map { $0.id.column ?? "" } == ["", "c", "b", "a", "e"])
    // What this one has and the other one lacks was never served.
    #expect(found.map(\.outcome) == [.failed, .failed, .passed, .failed, .skipped])
    #expect(
      found[0].message == "u lacks \"d\"; 3 rows joined with u, 3 without a partner: 1 only here, 2 only in u")
    #expect(found[0].evidence.notes == ["what is not meant to be served is left out with except: [d]"])
    let meant = try await Self.findings(here, there, ("except", "d"))
    #expect(meant[0].outcome == .passed, "\(meant.map(\.message))")
    #expect(found[0].evidence.counts?.all == [6, 0, 6, 3])
    #expect(found[4].reason == .dependency)
    // In two of the joined rows neither side has a value.
    #expect(found[1].message == "differs from u in 1 of 1 row: 100%, at most 0%")
    #expect(found[1].evidence.counts?.all == [4, 3, 1, 1])
    #expect(found[1].evidence.notes == ["in 1 row of them one side has no value"])
    #expect(found[1].evidence.samples.map(\.value) == ["id = \"2\": c is \"v\" here and missing there (u.csv, line 4)"])
    #expect(found[3].message == "differs from u in 1 of 3 rows: 33.3%, at most 0%")
    #expect(found[3].evidence.samples.map(\.line) == [4] && found[3].evidence.method == "point")
  }

  @Test func rowsWithoutAKeyFindNoPartner() async throws {
    let found = try await Self.findings(
      "id,a\n1,x\n,q\n,q\n", "id,a\n1,x\n,r\n", ("unmatched", ["at_most": "0%"]))
    #expect(found.map(\.outcome) == [.failed, .passed], "\(found.map(\.message))")
    #expect(found[0].message.hasPrefix("1 row joined with u, 3 without a partner: 2 without a key here, 1 without"))
  }

  @Test func limitsAreThoseOfTheColumns() async throws {
    let (here, there) = (Self.table(100, every: 10), Self.table(100, every: 1000))
    // The first row of both is "x".
    #expect(try await Self.findings(here, there, ("at_most", "9%")).map(\.outcome) == [.passed, .passed, .passed])
    #expect(try await Self.findings(here, there, ("at_most", "8.9%")).map(\.outcome) == [.passed, .failed, .passed])
    let override: Tree = ["a": ["at_most": "20%"]]
    #expect(
      try await Self.findings(here, there, ("overrides", override)).map(\.outcome) == [.passed, .passed, .passed])
    #expect(try await Self.findings(here, there, ("except", "a")).map { $0.id.column ?? "" } == ["", "b"])
  }

  /// Clopper and Pearson's 95 % interval of 9 of 100 is 4.2 % to 16.4 % (scipy.stats.binomtest), and of none of 100
  /// its upper end 3.62 %.
  @Test func aConfidenceSpeaksOfThePopulation() async throws {
    let (here, there) = (Self.table(100, every: 10), Self.table(100, every: 1000))
    func outcomes(_ limit: String, _ policy: String = "warn") async throws -> [Finding] {
      try await Self.findings(
        here, there, ("at_most", .scalar(limit)), ("confidence", "95%"), ("when_inconclusive", .scalar(policy)))
    }
    let wide = try await outcomes("17%")
    #expect(wide.map(\.outcome) == [.passed, .passed, .passed])
    #expect(wide[1].message == "differs from u in 9 of 100 rows: 9% (95% interval 4.2% to 16.4%), at most 17%")
    let open = try await outcomes("10%")
    #expect(open.map(\.outcome) == [.passed, .inconclusive, .passed] && open[1].severity == .warn)
    #expect(open[1].message.contains("joined rows would decide"))
    #expect(try await outcomes("10%", "block")[1].severity == .block)
    // All of the interval lies above 4 %, but one of two columns fails by an interval of 97.5 %.
    let close = try await outcomes("4%")
    #expect(close.map(\.outcome) == [.passed, .inconclusive, .passed])
    #expect(try await outcomes("3%")[1].outcome == .failed)
    #expect(try await outcomes("3%")[1].evidence.interval?.level == 0.975)
    #expect(try await outcomes("3%")[2].outcome == .inconclusive)
  }

  @Test func numbersMayLieApart() async throws {
    let (here, there) = ("id,a\n1,1.50\n2,10.05\n", "id,a\n1,1.5\n2,10\n")
    let number: [String: Tree] = ["a": "number"]
    #expect(try await Self.findings(here, there)[1].message.contains("2 of 2"))
    #expect(try await Self.findings(here, there, types: number)[1].message.contains("1 of 2"))
    let near: (String, Tree) = ("tolerance", .quoted("0.05 absolute"))
    #expect(try await Self.findings(here, there, types: number, near)[1].outcome == .passed)
    let untyped = try await Self.findings(here, there, near)
    #expect(untyped[1].outcome == .failed && untyped[1].evidence.notes.contains { $0.contains("say type: number") })
    let own: Tree = ["a": ["tolerance": .quoted("1% relative")]]
    #expect(try await Self.findings(here, there, types: number, ("overrides", own))[1].outcome == .passed)
  }

  @Test func rowsWithoutAPartnerAreLimited() async throws {
    let (here, there) = ("id,a\n1,x\n2,y\n2,z\n", "id,a\n1,x\n2,y\n3,z\n")
    func whole(_ limit: String, _ further: (String, Tree)...) async throws -> Finding {
      let rule: [(String, Tree)] =
        [("against", "u"), ("on", "id"), ("unmatched", ["at_most": .scalar(limit)])] + further
      return try await Neighbours(here, ("u", there)).finding("serving_skew", ["serving_skew": .mapping(rule)])
    }
    // Five rows of both, of which one is joined.
    #expect(try await whole("80%").outcome == .passed)
    let failed = try await whole("79%")
    #expect(failed.outcome == .failed)
    #expect(
      failed.message
        == "1 row joined with u, 4 without a partner: 1 only in u, 2 here with a key that repeats, "
        + "1 in u with a key that repeats (80%, at most 79%)")
    #expect(
      failed.evidence.samples.map(\.value) == [
        "only in u: id = \"3\"", "id = \"2\" comes more than once", "id = \"2\" comes more than once",
        "id = \"2\" comes more than once, in u",
      ])
    #expect(try await whole("79%", ("confidence", "95%"), ("at_most", "1%")).outcome == .inconclusive)
  }

  /// The first row of a key is as good as any other: none of them is compared, on whichever side it repeats.
  @Test(arguments: [1, 1 << 20]) func aKeyThatRepeatsNamesNoRow(memory: Int) async throws {
    let (one, two) = ("id,a\n1,x\n2,y\n3,z\n", "id,a\n1,x\n2,y\n2,other\n3,z\n")
    for (here, there) in [(one, two), (two, one)] {
      var tables = Neighbours(here, ("u", there))
      tables.memory = memory
      let found = try await tables.findings(["serving_skew": ["against": "u", "on": "id"]])
        .filter { $0.kind == "serving_skew" }
      #expect(found.map(\.outcome) == [.failed, .passed], "\(found.map(\.message))")
      #expect(found[0].message.contains("on must name one row of each side"))
      #expect(found[1].evidence.counts?.evaluated == 2)
    }
    let none = try await Self.findings("id,a\n1,x\n", "id,a\n1,x\n1,y\n")
    #expect(none[0].outcome == .errored && none[0].message.contains("repeats"))
  }

  /// Three rows of a thousand may meet by chance.
  @Test func aHandfulOfJoinedRowsIsNoVerdict() async throws {
    let (here, there) = (
      "id,a\n" + (0..<1000).map { "\($0),x\n" }.joined(), "id,a\n" + (997..<2000).map { "\($0),x\n" }.joined()
    )
    let found = try await Self.findings(here, there)
    #expect(found.map(\.outcome) == [.inconclusive, .passed] && found[0].severity == .block, "\(found.map(\.message))")
    let meant = try await Self.findings(here, there, ("unmatched", ["at_most": "100%"]))
    #expect(meant.map(\.outcome) == [.passed, .passed])
  }

  /// No command writes the rows of the findings of columns, and so none is named.
  @Test func itJudgesNoSingleRows() async throws {
    let rules: Tree = ["serving_skew": ["against": "u", "on": "id"]]
    let tables = Neighbours("id,a\n1,x\n", ("u", "id,a\n1,y\n"))
    #expect(try await tables.written(rules, "serving_skew", violating: true) == nil)
    #expect(try await tables.findings(rules).allSatisfy { $0.kind != "serving_skew" || !$0.judgesRows })
  }

  @Test(
    arguments: [
      ("id,a\n", Optional("id,a\n1,x\n"), Reason.nothingToEvaluate), ("id,a\n1,x\n", "id,a\n", .nothingToEvaluate),
      ("id,a\n,x\n", "id,a\n1,x\n", .nothingToEvaluate), ("id,a\n1,x\n", "id,a\n,x\n", .nothingToEvaluate),
      ("id,a\n1,x\n", "id,a\n2,x\n", .nothingToEvaluate), ("id,a\n1,x\n", "id,b\n1,x\n", .nothingToEvaluate),
      ("id,a\n1,x\n", "a\nx\n", .io), ("id,a\n1,x\n", nil, .io),
    ] as [(String, String?, Reason)])
  func whereNothingIsJoinedNothingPasses(here: String, there: String?, reason: Reason) async throws {
    let found = try await Self.findings(here, there)
    #expect(found[0].outcome == .errored && found[0].reason == reason, "\(found[0].message)")
    #expect(found.dropFirst().allSatisfy { $0.outcome == .skipped })
  }

  @Test func aColumnWithoutValuesIsNoPass() async throws {
    let found = try await Self.findings("id,a,b\n1,,x\n2,,y\n", "id,a,b\n1,,x\n2,,y\n")
    #expect(found.map(\.outcome) == [.passed, .errored, .passed])
    #expect(found[1].reason == .nothingToEvaluate)
  }

  @Test func anAbsentColumnIsNamed() async throws {
    let here = try await Neighbours("id,a\n1,x\n", ("u", "id,a,b\n1,x,y\n"))
      .findings(["serving_skew": ["against": "u", "on": "id", "columns": ["a", "b"]]])
    #expect(here.filter { $0.outcome == .failed }.map(\.kind) == ["present"])
    #expect(here.filter { $0.kind == "serving_skew" }.allSatisfy { $0.outcome == .skipped })
    let there = try await Self.findings("id,a,b\n1,x,y\n", "id,a\n1,x\n", ("columns", ["a", "b"]))
    #expect(there[0].outcome == .errored && there[0].message.contains("u.csv has no column \"b\""))
  }

  @Test(arguments: ["here", "there"])
  func sensitiveValuesOfEitherSideAreHidden(side: String) async throws {
    let hidden: Tree = ["id": ["sensitive": "true"], "a": ["sensitive": "true"]]
    let rules: Tree = ["serving_skew": ["against": "u", "on": "id"], "columns": side == "here" ? hidden : [:]]
    let tables = Neighbours(
      "id,a\n111222,333444\n999888,1\n", ("u", "id,a\n111222,555666\n777666,1\n777666,1\n"),
      rules: side == "here" ? [:] : ["u": ["columns": hidden]])
    let findings = try await tables.findings(rules)
    #expect(findings.contains { $0.outcome == .failed })
    for value in ["111222", "333444", "555666", "999888", "777666"] { #expect(!"\(findings)".contains(value)) }
  }

  /// Counted by hand in memory; the spilled join says the same.
  @Test func theMemoryAndTheThreadsDoNotMatter() async throws {
    var generator = SeededGenerator(seed: 34)
    func table() -> String {
      "id,a\n"
        + (0..<9000).map { _ in
          "\(Int.random(in: 0..<9000, using: &generator)),\(Int.random(in: 0..<3, using: &generator))\n"
        }.joined()
    }
    let rules: Tree = ["serving_skew": ["against": "u", "on": "id", "at_most": "1%", "confidence": "95%"]]
    var tables = Neighbours(table(), ("u", table()))
    let expected = try await tables.findings(rules)
    #expect(expected.count { $0.outcome == .failed } == 2)
    for (memory, threads) in [(1, 1), (1, 4), (256 << 20, 4)] {
      (tables.memory, tables.threads) = (memory, threads)
      #expect(try await tables.findings(rules) == expected)
    }
  }

  private static let mistakes: [(Tree, String)] = [
    (["on": "id"], "against"), (["against": "u"], "\"on\""), (["against": "v", "on": "id"], "no dataset \"v\""),
    (["against": "u", "on": "id", "columns": "id"], "never differs"),
    (["against": "u", "on": "id", "confidence": "95%"], "at_most is missing here"),
    (["against": "u", "on": "id", "confidence": "95%", "at_most": "0%"], "above 0%"),
    (["against": "u", "on": "id", "at_most": "1"], "share"),
    (["against": "u", "on": "id", "allow": "1%"], "allow"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreSaid(rule: Tree, word: String) throws {
    let problems = try Neighbours("id\n", ("u", "id\n")).problems(["serving_skew": rule])
    #expect(problems.contains { ([$0.headline] + $0.help).contains { $0.contains(word) } }, "\(problems)")
  }
}
