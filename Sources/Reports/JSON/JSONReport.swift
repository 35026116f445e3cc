internal import JSON
package import Verdict

/// One JSON document with everything that a program may want. Its schema is `rules/result.schema.json`.
///
/// All keys are always there, in the same order; what is absent is null.
package struct JSONReport: Report {
  /// Changes when a reader of the earlier form would go wrong.
  package static let schemaVersion = 1

  package init() {}

  package func render(_ result: RunResult) throws(ReportError) -> [UInt8] {
    let summary = RunSummary(result)
    let document: JSONValue = [
      "schema_version": .integer(Self.schemaVersion),
      "project": .string(result.project),
      "version": .string(result.version),
      "config": .optional(result.config),
      "selection": .array(result.selection.map { .string($0) }),
      "started_at": .string(Clock.timestamp(result.startedAt) + "Z"),
      "duration_s": .seconds(result.duration),
      "verdict": .string(summary.verdict),
      "exit_code": .integer(Int(summary.status.rawValue)),
      "exit_reason": .string(result.exitReason),
      "fails_on_warnings": .bool(result.failsOnWarnings),
      "counts": Self.counts(summary.all),
      "checks": .array(result.findings.map(Self.check)),
      "warnings": .array(
        result.findings.filter { result.standing(of: $0) == .warned }.map { .string($0.id.description) }),
      "diagnostics": .array(result.diagnostics.map(Self.diagnostic)),
      "interruption": .optional(result.interruption?.rawValue),
      "internal_error": .optional(result.internalError),
      "report_failures": .array(result.reportFailures.map { .string($0) }),
    ]
    return JSONWriter.pretty.bytes(document) + [UInt8(ascii: "\n")]
  }

  package func check(_ document: [UInt8]) throws(ReportError) {
    let value: JSONValue
    do {
      value = try JSONParser.parse(document)
    } catch {
      throw .rejected(error.description)
    }
    guard value["schema_version"]?.int64Value == Int64(Self.schemaVersion) else {
      throw .rejected("the schema version is missing")
    }
  }

  // MARK: - Parts

  private static func counts(_ tally: RunSummary.Tally) -> JSONValue {
    [
      "checks": .integer(tally.total), "passed": .integer(tally[.passed]), "failed": .integer(tally[.failed]),
      "inconclusive": .integer(tally[.inconclusive]), "errored": .integer(tally[.errored]),
      "skipped": .integer(tally[.skipped]), "warned": .integer(tally[.warned]),
    ]
  }

  private static func check(_ finding: Finding) -> JSONValue {
    let evidence = finding.evidence
    return [
      "id": .string(finding.id.description),
      "suite": .string(finding.id.suite.rawValue),
      "subject": .string(finding.id.subject),
      "column": .optional(finding.id.column),
      "check": .string(finding.id.check),
      "kind": .string(finding.kind),
      "outcome": .string(finding.outcome.rawValue),
      "severity": .string(finding.severity.rawValue),
      "reason": .optional(finding.reason?.rawValue),
      "message": .string(finding.message),
      "observed": observed(evidence),
      "baseline": evidence.baseline.map { quantity($0, text: $0.description) } ?? .null,
      "limit": evidence.limit.map(limit) ?? .null,
      "counts": evidence.counts.map(counts) ?? .null,
      "sampled": evidence.sampled.map { ["share": .double($0.share.value), "rows": .integer($0.rows)] } ?? .null,
      "interval": evidence.interval.map {
        ["lower": .double($0.lower), "upper": .double($0.upper), "level": .double($0.level)]
      } ?? .null,
      "method": .string(evidence.method),
      "frequent": .array(evidence.frequent.map(frequent)),
      "samples": .array(evidence.samples.map(sample)),
      "notes": .array(evidence.notes.map { .string($0) }),
      "location": finding.location.map(location) ?? .null,
      "reproduce": .optional(finding.reproduce),
      "quarantine": .optional(finding.quarantine),
      "duration_s": finding.duration.map { .seconds($0) } ?? .null,
    ]
  }

  private static func observed(_ evidence: Evidence) -> JSONValue {
    if let number = evidence.observed { return quantity(number, text: evidence.observedText ?? number.description) }
    return evidence.observedText.map { ["value": .null, "unit": .null, "text": .string($0)] } ?? .null
  }

  private static func quantity(_ quantity: Quantity, text: String) -> JSONValue {
    ["value": .double(quantity.value), "unit": unit(quantity.unit), "text": .string(text)]
  }

  private static func unit(_ unit: Quantity.Unit) -> JSONValue {
    unit == .none ? .null : .string(unit.rawValue)
  }

  private static func limit(_ bound: Bound) -> JSONValue {
    let (low, high): (Quantity?, Quantity?) =
      switch bound {
      case .atLeast(let limit): (limit, nil)
      case .atMost(let limit): (nil, limit)
      case .between(let low, let high): (low, high)
      case .equals(let limit): (limit, limit)
      case .text: (nil, nil)
      }
    return [
      "text": .string(bound.description), "at_least": low.map { .double($0.value) } ?? .null,
      "at_most": high.map { .double($0.value) } ?? .null, "unit": (low ?? high).map { unit($0.unit) } ?? .null,
    ]
  }

  private static func counts(_ counts: Evidence.Counts) -> JSONValue {
    [
      "rows": .integer(counts.rows), "nulls": .integer(counts.nulls), "evaluated": .integer(counts.evaluated),
      "violating": counts.violating.map { .integer($0) } ?? .null,
    ]
  }

  private static func frequent(_ value: Evidence.FrequentValue) -> JSONValue {
    ["value": .string(value.value), "count": .integer(value.count), "exact": .bool(value.isExact)]
  }

  private static func sample(_ sample: Evidence.Sample) -> JSONValue {
    [
      "file": .optional(sample.file), "line": sample.line.map { .integer($0) } ?? .null,
      "key": .optional(sample.name), "value": .string(sample.value),
    ]
  }

  private static func location(_ location: SourceLocation) -> JSONValue {
    ["file": .string(location.file), "line": .integer(location.line), "column": .integer(location.column)]
  }

  private static func diagnostic(_ diagnostic: Diagnostic) -> JSONValue {
    [
      "headline": .string(diagnostic.headline), "location": diagnostic.location.map(location) ?? .null,
      "label": .optional(diagnostic.label), "help": .array(diagnostic.help.map { .string($0) }),
    ]
  }
}

extension JSONValue {
  fileprivate static func integer(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }

  fileprivate static func double(_ value: Double) -> JSONValue { .number(JSONNumber(value)) }

  fileprivate static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  fileprivate static func seconds(_ duration: Duration) -> JSONValue { .double(Clock.secondsValue(duration)) }
}
