import JSON
import Metrics
import Statistics
import VectorSupport

extension VectorKind {
  static let scores: [String: VectorKind] = [
    "binary_score": keyed(failing: ["log_loss", "brier"]) { vector, key in
      if let generated = try GeneratedScores(vector) {
        switch key {
        case "n_pos": return .number(Double(generated.labels.count { $0 }))
        case "unweighted", "weighted":
          let rows = try BinaryRows(
            labels: generated.labels, scores: generated.scores,
            weights: key == "weighted" ? generated.weights : nil)
          let expected = vector.outputs?[key]?.objectValue?.members.map(\.key) ?? []
          return .record(try expected.reduce(into: [:]) { $0[$1] = try scoreAnswer($1, rows, vector) })
        default: return nil
        }
      }
      let truth = try vector.labels("y_true")
      let positive =
        try vector["pos_label"].map { try Label($0) }
        ?? (truth.contains { $0.number == nil }
          ? truth.max() : nil) ?? Label(1)
      let rows = try BinaryRows(
        labels: truth.map { $0 == positive }, scores: try vector.numbers("y_score"), weights: try vector.weights())
      return try scoreAnswer(key, rows, vector)
    },
    "multiclass_score": keyed(failing: ["roc_auc_ovr_macro", "log_loss"]) { vector, key in
      let rows = try multiclassRows(vector, "y_score")
      let parts = key.split(separator: "_").map(String.init)
      switch key {
      case "roc_auc_ovr_per_class":
        return .list(try rows.classes.map { try .metric("roc_auc", ["class": .word($0)], rows) })
      case let key where key.hasPrefix("roc_auc_ov") && parts.count == 4:
        return try .metric("roc_auc", ["multi_class": .word(parts[2]), "average": .word(parts[3])], rows)
      case let key where key.hasPrefix("brier_multiclass"):
        let halves = key.contains("scaled_by_half")
        return try .metric("brier_score", ["scale_by_half": .flag(halves)], rows)
      case let key where key.hasPrefix("top_"):
        guard let k = Double(parts[1]) else { return nil }
        return try .metric("top_k_accuracy", ["k": .number(k)], rows)
      case "normalize_false":
        return try .metric(
          "top_k_accuracy", vector.arguments("k").merging(["normalize": .flag(false)]) { $1 }, rows)
      default: return try averaged(key, [:], rows) ?? .known(key, rows)
      }
    },
    "multilabel_score": keyed(failing: ["lrap"]) { vector, key in
      let table = try vector.table("y_true")
      let rows = try MultilabelRows(
        names: (0..<(table.first?.count ?? 0)).map { "\($0)" }, labels: table.joined().map { $0 != 0 },
        scores: Array(try vector.table("y_score").joined()), weights: try vector.weights())
      let names = ["coverage": "coverage_error", "loss": "label_ranking_loss"]
      return try averaged(key, [:], rows) ?? .known(names[key] ?? key, rows)
    },
    "calibration": keyed(failing: ["ece", "statistic", "brier"]) { vector, key in try calibrationAnswer(vector, key) },
  ]

  static func multiclassRows(_ vector: VectorCase, _ scores: String) throws -> MulticlassRows {
    let truth = try vector.labels("y_true")
    let table = try vector.table(scores)
    var classes = vector.has("labels") ? try vector.labels("labels") : Set(truth).sorted()
    guard classes == classes.sorted() else { throw Undefined.outsideDomain("the labels are not in order") }
    // Calibration numbers its classes; scikit-learn asks for their list where one has no rows.
    if scores == "y_prob", let width = table.first?.count, classes.count < width {
      classes = (0..<width).map { Label($0) }
    }
    guard truth.allSatisfy(classes.contains), classes.count == table.first?.count else {
      throw Undefined.outsideDomain("a label is no class")
    }
    return try MulticlassRows(
      classes: classes.map(\.word), labels: truth.map { classes.firstIndex(of: $0) ?? 0 },
      probabilities: Array(table.joined()), weights: try vector.weights())
  }

  private static func scoreAnswer(_ key: String, _ rows: BinaryRows, _ vector: VectorCase) throws -> Answer? {
    let points = [
      "max_precision_at_recall>=": ("precision_at_recall", "recall"),
      "max_recall_at_precision>=": ("recall_at_precision", "precision"),
      "max_tpr_at_fpr<=": ("recall_at_fpr", "fpr"),
    ]
    for (prefix, (name, parameter)) in points where key.hasPrefix(prefix) {
      return try .metric(name, [parameter: .number(Double(key.dropFirst(prefix.count)) ?? .nan)], rows)
    }
    switch key {
    case "pr_auc_trapezoid": return try .metric("pr_auc", rows)
    case "ks_stat_max_tpr_minus_fpr": return try .metric("ks_statistic", rows)
    case "log_loss_with_labels": return try .metric("log_loss", rows)
    // Without the list of labels one class may be all there is.
    case "log_loss_no_labels":
      return Set(rows.labels).count == 1 ? .undefined(.singleClass) : try .metric("log_loss", rows)
    case "brier", "brier_pos1": return try .metric("brier_score", rows)
    case "roc_auc_mcclish": return try .metric("roc_auc", vector.arguments("max_fpr"), rows)
    case "roc_curve":
      let curve = try ROCCurve(rows)
      let above = Answer.undefined(.outsideDomain("no finite threshold lies above all scores"))
      return .record([
        "fpr": .numbers(curve.falsePositiveRates), "tpr": .numbers(curve.truePositiveRates),
        "thresholds": .list([above] + curve.thresholds.map { .number($0) }),
      ])
    default: return try .known(key, vector.arguments("max_fpr", "scale_by_half"), rows)
    }
  }

  private static func calibrationAnswer(_ vector: VectorCase, _ key: String) throws -> Answer? {
    var arguments = vector.arguments("strategy")
    arguments["bins"] = vector.arguments("n_bins")["n_bins"]
    let isTable = vector["y_prob"]?.arrayValue?.first?.arrayValue != nil
    if isTable {
      let rows = try multiclassRows(vector, "y_prob")
      guard key == "bins_count_conf_acc" else { return try .known(key, arguments, rows) }
      let probabilities = try vector.table("y_prob")
      let hits = zip(rows.predictions, rows.labels).map { $0 == $1 }
      return try bins(vector, hits, probabilities.map { $0.max() ?? 0 })
    }
    let labels = try vector.numbers("y_true").map { $0 == 1 }
    let scores = try vector.numbers("y_prob")
    let rows = try BinaryRows(labels: labels, scores: scores, weights: try vector.weights())
    switch key {
    case "bins_count_conf_acc": return try bins(vector, labels, scores)
    case "prob_true", "prob_pred":
      let bins = try calibrationBins(vector, labels, scores).filter { $0.count > 0 }
      return .list(bins.map { .number((key == "prob_true" ? $0.accuracy : $0.confidence) ?? .nan) })
    case "brier": return try .metric("brier_score", rows)
    case "statistic": return try .metric("hosmer_lemeshow", vector.arguments("groups"), rows)
    case "pvalue":
      return try .of {
        try HosmerLemeshow(rows, groups: vector.has("groups") ? vector.count("groups") : 10).test.p.value
      }
    default: return try .known(key, arguments, rows)
    }
  }

  private static func calibrationBins(
    _ vector: VectorCase, _ hits: [Bool], _ scores: [Double]
  ) throws -> [CalibrationBins.Bin] {
    let strategy = try vector.has("strategy") ? vector.word("strategy") : "uniform"
    return try CalibrationBins(
      hits: hits, probabilities: scores, weights: try vector.weights(), bins: try vector.count("n_bins"),
      strategy: .init(rawValue: strategy) ?? .uniform
    ).bins
  }

  private static func bins(_ vector: VectorCase, _ hits: [Bool], _ scores: [Double]) throws -> Answer {
    .list(
      try calibrationBins(vector, hits, scores).map { bin in
        .list(
          [.number(bin.count)]
            + [bin.confidence, bin.accuracy].map { $0.map { .number($0) } ?? .undefined(.noObservations) })
      })
  }
}

/// The long rows that the vector file describes in words.
struct GeneratedScores {
  let labels: [Bool]
  let scores: [Double]
  let weights: [Double]

  private static let text =
    "y=lcg_uniform(#)<#; s=#*y+#*lcg_uniform(#); if quant: floor(s*quant)/quant; w=#+lcg_uniform(#)"

  init?(_ vector: VectorCase) throws {
    guard vector.inputs["gen"] != nil else { return nil }
    let text = try vector.word("gen")
    let (words, numbers) = Self.parts(text)
    guard words == Self.text, numbers.count == 7 else {
      throw VectorProblem(description: "\(vector.id): no known generator: \(text)")
    }
    let count = try vector.count("n")
    func uniform(_ seed: Double) -> [Double] { VectorGenerator.uniform(count, UInt32(seed)) }
    let labels = uniform(numbers[0]).map { $0 < numbers[1] }
    let quant = vector.has("quant") ? try vector.number("quant") : nil
    scores = zip(labels, uniform(numbers[4])).map { label, noise in
      let score = numbers[2] * (label ? 1 : 0) + numbers[3] * noise
      return quant.map { (score * $0).rounded(.down) / $0 } ?? score
    }
    weights = uniform(numbers[6]).map { numbers[5] + $0 }
    self.labels = labels
  }

  /// The text with its numbers taken out.
  private static func parts(_ text: String) -> (words: String, numbers: [Double]) {
    var (words, numbers, digits) = ("", [Double](), "")
    for character in text + " " {
      if character.isNumber || (character == "." && !digits.isEmpty) {
        digits.append(character)
        continue
      }
      if let number = Double(digits) {
        numbers.append(number)
        words += "#"
      }
      digits = ""
      words.append(character)
    }
    return (String(words.dropLast()), numbers)
  }
}
