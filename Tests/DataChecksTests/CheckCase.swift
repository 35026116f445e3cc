import Config
import DataChecks
import FoundationEssentials
import Language
import Scan
import TestSupport
import Testing
import Verdict

/// The tables of one kind of check and what must come of each: a file of the folder `Cases`, named like the kind. The
/// rules are the example of the kind's documentation.
///
/// A table is CSV, in which the line `@9 a{n}` stands for nine lines with their numbers, and `{bit}` for the parity of the
/// ones of a number, which nothing simple tells; JSON Lines; or the name of a file in the folder. A CSV table without values, without rows, or with words in all its fields is made of the passing one.
struct CheckCase {
  enum Condition: String, CaseIterable {
    case passing, failing, empty
    case allNull = "all_null"
    case wrongType = "wrong_type"
  }

  /// The outcomes of the findings of the kind in their order, or one for all of them.
  var expected: [Condition: [Outcome]] = [.passing: [.passed], .failing: [.failed]]
  /// Why a check passes where there is nothing to evaluate.
  var because: String?
  private var tables: [Condition: String] = [:]
  /// The other datasets of the config.
  private var datasets: [(name: Located<String>, value: String)] = []
  /// The files that the example names.
  private var files: [(name: Located<String>, value: String)] = []
  /// What earlier runs measured: the identity of the check and the metric with a blank between, and the values.
  private var history: [(name: Located<String>, value: [Double])] = []
  private var environment: String?
  private var now: String?

  private static let folder = Repository.root + "/Tests/DataChecksTests/Cases/"

  private static var shape: Shape<CheckCase> {
    let text = Shape<String>.string
    let outcome = Shape<Outcome>.choice.oneOrMany
    let outcomes = [Condition.allNull, .empty, .wrongType].map { condition in
      Key<CheckCase>.each(condition.rawValue, outcome, "") { outcomes, _, root in root.expected[condition] = outcomes }
    }
    let tables = Condition.allCases.map { condition in
      Key<[Condition: String]>.each(condition.rawValue, text, "") { table, _, root in root[condition] = table }
    }
    return .object(
      CheckCase(),
      outcomes + tables.prefix(2).map { $0.within(\.tables) } + [
        .each("tables", .object([:], tables), "") { given, _, root in root.tables.merge(given) { $1 } },
        .each("fails_as", outcome, "") { outcomes, _, root in root.expected[.failing] = outcomes },
        .key("datasets", \.datasets, text.dictionary, ""),
        .key("files", \.files, text.dictionary, ""), .optional("because", \.because, text, ""),
        .key("history", \.history, Shape<Double>.number.list.dictionary, ""),
        .optional("environment", \.environment, text, ""), .optional("now", \.now, text, ""),
      ])
  }

  init() {}

  init(of kind: String) throws {
    let path = Self.folder + kind + ".yaml"
    var problems = Problems()
    let file = ConfigReader.read(path, displayedAs: kind + ".yaml", environment: [:], problems: &problems)
    let decoded = file.flatMap { Self.shape.decode($0.root, &problems) }
    self = try #require(problems.isEmpty ? decoded : nil, "\(problems.diagnostics)")
    // What is given in so many words stands before what is made of the passing table.
    tables.merge(try derived()) { given, _ in given }
  }

  private func derived() throws -> [Condition: String] {
    let passing = try #require(tables[.passing])
    guard !passing.hasPrefix("{"), !passing.hasSuffix(".parquet") else { return [:] }
    let lines = Self.expanded(passing).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let header = String(lines[0])
    let width = header.split(separator: ",", omittingEmptySubsequences: false).count
    try #require(width > 1, "a blank line is no record: a table of one column needs another one")
    func rows(_ value: String) -> String {
      let row = [String](repeating: value, count: width).joined(separator: ",") + "\n"
      return header + "\n" + String(repeating: row, count: lines.count - 1)
    }
    return [.empty: header + "\n", .allNull: rows(""), .wrongType: rows("wrong")]
  }

  private static func expanded(_ table: String) -> String {
    let lines = table.split(separator: "\n", omittingEmptySubsequences: false)
    let expanded = lines.flatMap { line -> [String] in
      guard line.hasPrefix("@"), let space = line.firstIndex(of: " "), let count = Int(line[..<space].dropFirst())
      else { return [String(line)] }
      return (1...count).map { number in
        String(line[space...].dropFirst()).replacing("{n}", with: "\(number)")
          .replacing("{bit}", with: "\(number.nonzeroBitCount & 1)")
      }
    }
    return expanded.joined(separator: "\n")
  }

  // MARK: - The run

  private struct Config {
    var data: [(name: Located<String>, value: DatasetDeclaration)] = []

    static var shape: Shape<Config> {
      .object(Config(), [.key("data", \.data, DatasetDeclaration.shape.dictionary, "")], keepsGoing: true)
    }
  }

  /// A whole config of the example, which is one already or the rules of a dataset.
  private func config(_ example: String, of source: String) -> String {
    guard !example.hasPrefix("data:") else { return example }
    let rules = example.split(separator: "\n").map { "    \($0)\n" }.joined()
    let others = datasets.map { "  \($0.name.value): {source: \($0.name.value).csv}\n" }.joined()
    return "data:\n  flights:\n    source: \(source)\n" + rules + others
  }

  /// All findings of the example on the table.
  ///
  /// - Parameter rowKey: a column whose values tell the rows from each other; nil when the rules say none.
  func findings(
    _ example: String, under condition: Condition, rowKey: String? = nil
  ) async throws -> [Finding] {
    try await run(example, under: condition, rowKey: rowKey) { $0 }
  }

  /// The first column of a CSV table.
  func firstColumn(under condition: Condition) -> String? {
    guard let table = tables[condition], !table.hasPrefix("{"), !table.hasSuffix(".parquet") else { return nil }
    return table.split(separator: "\n").first?.split(separator: ",").first.map(String.init)
  }

  /// The findings of the tests of the example's checks themselves, on the passing table.
  func selfTests(_ example: String) async throws -> [Finding] {
    try await run(example, under: .passing) { SelfTest(of: $0, .everything) }
  }

  private func run(
    _ example: String, under condition: Condition, rowKey: String? = nil, as role: (DatasetSubject) -> any Subject
  ) async throws -> [Finding] {
    let folder = try TemporaryFolder()
    let table = try #require(tables[condition], "the case has no table for \(condition.rawValue)")
    let source = table.hasPrefix("{") ? "flights.jsonl" : "flights.csv"
    if table.hasSuffix(".parquet") {
      let bytes = try Data(contentsOf: URL(filePath: Self.folder + table))
      try folder.write(Array(bytes), to: source)
    } else {
      try folder.write(Self.expanded(table), to: source)
    }
    for dataset in datasets { try folder.write(Self.expanded(dataset.value), to: dataset.name.value + ".csv") }
    for file in files { try folder.write(file.value, to: file.name.value) }
    var problems = Problems()
    let subject = subject(config(example, of: source), in: folder.path, rowKey: rowKey, &problems)
    let found = try #require(problems.isEmpty ? subject : nil, "\(problems.diagnostics)")
    let now = now.flatMap { Literal.integer($0, as: .timestamp) } ?? 0
    var context = RunContext(workingDirectory: "/", environment: [:], now: now / 1_000_000)
    context.history = .known(known)
    return await role(found).evaluate(.everything, in: context)
  }

  private var known: MetricHistory {
    var known = MetricHistory()
    for series in history {
      let words = series.name.value.split(separator: " ", maxSplits: 1).map(String.init)
      known[MetricHistory.Key(check: words[0], metric: words[1])] = series.value.enumerated().map { day, value in
        MetricHistory.Point(time: Int64(day) * 86_400, value: value)
      }
    }
    return known
  }

  private func subject(
    _ config: String, in folder: String, rowKey: String?, _ problems: inout Problems
  ) -> DatasetSubject? {
    let file = ConfigReader.read(
      bytes: Array(config.utf8), path: folder + "/cupel.yaml", displayedAs: folder + "/cupel.yaml",
      environment: [:], problems: &problems)
    guard let data = file.flatMap({ Config.shape.decode($0.root, &problems) })?.data else { return nil }
    let peers = data.map { name, declared in
      let rules = declared.rules.loaded(
        { file, problems in
          ConfigReader.bytes(
            of: folder + "/" + file.value, displayedAs: file.value, namedAt: file.location, problems: &problems)
        }, &problems)
      let path = declared.sources[0].value
      let options = TableOptions(dialect: declared.dialect.dialect(for: path), format: declared.format)
      let source = TableSource(path: folder + "/" + path, displayedAs: path, options)
      return (rules, PeerDataset(name: name.value, source: source, rules: rules))
    }
    guard let (declared, own) = peers.first else { return nil }
    var rules = declared
    if let rowKey { rules.rowKey = Located([rowKey], at: SourceLocation(file: "cupel.yaml", line: 1, column: 1)) }
    let baseline = data[0].value.baseline.flatMap { declared -> DataBaseline? in
      guard case .dataset(let name) = declared else { return nil }
      return peers.first { $0.1.name == name.value }.map { DataBaseline(of: $0.1.source, named: name.value) }
    }
    return DatasetSubject(
      name: own.name, location: nil, source: own.source, rules: rules, environment: environment,
      peers: peers.map(\.1), baseline: baseline, problems: &problems)
  }
}
