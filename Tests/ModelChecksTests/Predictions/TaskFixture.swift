import ModelChecks
import TestSupport
import Verdict

/// Models of any task, judged by files of a test.
enum TaskFixture {
  /// A model with these keys whose sides are `c.csv` and `b.csv`.
  static func model(
    _ task: String, _ keys: [(String, ConfigTree)], _ gates: [ConfigTree], baseline: String? = nil,
    candidate: String = "c.csv"
  ) -> ConfigTree {
    var all: [(String, ConfigTree)] = [("task", .scalar(task))] + keys
    all.append(("candidate", ["predictions": .scalar(candidate)]))
    if let baseline { all.append(("baseline", ["predictions": .scalar(baseline)])) }
    all.append(("gates", .sequence(gates)))
    return .mapping(all)
  }

  static func findings(
    _ task: String, _ keys: [(String, ConfigTree)], _ gates: [ConfigTree], candidate: String, baseline: String? = nil,
    others: [String: String] = [:]
  ) async throws -> [Finding] {
    var files = others
    files["c.csv"] = candidate
    files["b.csv"] = baseline
    return try await ModelFixture(files).findings(
      model(task, keys, gates, baseline: baseline == nil ? nil : "b.csv"))
  }

  static func problems(_ task: String, _ keys: [(String, ConfigTree)], _ gates: [ConfigTree]) -> [String] {
    ModelFixture.decode(["m": model(task, keys, gates)]).problems.map(\.headline)
  }

  /// A gate that a metric of this value keeps, to a billionth.
  static func gate(_ metric: ConfigTree, is value: Double, id: String? = nil) -> ConfigTree {
    var keys: [(String, ConfigTree)] = [
      ("metric", metric), ("between", [.init(floatLiteral: value - 1e-9), .init(floatLiteral: value + 1e-9)]),
    ]
    if let id { keys.append(("id", .scalar(id))) }
    return .mapping(keys)
  }
}
