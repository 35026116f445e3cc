import FoundationEssentials
import Language
import ModelChecks
import TestSupport
import Verdict

/// A folder with metrics files, and the findings about a model that compares them.
struct ModelFixture {
  let folder: TemporaryFolder

  init(_ files: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    for (name, content) in files { try folder.write(content, to: name) }
  }

  /// Stand-ins for the real readers: one `key: value` a line, and fields between commas.
  static let sources = MetricsSources(
    yaml: { bytes, name in
      let text = String(decoding: bytes, as: UTF8.self)
      let place = SourceLocation(file: name, line: 1, column: 1)
      var entries: [Node.Entry] = []
      for line in text.split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return .failure(Diagnostic("expected a key", at: place)) }
        let value = String(parts[1].drop { $0 == " " })
        entries.append(
          Node.Entry(key: String(parts[0]), keyLocation: place, value: Node(.scalar(value, quoted: false), at: place)))
      }
      return .success(Node(.mapping(entries), at: place))
    },
    csv: { bytes, _ in
      .success(
        String(decoding: bytes, as: UTF8.self).split(separator: "\n")
          .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) })
    },
    write: { bytes, path in
      do {
        try Data(bytes).write(to: URL(filePath: path))
        return nil
      } catch {
        return "no such folder"
      }
    })

  /// What the config says of a model, decoded.
  static func decode(
    _ models: ConfigTree, file: String = "cupel.yaml"
  ) -> (subjects: [ModelSubject]?, problems: [Diagnostic]) {
    var problems = Problems()
    let subjects = ModelSubject.shape(sources).decode(models.node(file: file), &problems)
    return (problems.isEmpty ? subjects : nil, problems.diagnostics)
  }

  func findings(
    _ model: ConfigTree, only patterns: [String] = [], file: String = "cupel.yaml",
    history: HistoryAccess = .unwanted, now: Int64 = 0,
    as role: (ModelSubject) -> any Subject = { $0 }
  ) async throws -> [Finding] {
    let (subjects, problems) = Self.decode(["delay": model], file: file)
    guard let subject = subjects?.first else { throw ConfigFailure(problems: problems) }
    var context = RunContext(workingDirectory: folder.path, environment: [:], now: now)
    context.history = history
    return await role(subject).evaluate(Selection(patterns), in: context)
  }

  /// A model whose candidate and baseline are `c.json` and `b.json`.
  static func model(_ gates: [ConfigTree], whenMissing: String = "error") -> ConfigTree {
    [
      "candidate": ["metrics": "c.json"],
      "baseline": ["metrics": "b.json", "when_missing": .scalar(whenMissing)],
      "gates": .sequence(gates),
    ]
  }

  /// The one finding about one gate, with these values of the metric `m` written as JSON; nil leaves the file out.
  static func finding(
    candidate: String?, baseline: String?, _ bound: (String, ConfigTree), direction: String = "higher",
    whenMissing: String = "error"
  ) async throws -> Finding {
    var files: [String: String] = [:]
    files["c.json"] = candidate
    files["b.json"] = baseline
    let gate = ConfigTree.mapping([("metric", "m"), ("direction", .scalar(direction)), bound])
    let findings = try await ModelFixture(files).findings(model([gate], whenMissing: whenMissing))
    guard findings.count == 1 else { throw ConfigFailure(problems: []) }
    return findings[0]
  }
}

struct ConfigFailure: Error {
  var problems: [Diagnostic]
}
