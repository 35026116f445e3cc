import DataChecks
import Scan
import Testing
import Verdict

/// What the header and the types of a table are held to.
@Suite struct SchemaCheckTests {
  @Test(
    arguments: [
      (["equals": "3"], true), (["between": ["1", "2"]], false), (["at_least": "4"], false), (["at_most": "3"], true),
    ] as [(Tree, Bool)])
  func columnCount(limits: Tree, isKept: Bool) async throws {
    for csv in ["a,b,c\n1,2,3\n", "a,b,c\n"] {
      let finding = try await Gate.finding("column_count", ["column_count": limits], on: csv)
      #expect(finding.outcome == (isKept ? .passed : .failed) && finding.message.hasPrefix("the table has 3 columns"))
      #expect(finding.evidence.observed == Quantity(3, .columns))
    }
  }

  @Test(
    arguments: [
      ("a,A", "\"A\" and \"a\" differ only in case", "column 2"),
      ("a, b", "\" b\" has white space around it", "column 2"),
      ("a ,b", "\"a \" has white space around it", "column 1"), ("a,", "\"\" is blank", "column 2"),
      ("\"\t\",b", "\"\t\" is blank", "column 1"), ("a,b,a", "\"a\" comes more than once", "column 3"),
      ("\"a\nb\",c", "\"a\nb\" has a control character in it", "column 1"),
    ] as [(String, String, String)])
  func columnNamesAreClean(header: String, what: String, column: String) async throws {
    let csv =
      header + "\n"
      + header.split(separator: ",", omittingEmptySubsequences: false).map { _ in "1" }
      .joined(separator: ",") + "\n"
    let finding = try await Gate.finding("column_names", ["column_names": "clean"], on: csv)
    #expect(finding.outcome == .failed)
    #expect(finding.message.hasSuffix("column names are not clean: \(what)"), "\(finding.message)")
    #expect(finding.evidence.samples.map(\.key) == [column])
    #expect(finding.evidence.observed == Quantity(1, .columns))
    #expect(try await Gate.finding("column_names", ["column_names": "clean"], on: "a,B c,é\n").outcome == .passed)
  }

  @Test func columnNamesMatch() async throws {
    let rules: Tree = ["column_names": ["matches": "[a-z_]+", "severity": "warn"]]
    #expect(try await Gate.finding("column_names", rules, on: "a,b_c\n1,2\n").outcome == .passed)
    let failed = try await Gate.finding("column_names", rules, on: "a,B,c\n1,2,3\n")
    #expect(failed.message == "1 of 3 column names are not clean: \"B\" does not match [a-z_]+")
    #expect(failed.severity == .warn)
    let significant: Tree = ["column_names": ["case": "significant"]]
    #expect(try await Gate.finding("column_names", significant, on: "a,A\n1,2\n").outcome == .passed)
    #expect(try await Gate.finding("column_names", significant, on: "a,a\n1,2\n").outcome == .failed)
    for wrong in [["matches": "("], ["matches": "a", "case": "sensitive"], "tidy"] as [Tree] {
      #expect(Gate.problems(["column_names": wrong]).count == 1)
    }
  }

  /// In JSON Lines a column that comes late is one of the table's all the same.
  @Test func columnsThatComeLateCount() async throws {
    let padding = String(repeating: "x", count: 1 << 10)
    let rows = String(repeating: "{\"a\": \"\(padding)\"}\n", count: 9000) + "{\"a\": \"\", \"Bad name \": 1}\n"
    let rules: Tree = [
      "column_count": ["equals": "2"], "column_names": "clean", "columns": ["Bad name ": ["absent": "true"]],
      "complete_rows": ["at_least": "0%"], "empty_rows": ["at_most": "100%"],
    ]
    let findings = try await Gate.findings(rules, on: rows, format: .jsonLines)
    #expect(findings.first { $0.kind == "column_count" }?.outcome == .passed)
    #expect(findings.first { $0.kind == "column_names" }?.outcome == .failed)
    #expect(findings.first { $0.kind == "absent" }?.outcome == .failed)
    // They speak of all columns, which are looked for in the whole file.
    for kind in ["complete_rows", "empty_rows"] { #expect(findings.first { $0.kind == kind }?.outcome == .passed) }
  }

  // MARK: - castable, stored_as

  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  @Test(
    arguments: [
      (["to": "integer", "at_least": "75%"], true), (["to": "integer", "at_least": "76%"], false),
      (["to": "number", "at_least": "75%"], true), (["to": "date", "at_most": "0 rows"], true),
      (["to": "integer", "equals": "3 rows"], true),
    ] as [(Tree, Bool)])
  func castable(rule: Tree, isKept: Bool) async throws {
    let rules: Tree = ["columns": ["a": ["castable": rule]]]
    let finding = try await Gate.finding("a.castable", rules, on: Self.csv(["1", "x", "", "2", "+3"]))
    #expect(finding.outcome == (isKept ? .passed : .failed), "\(finding.message)")
    #expect(finding.evidence.counts?.rows == 5 && finding.evidence.counts?.nulls == 1)
    if !isKept {
      #expect(finding.message == "3 of 4 values read as integer (75%), the limit is at least 76%")
      #expect(finding.evidence.samples.map(\.line) == [3])
      #expect(finding.location?.lineText == "at_least: 76%")
    }
    for csv in [Self.csv([]), Self.csv(["", ""])] {
      let none = try await Gate.finding("a.castable", rules, on: csv)
      #expect(none.outcome == .errored && none.reason == .nothingToEvaluate)
    }
  }

  @Test func castableOfNothingButOtherValues() async throws {
    let rules: Tree = ["columns": ["a": ["castable": ["to": "number", "at_least": "1%"]]]]
    #expect(try await Gate.finding("a.castable", rules, on: Self.csv(["x", "y"])).outcome == .failed)
    #expect(!Gate.problems(["columns": ["a": ["castable": ["at_least": "1%"]]]]).isEmpty)
    #expect(!Gate.problems(["columns": ["a": ["castable": ["to": "integer"]]]]).isEmpty)
  }

  @Test func textFilesDeclareNoTypes() async throws {
    let rules: Tree = ["columns": ["a": ["stored_as": "int64"]]]
    let finding = try await Gate.finding("a.stored_as", rules, on: "a\n1\n")
    #expect(finding.outcome == .errored && finding.reason == .undefined)
    for known in ["int8", "timestamp[us, UTC]", "decimal(10, 2)", "list<int64>", "text", "time[ms]"] {
      #expect(Gate.problems(["columns": ["a": ["stored_as": .scalar(known)]]]).isEmpty, "\(known)")
    }
    let slip = Gate.problems(["columns": ["a": ["stored_as": ["int64", "flaot64"]]]])
    #expect(slip.map(\.label) == ["did you mean \"float64\"?"])
  }

  @Test(arguments: [
    ("decimal(5,2)", true), ("decimal(5, 2)", true), ("decimal( 5, 2 )", true), ("decimal(5,3)", false),
  ])
  func blanksInATypeDoNotMatter(word: String, holds: Bool) {
    #expect(StoredAsCheck(types: ["int8", word]).accepts(.decimal(precision: 5, scale: 2)) == holds)
  }

  // MARK: - mixed_types, shape

  @Test func mixedTypes() async throws {
    let values = ["1", "2.5", "nan", "", "x", "2024-01-31", "true"]
    func finding(_ limit: Tree, _ values: [String]) async throws -> Finding {
      try await Gate.finding("a.mixed_types", ["columns": ["a": ["mixed_types": limit]]], on: Self.csv(values))
    }
    let failed = try await finding(["at_most": "49%"], values)
    #expect(failed.outcome == .failed)
    #expect(failed.message == "3 of 6 values are no numbers, as most are (50%), the limit is at most 49%")
    #expect(failed.evidence.counts?.all == [7, 1, 6, 3])
    #expect(failed.evidence.notes == ["numbers: 3, booleans: 1, dates: 1, text: 1"])
    #expect(failed.evidence.samples.map(\.line) == [6, 7, 8])
    #expect(try await finding(["at_most": "50%"], values).outcome == .passed)
    #expect(try await finding(["at_most": "3 rows"], values).outcome == .passed)
    let pure = try await finding(["at_most": "0%"], ["2024-01-31", "", "2024-02-01"])
    #expect(pure.outcome == .passed && pure.message == "0 of 2 values are no dates, as most are (0%)")
    for nothing in [[], ["", ""]] {
      let errored = try await finding(["at_most": "0%"], nothing)
      #expect(errored.outcome == .errored && errored.reason == .nothingToEvaluate)
    }
  }

  /// In JSON Lines a string is text, whatever it looks like.
  @Test func kindsOfJSON() async throws {
    let rows = ["1", "\"2\"", "[3]", "true", "null", "\"2024-01-31\""].map { "{\"a\": \($0), \"b\": 1}\n" }.joined()
    let rules: Tree = [
      "columns": ["a": ["mixed_types": ["at_most": "0%"], "shape": "scalar", "list_length": ["equals": "1"]]]
    ]
    let findings = try await Gate.findings(rules, on: rows, format: .jsonLines)
    let mixed = try #require(findings.first { $0.kind == "mixed_types" })
    #expect(mixed.evidence.notes == ["numbers: 1, booleans: 1, text: 2, lists or maps: 1"])
    #expect(mixed.evidence.counts?.all == [6, 1, 5, 3])
    let shape = try #require(findings.first { $0.kind == "shape" })
    #expect(shape.message == "1 of 5 values are no scalars (20%)" && shape.evidence.samples.map(\.line) == [3])
    let length = try #require(findings.first { $0.kind == "list_length" })
    #expect(length.message == "4 of 5 values are no lists of exactly 1 elements (80%)")
  }

  @Test func shapesOfATextFileAreScalars() async throws {
    let list: Tree = ["columns": ["a": ["shape": "list"]]]
    #expect(try await Gate.finding("a.shape", list, on: "a\n\"[1,2]\"\n").outcome == .failed)
    let scalar: Tree = ["columns": ["a": ["shape": "scalar"]]]
    #expect(try await Gate.finding("a.shape", scalar, on: "a,b\n1,\n,2\n").outcome == .passed)
    for csv in ["a,b\n", "a,b\n,1\n"] {
      let nothing = try await Gate.finding("a.shape", scalar, on: csv)
      #expect(nothing.outcome == .errored && nothing.reason == .nothingToEvaluate)
    }
    #expect(Gate.problems(["columns": ["a": ["shape": "lists"]]]).map(\.label) == ["did you mean \"list\"?"])
  }

  // MARK: - Columns that come and go

  @Test func aColumnThatMustBeAbsent() async throws {
    let rules: Tree = ["columns": ["a": ["absent": "true"]]]
    let findings = try await Gate.findings(rules, on: "b\n1\n")
    #expect(findings.map(\.kind) == ["readable", "absent"])
    #expect(findings.last?.outcome == .passed)
    let failed = try await Gate.finding("a.absent", rules, on: "a,b\n1,2\n")
    #expect(failed.outcome == .failed && failed.message == "the table has the column \"a\"")
    #expect(
      try await Gate.findings(["columns": ["a": ["absent": "false"]]], on: "a\n1\n").map(\.kind).last == "present")
    for other in [("type", "integer"), ("environments", "training"), ("deprecated", "true")] as [(String, Tree)] {
      let problems = Gate.problems(["columns": ["a": .mapping([("absent", "true"), other])]])
      #expect(problems.map(\.headline) == ["a column that must be absent has no other rules"])
    }
  }

  @Test func aDeprecatedColumnIsAWarning() async throws {
    let rules: Tree = ["columns": ["a": ["deprecated": "use b", "type": "integer"]]]
    let there = try await Gate.findings(rules, on: "a,b\n1,2\n")
    let warning = try #require(there.first { $0.kind == "deprecated" })
    #expect(warning.outcome == .failed && warning.severity == .warn)
    #expect(warning.message == "the deprecated column \"a\" is still there: use b")
    #expect(there.first { $0.kind == "type" }?.outcome == .passed)
    let gone = try await Gate.findings(rules, on: "b\n2\n")
    #expect(!gone.contains { $0.kind == "present" })
    #expect(gone.first { $0.kind == "deprecated" }?.outcome == .passed)
    #expect(gone.first { $0.kind == "type" }?.reason == .requested)
    let blocking: Tree = ["columns": ["a": ["deprecated": "true", "severity": "block"]]]
    let blocked = try await Gate.finding("a.deprecated", blocking, on: "a\n1\n")
    #expect(blocked.severity == .block && blocked.message == "the deprecated column \"a\" is still there")
    #expect(try await Gate.findings(["columns": ["a": ["deprecated": "false"]]], on: "b\n1\n").last?.kind == "present")
    // As YAML writes booleans elsewhere.
    let capital = try await Gate.finding("a.deprecated", ["columns": ["a": ["deprecated": "True"]]], on: "a\n1\n")
    #expect(capital.message == "the deprecated column \"a\" is still there")
    let off = try await Gate.findings(["columns": ["a": ["deprecated": "False"]]], on: "a\n1\n")
    #expect(!off.contains { $0.kind == "deprecated" })
  }

  /// Its last day is a day in UTC, and the clock of the run decides whether it is over.
  @Test(
    arguments: [
      (
        "2027-01-31T23:59:59Z", .warn,
        "the deprecated column \"a\" is still there, as it may be until 2027-01-31: use b"
      ),
      ("2027-02-01", .block, "the deprecated column \"a\" is still there, and its last day was 2027-01-31: use b"),
      (
        "1960-01-01T00:00:01Z", .warn,
        "the deprecated column \"a\" is still there, as it may be until 2027-01-31: use b"
      ),
    ] as [(String, Severity, String)])
  func aDeprecatedColumnFailsOnceItsLastDayIsOver(now: String, severity: Severity, words: String) async throws {
    let deprecated: Tree = ["until": "2027-01-31", "reason": "use b"]
    let rules: Tree = ["columns": ["a": ["deprecated": deprecated, "severity": "warn"]]]
    let there = try await Gate.finding("a.deprecated", rules, on: "a,b\n1,2\n", now: now)
    #expect(there.outcome == .failed && there.severity == severity && there.message == words, "\(there.message)")
    if severity == .block { #expect(there.location?.lineText == "until: 2027-01-31") }
    // Without rows, and without values, it is there all the same.
    for csv in ["a\n", "a,b\n,1\n"] {
      #expect(try await Gate.finding("a.deprecated", rules, on: csv, now: now).outcome == .failed)
    }
    #expect(try await Gate.finding("a.deprecated", rules, on: "b\n2\n", now: now).outcome == .passed)
  }

  @Test(
    arguments: [
      (["until": "soon"], "\"soon\" is no date such as 2027-01-31"),
      (["reason": "use b"], "the key \"until\" is missing"),
      (["until": "2027-02-30"], "is no date"),
    ] as [(Tree, String)])
  func aLastDayIsADate(rule: Tree, words: String) {
    let problems = Gate.problems(["columns": ["a": ["deprecated": rule]]])
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }

  @Test func aColumnBelongsToItsEnvironments() async throws {
    let rules: Tree = [
      "columns": ["x": [:], "label": ["type": "integer", "environments": ["training", "evaluation"]]],
      "rows_where": ["label is not null"],
    ]
    let (with, without) = ("x,label\n1,0\n", "x\n1\n")
    for environment in ["training", "evaluation", nil] {
      let there = try await Gate.findings(rules, on: with, environment: environment)
      #expect(there.allSatisfy { $0.outcome == .passed } && !there.contains { $0.kind == "absent" })
      let missing = try await Gate.findings(rules, on: without, environment: environment)
      #expect(missing.first { $0.id.column == "label" && $0.kind == "present" }?.outcome == .failed)
    }
    let serving = try await Gate.findings(rules, on: without, environment: "serving")
    #expect(serving.first { $0.kind == "absent" }?.outcome == .passed)
    #expect(!serving.contains { $0.id.column == "label" && $0.kind == "present" })
    // What is said of its values is skipped, as it is asked for.
    for kind in ["type", "rows_where"] {
      #expect(serving.first { $0.kind == kind }?.reason == .requested)
    }
    let leak = try await Gate.findings(rules, on: with, environment: "serving")
    #expect(leak.first { $0.kind == "absent" }?.outcome == .failed)
    #expect(!Gate.problems(["columns": ["a": ["environments": []]]]).isEmpty)
    let one: Tree = ["columns": ["label": ["environments": "training"]]]
    #expect(try await Gate.finding("label.absent", one, on: with, environment: "serving").outcome == .failed)
  }
}
