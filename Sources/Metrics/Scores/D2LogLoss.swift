internal import Statistics

/// How much log loss is less than that of the classes' shares.
package enum D2LogLoss {
  package static let page = MetricPage(
    "d2_log_loss", aliases: ["d2_log_loss_score"], better: .higher,
    what: "1 - log loss / log loss of always predicting the classes' shares: 0 knows nothing, 1 is perfect.",
    why: "A log loss that can be read without knowing how rare the classes are.",
    fix: "Below 0 the model is worse than the shares: it is miscalibrated, or its scores are no probabilities.")

  static let binary = MetricDefinition<BinaryRows>(page) { _ in
    .means { rows throws(Undefined) in
      let share = try rows.share
      return RowMeans.skill(
        try LogLoss.losses(rows), rows.labels.map { LogLoss.loss($0 ? share : 1 - share) }, rows.weights)
    }
  }

  static let multiclass = MetricDefinition<MulticlassRows>(page) { arguments in
    let conventions = arguments.conventions
    return .means { rows throws(Undefined) in
      let shares = try rows.shares
      return RowMeans.skill(
        try LogLoss.losses(rows, conventions), rows.labels.map { LogLoss.loss(shares[$0]) }, rows.weights)
    }
  }
}
