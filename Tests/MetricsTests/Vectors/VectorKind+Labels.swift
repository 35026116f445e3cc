import JSON
import Metrics
import Statistics
import VectorSupport

extension VectorKind {
  static let labels: [String: VectorKind] = [
    "binary_label": keyed(failing: ["precision", "recall", "f1"]) { vector, key in
      let rows = try binaryRows(vector)
      let arguments = vector.arguments("zero_division", "weights", "adjusted", "beta")
      switch key {
      case "confusion_tn_fp_fn_tp":
        let names = ["true_negatives", "false_positives", "false_negatives", "true_positives"]
        return try .any { .list(try names.map { .number(try Answer.value($0, [:], rows)) }) }
      case let key where key.hasPrefix("f") && Double(key.dropFirst()) != nil && key != "f1":
        return try .known("fbeta", arguments.merging(["beta": .number(Double(key.dropFirst()) ?? 1)]) { $1 }, rows)
      default: return try .known(key, arguments, rows)
      }
    },
    "multiclass_label": keyed(failing: ["precision_macro", "recall_macro", "f1_macro"]) { vector, key in
      try multiclassAnswer(vector, key)
    },
    "multilabel_label": keyed(failing: ["f1_micro"]) { vector, key in
      let table = try vector.table("y_true")
      let rows = try MultilabelRows(
        names: (0..<(table.first?.count ?? 0)).map { "\($0)" }, labels: table.joined().map { $0 != 0 },
        predictions: try vector.table("y_pred").joined().map { $0 != 0 }, weights: try vector.weights())
      return try averaged(key, vector.arguments("zero_division"), rows) ?? .known(key, rows)
    },
  ]

  /// Rows of two classes as scikit-learn's `average="binary"` sees them.
  private static func binaryRows(_ vector: VectorCase) throws -> BinaryRows {
    let (truth, predictions) = (try vector.labels("y_true"), try vector.labels("y_pred"))
    let positive = try vector["pos_label"].map { try Label($0) } ?? Label(1)
    let present = Set(truth + predictions)
    guard present.count < 2 || present.contains(positive) else {
      throw Undefined.outsideDomain("\(positive.word) is no label")
    }
    guard present.count <= 2 else { throw Undefined.outsideDomain("there are more than two classes") }
    return try BinaryRows(
      labels: truth.map { $0 == positive }, predictions: predictions.map { $0 == positive },
      weights: try vector.weights())
  }

  private static func multiclassAnswer(_ vector: VectorCase, _ key: String) throws -> Answer? {
    let (truth, predictions) = (try vector.labels("y_true"), try vector.labels("y_pred"))
    let asked = vector.has("labels") ? try vector.labels("labels") : nil
    let classes = Set(truth + predictions + (asked ?? [])).sorted()
    let rows = try MulticlassRows(
      classes: classes.map(\.word), labels: truth.map { classes.firstIndex(of: $0) ?? 0 },
      predictions: predictions.map { classes.firstIndex(of: $0) ?? 0 }, weights: try vector.weights())
    var arguments = vector.arguments("zero_division", "weights", "adjusted", "beta", "average")
    if let asked { arguments["labels"] = .words(asked.map(\.word)) }
    switch key {
    case "balanced_accuracy_adjusted":
      return try .metric("balanced_accuracy", ["adjusted": .flag(true)], rows)
    case "labels": return .list((asked ?? classes).map(\.answer))
    case "per_class":
      let names = ["precision", "recall", "f1", "support"]
      return .record(
        try names.reduce(into: [:]) { record, name in
          record[name] = .list(
            try (asked ?? classes).map { label in
              var arguments = arguments.filter { name != "support" && $0.key == "zero_division" }
              arguments["class"] = .word(label.word)
              return try .metric(name, arguments, rows)
            })
        })
    default: return try averaged(key, arguments, rows) ?? .known(key, arguments, rows)
    }
  }

  /// `f1_macro`: a metric with its average.
  static func averaged<Rows: MetricRows>(
    _ key: String, _ arguments: [String: MetricArgument], _ rows: Rows
  ) throws -> Answer? {
    guard let dash = key.lastIndex(of: "_") else { return nil }
    let average = String(key[key.index(after: dash)...])
    guard ["macro", "micro", "weighted", "samples"].contains(average) else { return nil }
    return try .known(String(key[..<dash]), arguments.merging(["average": .word(average)]) { $1 }, rows)
  }
}
