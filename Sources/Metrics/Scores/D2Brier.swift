internal import Statistics

/// How much the Brier score is less than that of the classes' shares.
package enum D2Brier {
  package static let page = MetricPage(
    "d2_brier", aliases: ["d2_brier_score", "brier_skill_score"], better: .higher, range: -.infinity...1,
    what: "1 - Brier score / Brier score of always predicting the classes' shares: 0 knows nothing, 1 is perfect.",
    why: "A Brier score that can be read without knowing how rare the classes are.",
    fix: "Below 0 the model is worse than the shares: it is miscalibrated, or its scores are no probabilities.")

  static let binary = MetricDefinition<BinaryRows>(page) { _ in
    .means { rows throws(Undefined) in
      let share = try rows.share
      let (positive, negative) = ((1 - share) * (1 - share), share * share)
      let prior = rows.labels.map { $0 ? positive : negative }
      return RowMeans.skill(try BrierScore.losses(rows), prior, rows.weights)
    }
  }

  static let multiclass = MetricDefinition<MulticlassRows>(page) { arguments in
    let conventions = arguments.conventions
    return .means { rows throws(Undefined) in
      let shares = try rows.shares
      let squares = shares.map { $0 * $0 }.reduce(0, +)
      let prior = rows.labels.map { squares - 2 * shares[$0] + 1 }
      return RowMeans.skill(try BrierScore.losses(rows, conventions), prior, rows.weights)
    }
  }
}
