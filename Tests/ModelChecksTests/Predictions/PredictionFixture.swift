import Language
import ModelChecks
import TestSupport
import Verdict

/// Models that are judged by predictions in files of a test.
enum PredictionFixture {
  /// A binary model whose sides are `c.csv` and `b.csv`, joined by `id`.
  static func model(_ gates: [ConfigTree], _ more: [(String, ConfigTree)] = [], baseline: String? = "b.csv")
    -> ConfigTree
  {
    var keys: [(String, ConfigTree)] = [("task", "binary"), ("label", "y"), ("score", "p"), ("id", "id")]
    keys = keys.filter { key, _ in !more.contains { $0.0 == key } } + more
    keys.append(("candidate", ["predictions": "c.csv"]))
    if let baseline { keys.append(("baseline", ["predictions": .scalar(baseline)])) }
    keys.append(("gates", .sequence(gates)))
    return .mapping(keys)
  }

  /// A table of `id,y,p`.
  static func csv(_ rows: [(id: String, y: String, p: String)]) -> String {
    "id,y,p\n" + rows.map { "\($0.id),\($0.y),\($0.p)\n" }.joined()
  }

  /// Predictions in which a model is right so often: rows from 0 on with alternating labels.
  static func csv(count: Int, isRight: (Int) -> Bool) -> String {
    csv(
      (0..<count).map { row in
        let label = row % 2
        let call = isRight(row) ? label : 1 - label
        return ("r\(row)", "\(label)", call == 1 ? "0.9" : "0.1")
      })
  }

  static func findings(
    _ candidate: String, _ baseline: String?, _ gates: [ConfigTree], _ more: [(String, ConfigTree)] = [],
    only patterns: [String] = []
  ) async throws -> [Finding] {
    var files = ["c.csv": candidate]
    files["b.csv"] = baseline
    return try await ModelFixture(files).findings(
      model(gates, more, baseline: baseline == nil ? nil : "b.csv"), only: patterns)
  }
}
