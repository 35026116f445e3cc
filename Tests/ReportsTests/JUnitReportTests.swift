import Testing
import Verdict
import XML

@testable import Reports

@Suite struct JUnitReportTests {
  private let report = JUnitReport()

  /// Renders, validates and reads back.
  private func read(_ run: RunResult) throws -> XMLElement {
    let document = try report.render(run)
    try report.check(document)
    return try XMLDocument.parse(document)
  }

  private func cases(_ root: XMLElement) -> [XMLElement] {
    root.children.flatMap { $0.children(named: "testcase") }
  }

  private static func run(_ findings: [Finding], failsOnWarnings: Bool = false) -> RunResult {
    RunResult(
      version: "1", config: "cupel.yaml", startedAt: 0, findings: findings, failsOnWarnings: failsOnWarnings)
  }

  private static func finding(
    _ outcome: Outcome, _ severity: Severity = .block, reason: Reason? = nil, check: String = "check",
    message: String = "a message"
  ) -> Finding {
    Finding(
      id: CheckID(suite: .data, subject: "s", check: check), kind: "k", outcome: outcome, severity: severity,
      reason: reason, message: message)
  }

  // MARK: - The mapping table of the design

  struct Row: CustomTestStringConvertible {
    var outcome: Outcome
    var severity = Severity.block
    var reason: Reason?
    var strict = false
    /// Element and type; nil for a plain case.
    var element: String?
    var type: String?
    var exit: String

    var testDescription: String { "\(outcome) \(severity) strict=\(strict)" }
  }

  @Test(arguments: [
    Row(outcome: .passed, exit: "0"),
    Row(outcome: .failed, element: "failure", type: "cupel.failed", exit: "1"),
    Row(outcome: .inconclusive, element: "failure", type: "cupel.inconclusive", exit: "5"),
    Row(outcome: .errored, reason: .io, element: "error", type: "cupel.io", exit: "3"),
    Row(outcome: .errored, reason: .nothingToEvaluate, element: "error", type: "cupel.nothing-to-evaluate", exit: "3"),
    Row(outcome: .errored, reason: nil, element: "error", type: "cupel.unknown", exit: "3"),
    Row(outcome: .errored, severity: .warn, reason: .io, element: "error", type: "cupel.io", exit: "3"),
    Row(outcome: .skipped, reason: .requested, element: "skipped", exit: "0"),
    Row(outcome: .passed, severity: .warn, exit: "0"),
    Row(outcome: .failed, severity: .warn, exit: "0"),
    Row(outcome: .inconclusive, severity: .warn, exit: "0"),
    Row(outcome: .failed, severity: .warn, strict: true, element: "failure", type: "cupel.failed", exit: "1"),
    Row(
      outcome: .inconclusive, severity: .warn, strict: true, element: "failure", type: "cupel.inconclusive", exit: "5"),
  ])
  func mapping(row: Row) throws {
    let run = Self.run(
      [Self.finding(row.outcome, row.severity, reason: row.reason)], failsOnWarnings: row.strict)
    let root = try read(run)
    let suite = try #require(root.children.first)
    let test = try #require(cases(root).first)
    #expect(root.children.count == 1 && cases(root).count == 1)
    #expect(test[attribute: "classname"] == "cupel.data.s" && test[attribute: "name"] == "check")
    #expect(test.children.map(\.name) == (row.element.map { [$0] } ?? []))
    #expect(test.children.first?[attribute: "type"] == row.type)
    if row.element != nil { #expect(test.children.first?[attribute: "message"] == "a message") }
    #expect(properties(suite)["cupel.exit_code"] == row.exit)
    let isSoft = row.severity == .warn && row.element == nil && row.outcome != .passed
    #expect(properties(suite)["cupel.warnings"] == (isSoft ? "1" : "0"))
    #expect(properties(suite)["cupel.warning.1"] == (isSoft ? "data.s.check: a message" : nil))
  }

  private func properties(_ suite: XMLElement) -> [String: String] {
    let pairs = suite.children(named: "properties").flatMap(\.children).map {
      ($0[attribute: "name"] ?? "", $0[attribute: "value"] ?? "")
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  // MARK: - Laws

  @Test(arguments: GeneratedRun.seeds) func everyDocumentKeepsTheLaws(seed: UInt64) throws {
    let root = try read(GeneratedRun.make(seed: seed))
    var sums = [0, 0, 0]
    for (index, suite) in root.children.enumerated() {
      let tests = suite.children(named: "testcase")
      let counts = [
        tests.count, tests.count { !$0.children(named: "failure").isEmpty },
        tests.count { !$0.children(named: "error").isEmpty }, tests.count { !$0.children(named: "skipped").isEmpty },
      ]
      let stated = ["tests", "failures", "errors", "skipped"].map { Int(suite[attribute: $0] ?? "") }
      #expect(stated == counts)
      #expect(suite[attribute: "id"] == String(index))
      for (position, count) in counts.prefix(3).enumerated() { sums[position] += count }
      #expect(tests.allSatisfy { $0.children.count <= 1 })
    }
    #expect(["tests", "failures", "errors"].map { Int(root[attribute: $0] ?? "") } == sums)
    #expect(sums[0] > 0)
    let identities = cases(root).map { [$0[attribute: "classname"], $0[attribute: "name"]] }
    #expect(Set(identities).count == identities.count)
    for result in cases(root).flatMap(\.children) {
      #expect(result.text.utf8.count <= JUnitReport.textLimit)
      #expect(result[attribute: "message"]?.contains { $0.isNewline } == false)
      if result.name != "skipped" { #expect(!result.text.isEmpty) }
    }
  }

  @Test func identitiesDoNotDependOnWhatWasSeen() throws {
    var run = GeneratedRun.make(seed: 7)
    let before = cases(try read(run)).map { [$0[attribute: "classname"], $0[attribute: "name"]] }
    for index in run.findings.indices {
      run.findings[index].message = "other"
      run.findings[index].evidence = Evidence()
    }
    #expect(cases(try read(run)).map { [$0[attribute: "classname"], $0[attribute: "name"]] } == before)
  }

  @Test func aSharedIdentityIsAnError() {
    let run = Self.run([Self.finding(.passed), Self.finding(.failed)])
    #expect(throws: ReportError.duplicateIdentity("data.s.check")) { try report.render(run) }
  }

  @Test func longNamesAreCutAndStayApart() throws {
    let long = String(repeating: "x", count: 300)
    let names = [long + "1", long + "2", String(repeating: "y", count: 200), String(repeating: "z", count: 201)]
    let root = try read(Self.run(names.map { Self.finding(.passed, check: $0) }))
    let written = cases(root).compactMap { $0[attribute: "name"] }
    #expect(Set(written).count == 4)
    #expect(written.allSatisfy { $0.count <= 200 })
    #expect(written[2] == names[2])
    #expect(written[3].wholeMatch(of: /z{191}…[0-9a-f]{8}/) != nil)
  }

  @Test func fullTextsSayWhatIsMissing() throws {
    var finding = Self.finding(.failed)
    finding.evidence.notes = (0..<100).map { "\($0) " + String(repeating: "n", count: 1000) }
    let text = try #require(cases(try read(Self.run([finding]))).first?.children.first?.text)
    #expect(text.utf8.count <= JUnitReport.textLimit)
    let last = try #require(text.split(separator: "\n").last)
    let more = try #require(last.wholeMatch(of: /… (\d+) more lines/)?.1)
    // Message, method, 100 notes: what is shown and what is missing are all of them.
    #expect(text.split(separator: "\n").count - 1 + (Int(more) ?? 0) == 102)
  }

  @Test func manyFailuresStayBelowTheLimitOfTheReaders() throws {
    let note = String(repeating: "n", count: 1900)
    let findings = (0..<2000).map { number in
      var finding = Self.finding(.failed, check: "c\(number)")
      finding.evidence.notes = Array(repeating: note, count: 10)
      return finding
    }
    let document = try report.render(Self.run(findings))
    #expect(document.count < 5_000_000)
    #expect(cases(try XMLDocument.parse(document)).count == 2000)
  }

  @Test func timesHaveThreeDecimals() throws {
    var finding = Self.finding(.passed)
    finding.duration = .seconds(-3)
    var run = Self.run([finding])
    run.duration = .seconds(1_000_000_000)
    let root = try read(run)
    #expect(root[attribute: "time"] == "31536000.000")
    #expect(cases(root).first?[attribute: "time"] == "0.000")
  }

  @Test func theArrowHasASpaceBeforeThePath() throws {
    let text = try #require(cases(try read(SampleRun.run)).flatMap(\.children).first?.text)
    #expect(text.contains("\n --> rules/flights.yaml:7:49\n"))
  }

  @Test func coloursOfLogsAreStripped() throws {
    func message(_ suite: Suite) throws -> String? {
      var finding = Self.finding(.failed, message: "\u{1B}[31mred\u{1B}[0m \u{1}")
      finding.id.suite = suite
      return cases(try read(Self.run([finding]))).first?.children.first?[attribute: "message"]
    }
    #expect(try message(.endpoints) == "red #x01")
    // In a value of the data they are what is wrong with it.
    #expect(try message(.data) == #"\x1B[31mred\x1B[0m \x01"#)
  }

  // MARK: - Runs without a verdict

  @Test(arguments: [
    (SampleRun.brokenConfig, "config", "unknown key `mising` in column `dep_delay` (and 1 more)"),
    (RunResult(version: "1", startedAt: 0), "nothing-checked", "nothing was checked"),
    (RunResult(version: "1", startedAt: 0, internalError: "boom"), "internal", "internal error: boom"),
    (
      RunResult(version: "1", startedAt: 0, interruption: .terminate), "interrupted",
      "the run was interrupted by SIGTERM"
    ),
  ])
  func oneErrorSaysWhy(run: RunResult, kind: String, message: String) throws {
    let root = try read(run)
    #expect(root.children.map { $0[attribute: "name"] } == ["cupel.run"])
    let test = try #require(cases(root).first)
    #expect(test[attribute: "classname"] == "cupel.run" && test[attribute: "name"] == kind)
    let error = try #require(test.children.first)
    #expect(error.name == "error" && error[attribute: "type"] == "cupel.\(kind)")
    #expect(error[attribute: "message"] == message)
    for diagnostic in run.diagnostics { #expect(error.text.contains(diagnostic.headline)) }
  }

  @Test func aCutRunSaysSoBesideItsFindings() throws {
    var run = SampleRun.run
    run.interruption = .interrupt
    let root = try read(run)
    #expect(cases(root).count == run.findings.count + 1)
    #expect(root.children.last?[attribute: "name"] == "cupel.run")
    #expect(cases(root).last?.children.first?[attribute: "type"] == "cupel.interrupted")
  }

  @Test func onlySkipsAreNotGreen() throws {
    let root = try read(Self.run([Self.finding(.skipped, reason: .dependency)]))
    #expect(root[attribute: "errors"] == "1")
    #expect(cases(root).last?.children.first?[attribute: "type"] == "cupel.nothing-checked")
  }

  // MARK: - The schema

  @Test func theSchemaInTheBinaryIsTheOneThatShips() throws {
    let file = try TestFiles.read("rules/junit.xsd", from: .repository)
    #expect(file == JUnitSchema.text, "copy rules/junit.xsd into JUnitSchema.swift")
  }

  @Test(arguments: [
    ("<failure ", "<rerunFailure "), (" package=\"\"", " package=\"p\""), (" hostname=\"localhost\"", ""),
    ("time=\"0.012\"", "time=\"1,000.012\""), ("type=\"cupel.failed\"", "type=\"integer\""),
    ("2026-11-20T23:54:53", "2026-11-20T23:54:53Z"), ("<system-out/>", ""), ("<skipped ", "<skipped a=\"\" "),
    ("classname=\"cupel.endpoints.delay-api\" ", ""), ("<testsuites ", "<testsuites skipped=\"0\" "),
  ])
  func theSchemaRefusesOtherDialects(original: String, replacement: String) throws {
    let document = String(decoding: try report.render(SampleRun.run), as: UTF8.self)
    #expect(document.contains(original))
    let broken = document.replacing(original, with: replacement)
    #expect(throws: ReportError.self) { try report.check(Array(broken.utf8)) }
  }
}
