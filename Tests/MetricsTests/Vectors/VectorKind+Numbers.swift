import JSON
import Metrics
import Statistics
import VectorSupport

extension VectorKind {
  static let numbers: [String: VectorKind] = [
    "regression": keyed(failing: ["mse", "msle", "gamma_deviance"]) { vector, key in
      let isNested = vector["y_true"]?.arrayValue?.first?.arrayValue != nil
      let truth = try isNested ? vector.table("y_true") : vector.numbers("y_true").map { [$0] }
      let predicted = try isNested ? vector.table("y_pred") : vector.numbers("y_pred").map { [$0] }
      let outputs = truth.first?.count ?? 1
      let rows = try RegressionRows(
        labels: Array(truth.joined()), predictions: Array(predicted.joined()), outputs: outputs,
        weights: try vector.weights())
      if isNested, let answer = try multioutput(key, rows) { return answer }
      return try regressionAnswer(vector, key, rows)
    },
    "forecast": keyed(failing: ["mase", "wape", "coverage"]) { vector, key in try forecastAnswer(vector, key) },
  ]

  private static func regressionAnswer(_ vector: VectorCase, _ key: String, _ rows: RegressionRows) throws -> Answer? {
    let arguments = vector.arguments("force_finite", "power", "alpha")
    switch key {
    case "d2": return try .metric("d2_tweedie", vector.arguments("power"), rows)
    // What a perfect prediction of the same labels would score.
    case "r2_perfect":
      let perfect = try RegressionRows(labels: rows.labels, predictions: rows.labels)
      return try .metric("r2", vector.arguments("force_finite"), perfect)
    case let key where key.hasPrefix("pinball_") && Double(key.dropFirst(8)) != nil:
      return try .metric("pinball_loss", ["alpha": .number(Double(key.dropFirst(8)) ?? .nan)], rows)
    default: return try .known(key, arguments, rows)
    }
  }

  /// `mse_raw`: a metric of several outputs, and how they become one.
  private static func multioutput(_ key: String, _ rows: RegressionRows) throws -> Answer? {
    for (ending, arguments): (String, [String: MetricArgument]) in [
      ("_uniform", ["multioutput": .word("uniform_average")]),
      ("_variance_weighted", ["multioutput": .word("variance_weighted")]),
      // The weights of scikit-learn's own examples, which the file does not name.
      ("_weights", ["output_weights": .numbers([0.3, 0.7])]),
    ] where key.hasSuffix(ending) {
      return try .known(String(key.dropLast(ending.count)), arguments, rows)
    }
    guard key.hasSuffix("_raw") else { return nil }
    return .list(
      try (0..<rows.outputs).map { try .metric(String(key.dropLast(4)), ["output": .number(Double($0))], rows) })
  }

  private static func forecastAnswer(_ vector: VectorCase, _ key: String) throws -> Answer? {
    if key == "gaussian" {
      let table = try vector.table("gaussian")
      let rows = try ForecastRows(
        labels: table.map { $0[0] }, predictions: table.map { $0[1] }, deviations: table.map { $0[2] })
      return try .perRow("crps", rows)
    }
    if key == "ensemble" {
      let pairs = (vector["ensemble"]?.arrayValue ?? []).map { $0.arrayValue ?? [] }
      let rows = try ForecastRows(
        labels: pairs.map { $0[0].doubleValue ?? .nan },
        ensembles: pairs.map { ($0[1].arrayValue ?? []).map { $0.doubleValue ?? .nan } })
      return try .perRow("crps", rows)
    }
    func column(_ name: String) throws -> [Double]? { vector.has(name) ? try vector.numbers(name) : nil }
    let rows = try ForecastRows(
      labels: try vector.numbers("y_true"), predictions: try column("y_pred"), lower: try column("lower"),
      upper: try column("upper"), histories: [try column("y_train")].compactMap { $0 }, weights: try vector.weights())
    return try .known(key == "smape_0_200" ? "smape" : key, vector.arguments("seasonality", "alpha"), rows)
  }
}
