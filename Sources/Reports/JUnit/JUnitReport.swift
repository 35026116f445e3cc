package import Verdict
internal import XML

/// JUnit XML in the dialect that every CI system reads alike: one level of suites, exact counters, one result a case,
/// stable identities, valid for the schema that the Jenkins xUnit plugin enforces.
///
/// Failed and inconclusive checks are failures, checks that could not be evaluated are errors, and the `type` tells
/// them apart. There is always at least one case, also when the config is broken or the run was interrupted.
package struct JUnitReport: Report {
  /// The most bytes that the texts of all failures may have together; then they shrink to their message. With the
  /// attributes of the cases this keeps ordinary reports below 5 MB; GitLab refuses files of more than 30 MB.
  static let detailLimit = 4_000_000
  /// The most bytes that one failure's text may have.
  static let textLimit = 16_384
  /// The most characters of a message attribute.
  static let messageLimit = 512

  package init() {}

  package func render(_ result: RunResult) throws(ReportError) -> [UInt8] {
    // What a value of the data holds is evidence and stays visible, as in all reports. Log tails are full of colours,
    // which nobody wants to read as escapes.
    var result = result
    result.findings = result.findings.map { $0.id.suite == .data ? $0.mapText(TextSafety.visible) : $0 }
    result = result.mapText(XMLTextSanitizer.clean)
    let summary = RunSummary(result)
    var writer = JUnitCases(result)
    var suites: [XMLElement] = []
    var totals = Counts()
    for (suite, tally) in summary.suites {
      let findings = result.findings.filter { $0.id.suite == suite }
      let seconds = findings.reduce(Duration.zero) { $0 + max(.zero, $1.duration ?? .zero) }
      let cases = try writer.cases(findings)
      let warnings = findings.filter { result.standing(of: $0) == .warned }
      let counts = Counts(tally)
      totals.add(counts)
      suites.append(
        element(
          "cupel.\(suite.rawValue)", id: suites.count, counts: counts, seconds: seconds,
          properties: properties(result, summary, warnings: warnings), cases: cases, output: Self.proofs(findings)))
    }
    if let problem = RunProblem(result) {
      let counts = Counts(tests: 1, errors: 1)
      totals.add(counts)
      suites.append(
        element(
          "cupel.run", id: suites.count, counts: counts, seconds: .zero,
          properties: properties(result, summary, warnings: []), cases: [writer.problemCase(problem)]))
    }
    do {
      return try root(suites, totals, seconds: result.duration).render()
    } catch {
      throw .notRendered(error.description)
    }
  }

  package func check(_ document: [UInt8]) throws(ReportError) {
    do {
      try XMLSchemaValidator(xsd: Array(JUnitSchema.text.utf8)).validate(document)
    } catch {
      throw .rejected(error.description)
    }
  }

  // MARK: - Suites

  fileprivate struct Counts {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0

    mutating func add(_ other: Counts) {
      tests += other.tests
      failures += other.failures
      errors += other.errors
      skipped += other.skipped
    }
  }

  private func root(_ suites: [XMLElement], _ totals: Counts, seconds: Duration) -> XMLElement {
    XMLElement(
      "testsuites",
      [
        "name": "cupel", "tests": String(totals.tests), "failures": String(totals.failures),
        "errors": String(totals.errors), "time": Clock.seconds(seconds),
      ], children: suites)
  }

  private func element(
    _ name: String, id: Int, counts: Counts, seconds: Duration, properties: SuiteProperties, cases: [XMLElement],
    output: String = ""
  ) -> XMLElement {
    var suite = XMLElement(
      "testsuite",
      [
        "name": name, "package": "", "id": String(id), "tests": String(counts.tests),
        "failures": String(counts.failures), "errors": String(counts.errors), "skipped": String(counts.skipped),
        "time": Clock.seconds(seconds), "timestamp": properties.timestamp, "hostname": "localhost",
      ])
    if let file = properties.config { suite.attributes.append(XMLElement.Attribute("file", file)) }
    suite.children = [properties.element] + cases + [XMLElement("system-out", text: output), XMLElement("system-err")]
    return suite
  }

  /// What made each rule of a self-test fail: a passed case has no text of its own.
  private static func proofs(_ findings: [Finding]) -> String {
    let proofs = findings.filter { $0.id.isSelfTest && $0.outcome == .passed }
    return JUnitCases.text(
      proofs.map { StyledLine(TextSafety.inline("\($0.id): \($0.message)", limit: messageLimit)) }, limit: detailLimit)
  }

  private func properties(_ result: RunResult, _ summary: RunSummary, warnings: [Finding]) -> SuiteProperties {
    SuiteProperties(
      timestamp: Clock.timestamp(result.startedAt), config: result.config.map { TextSafety.inline($0) },
      verdict: summary.verdict, status: summary.status, version: TextSafety.inline(result.version),
      sampled: result.sampled?.description,
      warnings: warnings.map { TextSafety.inline("\($0.id): \($0.message)", limit: Self.messageLimit) })
  }
}

extension JUnitReport.Counts {
  fileprivate init(_ tally: RunSummary.Tally) {
    self.init(
      tests: tally.total, failures: tally[.failed] + tally[.inconclusive], errors: tally[.errored],
      skipped: tally[.skipped])
  }
}

/// What a suite says about the run that it belongs to.
private struct SuiteProperties {
  var timestamp: String
  var config: String?
  var verdict: String
  var status: ExitStatus
  var version: String
  /// The part of the data that was read, when it was not all of it.
  var sampled: String?
  var warnings: [String]

  /// How many warnings are spelled out; the number of all of them is a property too.
  private static let listedWarnings = 1000

  var element: XMLElement {
    var pairs: [(String, String)] = [("cupel.verdict", verdict), ("cupel.exit_code", String(status.rawValue))]
    if let config { pairs.append(("cupel.config", config)) }
    if let sampled { pairs.append(("cupel.sample", sampled)) }
    pairs += [("cupel.version", version), ("cupel.warnings", String(warnings.count))]
    pairs += warnings.prefix(Self.listedWarnings).enumerated().map { ("cupel.warning.\($0 + 1)", $1) }
    return XMLElement(
      "properties", children: pairs.map { XMLElement("property", ["name": $0.0, "value": $0.1]) })
  }
}
