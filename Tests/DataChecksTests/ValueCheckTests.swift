import DataChecks
import Testing
import Verdict

@testable import Scan

@Suite struct ValueCheckTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  @Test(arguments: ValueCheckCase.all)
  func passes(check: ValueCheckCase) async throws {
    let finding = try await Gate.finding("a." + check.kind, check.rules(), on: Self.csv(check.good + ["", ""]))
    #expect(finding.outcome == .passed, "\(finding.message)")
    #expect(finding.reason == nil)
    #expect(finding.evidence.counts?.all == [check.good.count + 2, 2, check.good.count, 0])
    #expect(finding.evidence.observed == Quantity(0, .share))
    #expect(finding.evidence.method == "point")
    #expect(finding.evidence.samples.isEmpty)
    #expect(finding.severity == .block && !finding.isImplicit)
  }

  @Test(arguments: ValueCheckCase.all)
  func fails(check: ValueCheckCase) async throws {
    let values = check.good + [""] + check.bad
    let finding = try await Gate.finding("a." + check.kind, check.rules(), on: Self.csv(values))
    let evaluated = check.good.count + check.bad.count
    #expect(finding.outcome == .failed)
    #expect(finding.message.hasPrefix("\(check.bad.count) of \(evaluated) values \(check.words)"), "\(finding.message)")
    #expect(finding.evidence.counts?.all == [values.count, 1, evaluated, check.bad.count])
    #expect(finding.evidence.limit != nil)
    // The header is line 1, and each sample shows what stands there.
    let first = check.good.count + 3
    #expect(finding.evidence.samples.map(\.line) == check.bad.indices.map { first + $0 })
    #expect(finding.evidence.samples.map(\.value) == check.bad.map { $0 == "\"\"" ? "\"\"" : "\"\($0)\"" })
    #expect(finding.evidence.samples.allSatisfy { $0.file == "t.csv" })
    // The caret stands under the limit.
    #expect(finding.location?.file == "rules.yaml")
    #expect(finding.location?.lineText.hasPrefix(check.kind) == true || finding.location?.column == 1)
  }

  /// A text is not above a limit: it is no number.
  @Test(
    arguments: [
      (("at_most", "5"), ["1", "x", "y"], "2 of 3 values are no numbers (66.7%)", nil),
      (("at_most", "5"), ["1", "x", "7", "8"], "3 of 4 values are above 5 or are no numbers (75%)", "numbers: 1"),
      (("at_most", "5"), ["1", "7"], "1 of 2 values are above 5 (50%)", nil),
      (("between", ["2024-01-01", "2024-02-01"]), ["2024-01-01", "1"], "1 of 2 values are no dates (50%)", nil),
      (("at_least", "07:30"), ["07:30", "x"], "1 of 2 values are no times of day (50%)", nil),
      (("multiple_of", "5"), ["5", "x"], "1 of 2 values are no numbers (50%)", nil),
    ] as [((String, Tree), [String], String, String?)])
  func whatIsNoNumberIsCalledThat(rule: (String, Tree), values: [String], message: String, note: String?) async throws {
    let finding = try await Gate.finding(
      "a.\(rule.0)", ["columns": ["a": .mapping([rule])]], on: Self.csv(values))
    #expect(finding.outcome == .failed)
    #expect(finding.message == message)
    #expect(finding.evidence.notes == note.map { ["values that are no \($0)"] } ?? [])
  }

  @Test(arguments: ValueCheckCase.all)
  func cannotTellWithoutValues(check: ValueCheckCase) async throws {
    for csv in [Self.csv([]), Self.csv(["", "", ""])] {
      let finding = try await Gate.finding("a." + check.kind, check.rules(), on: csv)
      #expect(finding.outcome == .errored)
      #expect(finding.reason == .nothingToEvaluate)
      let allowed = try await Gate.finding(
        "a." + check.kind, check.rules(("missing", ["at_most": "100%"])), on: csv)
      let isAccepted = csv.contains(",x")
      #expect(allowed.outcome == (isAccepted ? .skipped : .errored))
      #expect(allowed.reason == (isAccepted ? .requested : .nothingToEvaluate))
      let nearly = try await Gate.finding("a." + check.kind, check.rules(("missing", ["at_most": "99%"])), on: csv)
      #expect(nearly.outcome == .errored)
    }
  }

  @Test(arguments: ValueCheckCase.all.filter { $0.type != nil && $0.type != "string" })
  func valuesOfAnotherTypeAreLeftToTheTypeCheck(check: ValueCheckCase) async throws {
    let none = try await Gate.findings(check.rules(), on: Self.csv(["text", "text"]))
    #expect(none.first { $0.kind == "type" }?.outcome == .failed)
    let value = try #require(none.first { $0.kind == check.kind })
    #expect(value.outcome == .skipped)
    #expect(value.reason == .dependency)
    #expect(value.message.contains("data.t.a.type"))

    let some = try await Gate.finding("a." + check.kind, check.rules(), on: Self.csv(check.good + ["text"]))
    #expect(some.outcome == .passed)
    #expect(some.evidence.counts?.all == [check.good.count + 1, 0, check.good.count, 0])
    #expect(some.evidence.notes.contains { $0.contains("data.t.a.type") && $0.contains("1") })
  }

  @Test(arguments: ValueCheckCase.all)
  func anAbsentColumnFailsOnceAndIsNamed(check: ValueCheckCase) async throws {
    let findings = try await Gate.findings(check.rules(), on: "b\nx\n")
    let present = try #require(findings.first { $0.kind == "present" })
    #expect(present.outcome == .failed)
    let value = try #require(findings.first { $0.kind == check.kind })
    #expect(value.outcome == .skipped)
    #expect(value.reason == .dependency)
    #expect(value.message.contains(present.id.description))

    let optional = try await Gate.findings(check.rules(("optional", "true")), on: "b\nx\n")
    #expect(!optional.contains { $0.kind == "present" })
    #expect(optional.first { $0.kind == check.kind }?.outcome == .skipped)
    #expect(optional.first { $0.kind == check.kind }?.reason == .requested)
  }

  @Test(arguments: ValueCheckCase.all)
  func aWarningIsMarkedAsOne(check: ValueCheckCase) async throws {
    let finding = try await Gate.finding(
      "a." + check.kind, check.rules(("severity", "warn")), on: Self.csv(check.bad))
    #expect(finding.outcome == .failed)
    #expect(finding.severity == .warn)
  }

  /// One of a hundred: 1% and 1 row may violate, 0.9% and 0 rows may not.
  @Test(
    arguments: ValueCheckCase.all,
    [("1%", true), ("0.9%", false), ("1 row", true), ("0 rows", false), ("2 rows", true)] as [(String, Bool)])
  func aToleranceIsInclusive(check: ValueCheckCase, allow: (text: String, isEnough: Bool)) async throws {
    let values = (0..<99).map { check.good[$0 % check.good.count] } + [check.bad[0]]
    let finding = try await Gate.finding(
      "a." + check.kind, check.rules(("allow", .scalar(allow.text))), on: Self.csv(values))
    #expect(finding.outcome == (allow.isEnough ? .passed : .failed), "\(finding.message)")
    #expect(finding.evidence.counts?.violating == 1)
    #expect(finding.message.contains(allow.text))
    #expect(finding.evidence.samples.count == 1)
  }

  /// Exactly at the limit for every whole per cent: 0.29 * 100 is less than 29 in floating point.
  @Test(arguments: 1...100)
  func everyPerCentIsExact(percent: Int) async throws {
    let values = (0..<100).map { $0 < percent ? "-1" : "1" }
    let rules: Tree = ["columns": ["a": ["type": "integer", "at_least": "0", "allow": .scalar("\(percent)%")]]]
    #expect(try await Gate.finding("a.at_least", rules, on: Self.csv(values)).outcome == .passed)
    if percent < 100 {
      let more = (0..<100).map { $0 <= percent ? "-1" : "1" }
      #expect(try await Gate.finding("a.at_least", rules, on: Self.csv(more)).outcome == .failed)
    }
  }

  /// Nothing that stands in a sensitive column appears anywhere in its findings, and equal values stay recognisable.
  @Test(arguments: ValueCheckCase.all)
  func sensitiveValuesAreNowhere(check: ValueCheckCase) async throws {
    let secret = "s3cr3t.value"
    guard check.kind != "not_in" else { return }
    let findings = try await Gate.findings(
      check.rules(("sensitive", "true"), ("unique", "true")), on: Self.csv(check.good + [secret, secret]))
    #expect(findings.contains { $0.outcome == .failed })
    #expect(!"\(findings)".contains(secret))
    let unique = try #require(findings.first { $0.kind == "unique" })
    // Good values that are one number in two spellings repeat each other, too.
    let samples = unique.evidence.samples.map(\.value)
    #expect(samples.enumerated().allSatisfy { $1.hasPrefix("hidden value \($0 + 1), first in line ") })
    #expect(samples.last?.hasSuffix(" \(check.good.count + 2)") == true)
  }

  @Test func atMostTenSamplesInTheOrderOfTheFile() async throws {
    let values = (0..<50).map { "\(-$0 - 1)" }
    let finding = try await Gate.finding("a.at_least", ["columns": ["a": ["at_least": "0"]]], on: Self.csv(values))
    #expect(finding.evidence.samples.map(\.line) == Array(2...11))
    #expect(finding.evidence.counts?.violating == 50)
  }
}
