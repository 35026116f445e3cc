import Verdict

/// A run written by hand, with one finding of every kind; its reports are the goldens.
enum SampleRun {
  static let config = "cupel.yaml"

  /// The place of `word` in a line.
  static func place(_ file: String, _ line: Int, of word: String, in text: String) -> SourceLocation {
    let before = text.firstRange(of: word).map { text.unicodeScalars[..<$0.lowerBound].count } ?? 0
    return SourceLocation(
      file: file, line: line, column: before + 1, length: word.unicodeScalars.count, lineText: text)
  }

  static let passed = ["flight_id.required", "flight_id.unique", "distance.between"].map { name -> Finding in
    let parts = name.split(separator: ".").map(String.init)
    return Finding(
      id: CheckID(suite: .data, subject: "flights", column: parts[0], check: parts[1]), kind: parts[1],
      outcome: .passed, message: "0 of 12000 rows violate it",
      evidence: Evidence(counts: .init(rows: 12000, nulls: 0, evaluated: 12000, violating: 0)))
  }

  static let failed = Finding(
    id: CheckID(suite: .data, subject: "flights", column: "dep_delay", check: "missing"), kind: "missing",
    outcome: .failed, message: "3.4% of the rows have no value, at most 3% may",
    evidence: Evidence(
      observed: Quantity(0.034, .share), limit: .atMost(Quantity(0.03, .share)),
      counts: .init(rows: 12000, nulls: 408, evaluated: 12000, violating: 408),
      frequent: [.init("\"N/A\"", count: 1204), .init("\"-\"", count: 88, isExact: false), .init("\"\"", count: 1)],
      samples: [
        .init(file: "data/flights.csv", line: 57, key: "UA-1714", value: ""),
        .init(file: "data/flights.csv", line: 1093, key: "B6-7", value: ""),
      ]),
    location: place("rules/flights.yaml", 7, of: "3%", in: "  dep_delay:  {type: number, missing: {at_most: 3%}}"),
    reproduce: "cupel run --only data.flights.dep_delay.missing",
    quarantine: "cupel data rows data.flights.dep_delay.missing")

  static let warned = Finding(
    id: CheckID(suite: .data, subject: "flights", column: "carrier", check: "drift"), kind: "drift",
    outcome: .inconclusive, severity: .warn, message: "total variation 0.094 may lie on either side of 0.1",
    evidence: Evidence(
      observed: Quantity(0.094), baseline: Quantity(0), limit: .atMost(Quantity(0.1)),
      counts: .init(rows: 12000, nulls: 0, evaluated: 12000, violating: nil),
      interval: .init(lower: 0.081, upper: 0.1073, level: 0.95), method: "multinomial bootstrap",
      notes: ["about 21000 rows would decide"]),
    location: place(
      "cupel.yaml", 9, of: "0.1", in: "    drift: {columns: all, distance: {at_most: 0.1}, confidence: 95%}"))

  static let skipped = Finding(
    id: CheckID(suite: .data, subject: "flights", column: "email", check: "format"), kind: "format",
    outcome: .skipped, reason: .dependency, message: "data.flights.email.present failed")

  static let errored = Finding(
    id: CheckID(suite: .models, subject: "delay", column: "roc_auc", check: "max_regression"),
    kind: "max_regression", outcome: .errored, reason: .baseline,
    message: "cannot read the baseline out/champion.csv: No such file or directory",
    evidence: Evidence(notes: ["set `when_missing: accept` to let the first run pass"]),
    location: place("cupel.yaml", 17, of: "out/champion.csv", in: "    baseline:  {predictions: out/champion.csv}"),
    reproduce: "cupel model delay")

  static let refused = Finding(
    id: CheckID(suite: .endpoints, subject: "delay-api", check: "rejects"), kind: "rejects", outcome: .failed,
    message: "a malformed request was answered with 200, expected 4xx",
    evidence: Evidence(
      observedText: "200 OK", limit: .text("4xx"), method: "request",
      notes: ["POST /v2/models/delay/infer\n{\"inputs\": 7}"]),
    location: place("cupel.yaml", 30, of: "rejects", in: "      - rejects: malformed"),
    reproduce: "cupel endpoint delay-api",
    duration: .milliseconds(12))

  static let run = RunResult(
    project: "flights", version: "0.1.0", config: config, startedAt: 1_795_218_893, duration: .milliseconds(1318),
    findings: passed + [failed, warned, skipped, errored, refused])

  static let brokenConfig = RunResult(
    project: "", version: "0.1.0", config: config, startedAt: 1_795_218_893, duration: .milliseconds(4),
    diagnostics: [
      Diagnostic(
        "unknown key `mising` in column `dep_delay`",
        at: place("rules/flights.yaml", 12, of: "mising", in: "  dep_delay:  {type: number, mising: {at_most: 3%}}"),
        label: "did you mean `missing`?", help: ["allowed here: type, required, missing, between, allow"]),
      Diagnostic("there is no file `rules/fares.yaml`", help: ["make it, or correct `rules:` in cupel.yaml"]),
    ])
}
