import DataChecks
import Language
import Scan
import TestSupport
import Testing
import Verdict

/// Some datasets of one config, of which the first has the rules: its name is `t`.
struct Neighbours {
  /// Each with its text; nil is a file that is not there.
  var tables: [(name: String, text: String?)]
  /// The rules of the others.
  var rules: [String: Tree] = [:]
  /// The one that the first is compared with.
  var baseline: String?
  /// What the texts are where they are no CSV.
  var formats: [String: TableFormat] = [:]
  /// Which part of the first is read; all of it when nil.
  var sample: Double?
  var memory = 256 << 20
  var threads = 1

  init(_ here: String, _ others: (String, String?)..., rules: [String: Tree] = [:]) {
    tables = [("t", here)] + others.map { ($0.0, $0.1) }
    self.rules = rules
  }

  /// All findings of the rules on the first table.
  func findings(
    _ tree: Tree, only patterns: [String] = [], sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> [Finding] {
    let folder = try TemporaryFolder()
    for (name, text) in tables {
      if let text { try folder.write(text, to: name) }
    }
    var problems = Problems()
    let subject = try subject(tree, in: folder.path, &problems)
    try #require(problems.isEmpty, "\(problems)", sourceLocation: sourceLocation)
    let context = RunContext(workingDirectory: "/", environment: [:], now: 0, threads: threads, memory: memory)
    return await subject.evaluate(Selection(patterns), in: context)
  }

  /// The finding of one check: `a.references`.
  func finding(
    _ name: String, _ tree: Tree, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> Finding {
    let findings = try await findings(tree, sourceLocation: sourceLocation)
    return try #require(
      findings.first { $0.id.description == "data.t." + name }, "\(findings.map(\.id))", sourceLocation: sourceLocation)
  }

  /// The lines of the rows that violate a check, or of all others, without the header; nil when it judges no rows.
  func written(_ tree: Tree, _ check: String, violating: Bool) async throws -> [String]? {
    let folder = try TemporaryFolder()
    for (name, text) in tables {
      if let text { try folder.write(text, to: name) }
    }
    var problems = Problems()
    let subject = try subject(tree, in: folder.path, &problems)
    let id = try #require(subject.checks.first { $0.id.description == "data.t." + check }?.id)
    let request = RowsRequest(of: id, violating: violating, as: .csv, showsSensitive: false)
    let sink = TextSink(limit: .max)
    let context = RunContext(workingDirectory: "/", environment: [:], now: 0, threads: threads, memory: memory)
    guard try await subject.writeRows(request, to: sink, in: context) != nil else { return nil }
    return String(decoding: sink.text, as: UTF8.self).split(separator: "\n").dropFirst().map(String.init)
  }

  /// What is wrong with the rules before any data is read.
  func problems(_ tree: Tree) throws -> [Diagnostic] {
    var problems = Problems()
    _ = try? subject(tree, in: "/", &problems)
    return problems.diagnostics
  }

  /// The same with the tables where they are read.
  func writtenProblems(_ tree: Tree) throws -> [Diagnostic] {
    let folder = try TemporaryFolder()
    for (name, text) in tables {
      if let text { try folder.write(text, to: name) }
    }
    var problems = Problems()
    _ = try? subject(tree, in: folder.path, &problems)
    return problems.diagnostics
  }

  func subject(_ tree: Tree, in folder: String, _ problems: inout Problems) throws -> DatasetSubject {
    let rules = try #require(Rules.shape.decode(tree.node(), &problems), "\(problems)")
    var peers: [PeerDataset] = []
    for (name, _) in tables {
      let own = name == "t" ? rules : Rules.shape.decode((self.rules[name] ?? [:]).node(), &problems) ?? Rules()
      peers.append(PeerDataset(name: name, source: source(name, in: folder), rules: own))
    }
    var here = source("t", in: folder)
    here.sample = sample
    let baseline = baseline.map { DataBaseline(of: source($0, in: folder), named: $0) }
    return DatasetSubject(
      name: "t", location: nil, source: here, rules: rules, peers: peers, baseline: baseline, problems: &problems)
  }

  private func source(_ name: String, in folder: String) -> TableSource {
    let path = name == "stdin" ? "-" : folder + "/" + name
    return TableSource(
      path: path, displayedAs: name + ".csv", TableOptions(dialect: CSVDialect(), format: formats[name]))
  }
}
