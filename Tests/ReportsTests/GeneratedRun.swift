import TestSupport
import Verdict

/// Runs with random findings, whose texts are as hostile as data can be.
struct GeneratedRun {
  private var random: SeededGenerator

  static let seeds: [UInt64] = Array(1...40)

  private static let fragments = [
    "::error file=a.py::boom", "  ::stop-commands::x", "##[error]boom", "##vso[task.complete result=Failed]",
    "##teamcity[testFailed name='a']", "###[x", "\u{1B}[31mred\u{1B}[0m", "\u{1B}]0;title\u{07}", "\u{1B}[2J", "\u{0}",
    "\r",
    "\n", "\t", "\u{7F}", "\u{85}", "\u{9B}31m", "\u{202E}txt.exe", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{2028}",
    "\u{FFFE}", "\u{FFFF}", "]]>", "<script>alert(1)</script>", "&lt;", "\"", "'", "`", "```", "````", "| a | b |",
    "@octocat", "#1234", "[x](https://evil.example)", "https://evil.example", "www.evil.example", "</details>",
    "<!-- ", "$x$", "漢字", "👩‍👩‍👧‍👦", "e\u{301}", "\u{E0041}", "\\", "", " ", "plain", "dep_delay", "a.b",
  ]

  static func make(seed: UInt64) -> RunResult {
    var generator = GeneratedRun(random: SeededGenerator(seed: seed))
    return generator.run()
  }

  private mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func text() -> String {
    let size = chance(3) ? 3000 : Int.random(in: 0...6, using: &random)
    return (0..<size).map { _ in pick(Self.fragments) }.joined()
  }

  private mutating func number() -> Double {
    pick([0, -1, 0.034, 1e-9, 1e300, .nan, .infinity, -.infinity, Double.random(in: -1e6...1e6, using: &random)])
  }

  private mutating func quantity() -> Quantity {
    Quantity(number(), pick([.none, .share, .rows, .columns, .seconds, .bytes]))
  }

  private mutating func bound() -> Bound {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: .atLeast(quantity())
    case 1: .atMost(quantity())
    case 2: .between(quantity(), quantity())
    case 3: .equals(quantity())
    default: .text(text())
    }
  }

  private mutating func location() -> SourceLocation {
    SourceLocation(
      file: text(), line: Int.random(in: 1...100_000, using: &random), column: Int.random(in: 1...300, using: &random),
      length: Int.random(in: 1...100, using: &random), lineText: text())
  }

  private mutating func evidence() -> Evidence {
    var evidence = Evidence(method: text())
    if chance(70) { evidence.observed = quantity() }
    if chance(30) { evidence.observedText = text() }
    if chance(30) { evidence.baseline = quantity() }
    if chance(70) { evidence.limit = bound() }
    if chance(50) {
      let rows = Int.random(in: 0...1000, using: &random)
      evidence.counts = .init(
        rows: rows, nulls: 0, evaluated: rows, violating: chance(80) ? Int.random(in: 0...rows, using: &random) : nil)
    }
    if chance(20) {
      evidence.sampled = .init(share: Quantity(0.05, .share), rows: Int.random(in: 0...9, using: &random), leftOut: 1)
    }
    if chance(30) { evidence.interval = .init(lower: number(), upper: number(), level: 0.95) }
    evidence.frequent = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      .init(text(), count: Int.random(in: 1...100_000, using: &random), isExact: chance(50))
    }
    evidence.samples = (0..<Int.random(in: 0...30, using: &random)).map { _ in
      .init(
        file: chance(50) ? text() : nil, line: chance(50) ? Int.random(in: 1...99, using: &random) : nil,
        key: chance(50) ? text() : nil, value: text())
    }
    evidence.notes = (0..<Int.random(in: 0...4, using: &random)).map { _ in text() }
    return evidence
  }

  private mutating func finding(_ number: Int) -> Finding {
    let outcome = pick(Outcome.allCases)
    return Finding(
      id: CheckID(
        suite: pick(Suite.allCases), subject: pick(["flights", "a.b", text()]), column: chance(60) ? text() : nil,
        check: "\(text())-\(number)"),
      kind: text(), outcome: outcome, severity: pick([.block, .block, .warn]),
      reason: outcome == .errored || outcome == .skipped
        ? pick([.io, .baseline, .requested, .dependency, Reason(rawValue: text()), nil]) : nil,
      message: text(), evidence: evidence(), location: chance(70) ? location() : nil,
      reproduce: chance(50) ? text() : nil, quarantine: chance(50) ? text() : nil,
      duration: chance(50) ? .milliseconds(Int.random(in: -5...100_000, using: &random)) : nil)
  }

  private mutating func run() -> RunResult {
    let count = chance(10) ? 0 : Int.random(in: 1...40, using: &random)
    var run = RunResult(
      project: text(), version: text(), config: chance(80) ? text() : nil,
      startedAt: Int64.random(in: -10_000_000_000...10_000_000_000, using: &random),
      duration: .milliseconds(Int.random(in: -5...1_000_000, using: &random)),
      findings: (0..<count).map { finding($0) },
      failsOnWarnings: chance(30))
    if chance(15) {
      run.findings = []
      run.diagnostics = (0...2).map { _ in
        Diagnostic(text(), at: chance(80) ? location() : nil, label: text(), help: [text()])
      }
    }
    if chance(10) { run.interruption = pick([.interrupt, .terminate]) }
    if chance(10) { run.internalError = text() }
    if chance(10) { run.reportFailures = [text()] }
    return run
  }
}
