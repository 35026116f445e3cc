internal import Statistics

/// The precision at each recall, step by step.
package enum AveragePrecision {
  package static let page = MetricPage(
    "average_precision", aliases: ["average_precision_score", "ap"], better: .higher, range: 0...1,
    what: """
      The sum over thresholds of precision times the recall that is gained there: a step-wise area under the \
      precision-recall curve, which does not interpolate. A random order scores the share of positives.
      """,
    why: "With rare positives it says what the top of the list is worth, where the ROC curve looks good anyway.",
    fix: "Look at what stands high in the list and is negative. Compare only sets with the same share of positives.")

  static let binary = MetricDefinition<BinaryRows>(page) { arguments in
    let conventions = arguments.conventions
    return .init(.resample) { rows throws(Undefined) in
      let ranked = try rows.ranked
      // Among positives alone any order has a precision of 1.
      if !conventions.isCompatible, ranked.positives > 0, ranked.negatives == 0 { throw .singleClass }
      return try value(ranked, conventions)
    }
  }

  static let multiclass = MetricDefinition<MulticlassRows>(page, [ClassAverage.averages, ClassAverage.one]) {
    arguments throws(MetricProblem) in
    let average = try ClassAverage(arguments)
    return .init(.resample) { rows throws(Undefined) in
      if average.mode == .micro, average.only == nil {
        return try value(rows.decisions().ranked, average.conventions)
      }
      let labelled = rows.tally.labelled
      return try average.mean(
        of: try average.selection(rows.classes), rows.classes, weights: { labelled[$0] }
      ) { place throws(Undefined) in try value(rows.against(class: place).ranked, average.conventions) }
    }
  }

  static let multilabel = MetricDefinition<MultilabelRows>.averagedScores(page) { rows, conventions throws(Undefined) in
    try value(rows.ranked, conventions)
  }

  private static func value(_ ranked: RankedRows, _ conventions: Conventions) throws(Undefined) -> Double {
    if conventions.isCompatible, ranked.positives == 0, ranked.negatives > 0 { return 0 }
    try ranked.requirePositives()
    var sum = CompensatedSum()
    var lastHits = 0.0
    try ranked.forEachThreshold { _, hits, alarms throws(Undefined) in
      if hits > lastHits { sum.add((hits - lastHits) * (hits / (hits + alarms))) }
      lastHits = hits
    }
    return sum.value / ranked.positives
  }
}
