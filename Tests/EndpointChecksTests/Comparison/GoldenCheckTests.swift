import JSON
import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Golden rows against a served model, good and changed.
@Suite struct GoldenCheckTests {
  private func finding(
    _ check: String, _ text: String = "id,x,want,class\na,10,0.1,early\nb,60,0.6,late\nc,90,0.9,late\n",
    model: ServedModel = ServedModel()
  ) async throws -> Finding {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "rows.csv")
    let server = try model.serve()
    let config = ServedModel.config(server, rows: "rows.csv", "{golden: \(check)}")
    return try #require(try await evaluate(config, in: folder).first)
  }

  @Test func expectedPredictionsPass() async throws {
    let finding = try await finding("{expect: {p: want, label: class}, key: id}")
    #expect(finding.outcome == .passed, "\(finding.message)")
    #expect(finding.id.description == "endpoints.api.golden")
    #expect(finding.evidence.counts == .init(rows: 3, nulls: 0, evaluated: 3, violating: 0))
  }

  @Test func anotherModelFailsWithTheWorstRowFirst() async throws {
    let finding = try await finding(
      "{expect: {p: want, label: class}, key: id}", model: ServedModel(change: { scores, _ in scores.map { $0 * 0.8 } })
    )
    #expect(finding.outcome == .failed)
    #expect(
      finding.message.hasPrefix(
        "3 of 3 rows differ from what is expected, 1 with another class; the worst: row 2 id = b"))
    #expect(finding.evidence.samples.count == 3)
    // The curl line asks about that row alone.
    #expect(finding.reproduce?.contains(#""data":[60.0]"#) == true, "\(finding.reproduce ?? "")")
  }

  @Test func toleranceAndAllowanceAreHeeded() async throws {
    let off = ServedModel(change: { scores, _ in scores.map { $0 == 0.9 ? 0.902 : $0 } })
    #expect(try await finding("{expect: {p: want}}", model: off).outcome == .failed)
    #expect(try await finding("{expect: {p: want}, tolerance: {absolute: 0.003}}", model: off).outcome == .passed)
    #expect(try await finding("{expect: {p: want}, tolerance: {p: {relative: 1%}}}", model: off).outcome == .passed)
    #expect(try await finding("{expect: {p: want}, tolerance: {p: {absolute: 1e-6}}}", model: off).outcome == .failed)
    let allowed = try await finding("{expect: {p: want}, allow: 1 row}", model: off)
    #expect(allowed.outcome == .passed && allowed.message.hasPrefix("1 of 3 rows differs"), "\(allowed.message)")
  }

  @Test(arguments: [
    ("{expect: {p: want}, allow: 3 rows}", "allow: 3 rows lets all of 3 rows be otherwise, so nothing is claimed"),
    (
      "{expect: {p: want}, key: wamt}", "the rows have no column wamt, which key: names; did you mean want?"
    ),
    ("{expect: {p: blank, label: class}}", "blank has no value in any row, so nothing is expected of p"),
  ])
  func whatClaimsNothingIsNoPass(_ check: String, _ words: String) async throws {
    let finding = try await finding(check, "x,want,blank,class\n10,0.1,,early\n60,0.6,,late\n90,0.9,,late\n")
    #expect(finding.outcome == .errored && finding.message == words, "\(finding.message)")
  }

  /// What is not expected of an output is said, though the row is compared by another one.
  @Test func halfOfAColumnIsToldAsHalf() async throws {
    let finding = try await finding(
      "{expect: {p: want, label: class}}", "x,want,class\n10,,early\n60,0.6,late\n90,,late\n")
    #expect(finding.outcome == .passed, "\(finding.message)")
    #expect(finding.evidence.notes.contains("p: nothing is expected of 2 rows"), "\(finding.evidence.notes)")
  }

  /// A class or an item is the same or another one, however large its number; sevens of nine digits are near each other.
  @Test(arguments: [
    ("INT64", "12345678", "12345679", Outcome.failed), ("INT64", "12345678", "12345678", .passed),
    ("INT64", "9007199254740992", "9007199254740993", .failed), ("FP64", "12345678", "12345679", .passed),
    ("INT64", "12345678.0", "12345678", .passed),
  ])
  func wholeNumbersAreComparedExactly(
    _ datatype: String, _ wanted: String, _ served: String, _ outcome: Outcome
  ) async throws {
    let model = ServedModel(datatype: datatype, isScoreOnly: true, spell: { _ in served })
    let table = "x,want\n10,\(wanted)\n60,\(wanted)\n"
    let found = try await finding("{expect: {p: want}}", table, model: model)
    #expect(found.outcome == outcome, "\(found.message)")
    let tolerant = try await finding("{expect: {p: want}, tolerance: {absolute: 1}}", table, model: model)
    #expect(tolerant.outcome == .passed, "\(tolerant.message)")
  }

  /// What names no output, or one that is not compared, would hold for nothing.
  @Test(arguments: [
    ("{expect: {prob: want, label: class}}", "the reply has no output prob, only p, label"),
    (
      "{expect: {p: want, lable: class}}",
      "the reply has no output lable, only p, label; did you mean label?"
    ),
    (
      "{expect: p, tolerance: {lable: {absolute: 1}}}",
      "the reply has no output lable, only p, label; did you mean label?"
    ),
    (
      "{expect: p, tolerance: {label: {absolute: 1}}}",
      "the output label has a tolerance and is not compared, only p"
    ),
  ])
  func outputsThatAreNotThereFail(_ check: String, _ words: String) async throws {
    let finding = try await finding(check, "x,p,want,class\n10,0.1,0.1,early\n")
    #expect(finding.outcome == .failed && finding.message == words, "\(finding.message)")
    #expect(finding.location?.lineText.contains("golden") == true)
  }

  /// One text in a CSV file makes its whole column text.
  @Test func aTextAmongNumbersIsToldByItsRow() async throws {
    let found = try await finding("{expect: {p: want}}", "x,want\n10,0.1\n60,n/a\n90,0.9\n")
    #expect(found.outcome == .errored)
    #expect(
      found.message.hasPrefix(
        #"row 2 of the rows has "n/a" in want, which is no number, and p is one"#),
      "\(found.message)")
    #expect(
      try await finding("{expect: {p: want}}", "x,want\n10,0.1\n60,\n90,0.9\n").outcome == .passed)
  }

  /// The curl line of what goes wrong in a batch alone asks about the batch.
  @Test func aRowThatIsRightAloneIsShownInItsBatch() async throws {
    let batchy = ServedModel(change: { scores, _ in scores.count > 1 ? scores.reversed() : scores })
    let finding = try await finding("{expect: {p: want}}", model: batchy)
    #expect(finding.outcome == .failed)
    #expect(finding.reproduce?.contains(#""data":[10.0,60.0,90.0]"#) == true, "\(finding.reproduce ?? "")")
    #expect(finding.evidence.notes.contains { $0.contains("depends on the rows beside it") })
  }

  @Test func rowsWithoutExpectationAreCountedAndNeverAllOfThem() async throws {
    let some = try await finding("{expect: {p: want}}", "x,want\n10,0.1\n60,\n")
    #expect(some.outcome == .passed && some.evidence.counts?.evaluated == 1 && some.evidence.counts?.nulls == 1)
    let none = try await finding("{expect: {p: want}}", "x,want\n10,\n60,\n")
    #expect(none.outcome == .errored && none.reason == .nothingToEvaluate)
  }

  /// A file of NaN proves nothing of a server that answers NaN.
  @Test func nothingButNaNIsNoExpectation() async throws {
    let broken = ServedModel(change: { scores, _ in scores.map { _ in .nan } })
    let finding = try await finding("{expect: {p: want}}", "x,want\n10,NaN\n60,NaN\n", model: broken)
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate, "\(finding.message)")
  }

  /// What is no row of the file would never be asked about, so nothing is said of the others.
  @Test(arguments: [
    ("x,want\n10,0.1\n60\n90,0.9\n1,2,3\n", "2 records are no rows of the table: line 3: 1 field instead of 2; line 5"),
    ("x,want\n10,0.1\n\"6\"0,0.6\n", "1 record is no row of the table: line 3"),
    ("x,want\n1\n2\n", "2 records are no rows"),
  ])
  func aFileWithRecordsThatAreNoRowsIsAnError(_ text: String, _ words: String) async throws {
    let finding = try await finding("{expect: {p: want}}", text)
    #expect(finding.outcome == .errored && finding.message.contains("rows.csv: \(words)"), "\(finding.message)")
  }

  @Test func recordsBehindTheLimitAreNotAskedAbout() async throws {
    let folder = try TemporaryFolder()
    try folder.write("x,want\n10,0.1\n60,0.6\n90,0.9\n1,2,3\n", to: "rows.csv")
    let server = try ServedModel().serve()
    func outcome(_ limit: Int) async throws -> Outcome? {
      try await evaluate(
        ServedModel.config(server, rows: "{file: rows.csv, limit: \(limit)}", "{golden: {expect: {p: want}}}"),
        in: folder
      ).first?.outcome
    }
    #expect(try await outcome(2) == .passed)
    #expect(try await outcome(4) == .errored)
  }

  /// Nothing is left out in silence: all rows are asked about, and a limit is told of.
  @Test func allRowsAreComparedAndALimitIsTold() async throws {
    let folder = try TemporaryFolder()
    let rows = 2_500
    // The last row is the wrong one.
    let lines = (1...rows).map { $0 == rows ? "99,0" : "10,0.1" }
    try folder.write("x,want\n" + lines.joined(separator: "\n") + "\n", to: "rows.csv")
    let server = try ServedModel().serve()
    func golden(_ rows: String, _ check: String = "golden: {expect: {p: want}}") async throws -> Finding {
      try #require(try await evaluate(ServedModel.config(server, rows: rows, "{\(check)}"), in: folder).first)
    }
    let all = try await golden("rows.csv")
    #expect(all.outcome == .failed && all.message.hasPrefix("1 of 2,500 rows differs"), "\(all.message)")
    #expect(server.requests.count { $0.line.hasPrefix("POST") } == 3 + 1, "three requests, and the worst row alone")
    let some = try await golden("{file: rows.csv, limit: 2000}")
    #expect(some.outcome == .passed)
    #expect(some.message == "2,000 rows, the first of more, are predicted as expected")
    #expect(some.evidence.notes.contains { $0.hasPrefix("rows.csv has more rows than the first 2,000") })
    let exact = try await golden("{file: rows.csv, limit: 2500}")
    #expect(exact.outcome == .failed && !exact.evidence.notes.contains { $0.contains("more rows") })
    let parity = "parity: {predictions: {file: rows.csv, in_order: true, expect: {p: want}}}"
    #expect(try await golden("rows.csv", parity).message.hasPrefix("1 of 2,500 rows differs"))
    let smoke = try await golden("rows.csv", "outputs: {}")
    #expect(smoke.outcome == .passed && smoke.evidence.counts?.rows == 1000)
    #expect(smoke.evidence.notes.contains { $0.hasPrefix("rows.csv has more rows than the first 1,000") })
  }

  @Test func aServerThatHangsIsAskedOnce() async throws {
    let folder = try TemporaryFolder()
    try folder.write("x,want\n" + String(repeating: "1,0.01\n", count: 5_000), to: "rows.csv")
    let server = try ScriptedServer { $0.line.hasPrefix("POST") ? .hang : .reply(200, ServedModel.metadata) }
    let config = ServedModel.config(server, rows: "rows.csv, timeout: 200ms", "{golden: {expect: {p: want}}}")
    let finding = try #require(try await evaluate(config, in: folder).first)
    #expect(finding.outcome == .failed, "\(finding.message)")
    #expect(server.requests.count { $0.line.hasPrefix("POST") } == 1)
  }

  @Test(arguments: [
    ("{expect: nope}", Outcome.failed, "the reply has the outputs p, label"),
    ("{expect: {q: want}}", .failed, "the reply has no output q, only p, label"),
    ("{expect: {p: nope}}", .errored, "the rows have no column nope"),
  ])
  func whatIsNotThereIsSaid(_ check: String, _ outcome: Outcome, _ words: String) async throws {
    let finding = try await finding(check)
    #expect(finding.outcome == outcome && finding.message.contains(words), "\(finding.message)")
  }

  @Test(arguments: [
    ("{}", "\"expect\" is missing"),
    ("{expect: {}}", "no output is named here"),
    ("{expect: {p: a}, tolerance: {q: {absolute: 1}}}", "no output \"q\" is compared here"),
    ("{expect: a, tolerance: {absolute: -1}}", "a tolerance cannot be negative"),
    ("{expect: a, allow: 100%}", "every endpoint would keep this limit"),
    ("{expect: a, allow: 3}", "a tolerance such as 1% or 10 rows"),
  ])
  func mistakesAreReported(_ check: String, _ words: String) {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, rows: r.csv, checks: [{golden: \(check)}]}")
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }
}
