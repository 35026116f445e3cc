internal import Statistics

/// What can be had at a threshold, and what is asked there: recall at a precision, a threshold at a recall.
package enum OperatingPoint {
  /// What a threshold gives.
  struct Point {
    var threshold: Double
    var recall: Double
    var precision: Double
    var falsePositiveRate: Double
  }

  private static let precision = MetricParameter("precision", .share, required: true, "The precision that is asked.")
  private static let recall = MetricParameter("recall", .share, required: true, "The recall that is asked.")
  private static let rate = MetricParameter(
    "fpr", .share, required: true, "The false positive rate that is allowed.")

  static let definitions: [MetricDefinition<BinaryRows>] = [
    recallAtPrecision, precisionAtRecall, recallAtFPR, fprAtRecall, thresholdAtRecall, thresholdAtPrecision,
    thresholdAtFPR,
  ]

  static let recallAtPrecision = definition(
    "recall_at_precision", .higher, precision,
    "The highest recall of a threshold whose precision is at least the one asked.",
    needs: { $0.precision >= $1 }, best: { $0.recall > $1.recall }, is: \.recall, orElse: 0)
  static let precisionAtRecall = definition(
    "precision_at_recall", .higher, recall,
    "The highest precision of a threshold whose recall is at least the one asked.",
    needs: { $0.recall >= $1 }, best: { $0.precision > $1.precision }, is: \.precision)
  static let recallAtFPR = definition(
    "recall_at_fpr", aliases: ["tpr_at_fpr", "sensitivity_at_specificity"], .higher, rate,
    "The highest recall of a threshold whose false positive rate is at most the one allowed.",
    needs: { $0.falsePositiveRate <= $1 }, best: { $0.recall > $1.recall }, is: \.recall, start: 0)
  static let fprAtRecall = definition(
    "fpr_at_recall", aliases: ["fpr_at_tpr"], .lower, recall,
    "The lowest false positive rate of a threshold whose recall is at least the one asked.",
    needs: { $0.recall >= $1 }, best: { $0.falsePositiveRate < $1.falsePositiveRate }, is: \.falsePositiveRate)
  static let thresholdAtRecall = definition(
    "threshold_at_recall", .neither, recall, "The highest threshold whose recall is at least the one asked.",
    needs: { $0.recall >= $1 }, best: { $0.threshold > $1.threshold }, is: \.threshold)
  static let thresholdAtPrecision = definition(
    "threshold_at_precision", .neither, precision,
    "The lowest threshold whose precision is at least the one asked: the one with the highest recall.",
    needs: { $0.precision >= $1 }, best: { $0.threshold < $1.threshold }, is: \.threshold)
  static let thresholdAtFPR = definition(
    "threshold_at_fpr", .neither, rate,
    "The lowest threshold whose false positive rate is at most the one allowed.",
    needs: { $0.falsePositiveRate <= $1 }, best: { $0.threshold < $1.threshold }, is: \.threshold)

  /// - Parameters:
  ///   - orElse: what scikit-learn's curve has where no threshold does: its last point, without any alarm.
  ///   - start: what a threshold above all scores gives, when that is an answer too.
  private static func definition(
    _ name: String, aliases: [String] = [], _ better: BetterSide, _ parameter: MetricParameter, _ what: String,
    needs: @escaping @Sendable (Point, Double) -> Bool, best: @escaping @Sendable (Point, Point) -> Bool,
    is value: any KeyPath<Point, Double> & Sendable, orElse: Double? = nil, start: Double? = nil
  ) -> MetricDefinition<BinaryRows> {
    let page = MetricPage(
      name, aliases: aliases, better: better, range: better == .neither ? -.infinity...(.infinity) : 0...1, what: what,
      why: "A model is used at one threshold; what it gives there matters, and not the whole curve.",
      example: "{metric: {name: \(name), \(parameter.name): \(parameter == rate ? 0.01 : 0.9)}, "
        + (better == .neither ? "between: [0.2, 0.8]}" : better == .higher ? "at_least: 0.6}" : "at_most: 0.1}"),
      fix: "Look at the rows about the threshold: alarms among them, and what was missed.")
    return MetricDefinition(page, [parameter]) { arguments throws(MetricProblem) in
      let bound = try arguments.number(parameter)
      let conventions = arguments.conventions
      return .init(.resample) { rows throws(Undefined) in
        var found: Point?
        try rows.forEachPoint { point throws(Undefined) in
          if needs(point, bound), found.map({ best(point, $0) }) ?? true { found = point }
        }
        if let found { return found[keyPath: value] }
        if let other = start ?? (conventions.isCompatible ? orElse : nil) { return other }
        throw Undefined.noSolution("threshold with a \(parameter.name) of \(bound)")
      }
    }
  }
}

extension BinaryRows {
  /// What each threshold gives, from the highest down. Throws when a class is missing.
  func forEachPoint(_ body: (OperatingPoint.Point) throws(Undefined) -> Void) throws(Undefined) {
    let ranked = try ranked
    try ranked.requireBothClasses()
    try ranked.forEachThreshold { score, hits, alarms throws(Undefined) in
      try body(
        OperatingPoint.Point(
          threshold: score, recall: hits / ranked.positives, precision: hits / (hits + alarms),
          falsePositiveRate: alarms / ranked.negatives))
    }
  }
}
