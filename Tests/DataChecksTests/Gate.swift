import DataChecks
import FoundationEssentials
import Language
import Scan
import Testing
import Verdict

/// Rules and a table brought together, as a run does it.
enum Gate {
  /// The rules, and what is wrong with them as `line headline`.
  static func rules(_ tree: Tree) -> (rules: Rules?, problems: [Diagnostic]) {
    var problems = Problems()
    let rules = Rules.shape.decode(tree.node(), &problems)
    return (rules, problems.diagnostics)
  }

  /// Everything that is wrong with the rules before any data is read.
  static func problems(_ tree: Tree) -> [Diagnostic] {
    var problems = Problems()
    guard let rules = Rules.shape.decode(tree.node(), &problems) else { return problems.diagnostics }
    _ = subject(rules, path: "unused.csv", CSVDialect(), &problems)
    return problems.diagnostics
  }

  static func subject(
    _ rules: Rules, path: String, _ dialect: CSVDialect, format: TableFormat? = nil, environment: String? = nil,
    _ problems: inout Problems
  ) -> DatasetSubject {
    DatasetSubject(
      name: "t", location: SourceLocation(file: "rules.yaml", line: 1, column: 1),
      source: TableSource(path: path, displayedAs: "t.csv", TableOptions(dialect: dialect, format: format)),
      rules: rules, environment: environment, problems: &problems)
  }

  /// The subject of rules in which nothing is wrong.
  static func subject(
    _ tree: Tree, path: String, _ dialect: CSVDialect = CSVDialect(), format: TableFormat? = nil,
    environment: String? = nil, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws -> DatasetSubject {
    var problems = Problems()
    let rules = try #require(Rules.shape.decode(tree.node(), &problems), "\(problems)", sourceLocation: sourceLocation)
    let subject = subject(rules, path: path, dialect, format: format, environment: environment, &problems)
    try #require(problems.isEmpty, "\(problems)", sourceLocation: sourceLocation)
    return subject
  }

  /// The findings of the rules on a table.
  static func findings(
    _ tree: Tree, on csv: String, _ dialect: CSVDialect = CSVDialect(), format: TableFormat? = nil,
    environment: String? = nil, only patterns: [String] = [], now: String = "1970-01-01",
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> [Finding] {
    try await findings(
      tree, on: Array(csv.utf8), dialect, format: format, environment: environment, only: patterns, now: now,
      sourceLocation: sourceLocation)
  }

  static func findings(
    _ tree: Tree, on bytes: [UInt8], _ dialect: CSVDialect = CSVDialect(), format: TableFormat? = nil,
    environment: String? = nil, only patterns: [String] = [], now: String = "1970-01-01",
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> [Finding] {
    let file = FileManager.default.temporaryDirectory.appending(path: "cupel-" + UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await findings(
      tree, at: file.path(), dialect, format: format, environment: environment, only: patterns, now: now,
      sourceLocation: sourceLocation)
  }

  static func findings(
    _ tree: Tree, at path: String, _ dialect: CSVDialect = CSVDialect(), format: TableFormat? = nil,
    environment: String? = nil, only patterns: [String] = [], now: String = "1970-01-01",
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> [Finding] {
    let subject = try subject(
      tree, path: path, dialect, format: format, environment: environment, sourceLocation: sourceLocation)
    let seconds = try #require(Literal.integer(now, as: .timestamp), sourceLocation: sourceLocation) / 1_000_000
    let context = RunContext(workingDirectory: "/", environment: [:], now: seconds)
    return await subject.evaluate(Selection(patterns), in: context)
  }

  /// The finding of one check: `a.type`, or `rows`.
  static func finding(
    _ name: String, _ tree: Tree, on csv: String, _ dialect: CSVDialect = CSVDialect(), format: TableFormat? = nil,
    environment: String? = nil, now: String = "1970-01-01", sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> Finding {
    let findings = try await findings(
      tree, on: csv, dialect, format: format, environment: environment, now: now, sourceLocation: sourceLocation)
    return try #require(
      findings.first { $0.id.description == "data.t." + name }, "\(findings.map(\.id))", sourceLocation: sourceLocation)
  }
}

extension Evidence.Counts {
  /// `rows, nulls, evaluated, violating`.
  var all: [Int?] { [rows, nulls, evaluated, violating] }
}
