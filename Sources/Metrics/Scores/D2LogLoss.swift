internal import Statistics

/// How much log loss is less than that of the classes' shares.
package enum D2LogLoss {
  package static let page = MetricPage(
    "d2_log_loss", aliases: ["d2_log_loss_score"], better: .higher, range: -.infinity...1,
    what: "1 - log loss / log loss of always predicting the classes' shares: 0 knows nothing, 1 is perfect.",
    why: "A log loss that can be read without knowing how rare the classes are.",
    fix: "Below 0 the model is worse than the shares: it is miscalibrated, or its scores are no probabilities.")

  static let binary = MetricDefinition<BinaryRows>(page) { _ in
    .means { rows throws(Undefined) in
      let share = try rows.share
      let (positive, negative) = (LogLoss.loss(share), LogLoss.loss(1 - share))
      return RowMeans.skill(
        try LogLoss.losses(rows), rows.labels.map { $0 ? positive : negative }, rows.weights)
    }
  }

  static let multiclass = MetricDefinition<MulticlassRows>(page) { arguments in
    let conventions = arguments.conventions
    return .means { rows throws(Undefined) in
      let prior = try rows.shares.map(LogLoss.loss)
      return RowMeans.skill(
        try LogLoss.losses(rows, conventions), rows.labels.map { prior[$0] }, rows.weights)
    }
  }
}
