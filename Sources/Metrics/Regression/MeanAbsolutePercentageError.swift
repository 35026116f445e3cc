internal import Statistics

/// The mean error as a share of the label.
package enum MeanAbsolutePercentageError {
  package static let page = MetricPage(
    "mape", aliases: ["mean_absolute_percentage_error"], better: .lower, range: 0...(.infinity),
    what: """
      The mean of |prediction - label| / |label|; 0.1 is 10 %. Undefined when a label is 0: scikit-learn then divides by \
      2.2e-16, and one row makes it 1e15.
      """,
    why: "Errors of labels of very different size in one number. It favours models that predict too little.",
    fix: "Look at rows with small labels first; wape does not let them decide.")

  static let regression = MetricDefinition<RegressionRows>.losses(page) { arguments in
    let isCompatible = arguments.conventions.isCompatible
    return { rows throws(Undefined) in
      if !isCompatible, let zero = rows.labels.firstIndex(of: 0) {
        throw Undefined.outsideDomain("the label of row \(zero + 1) is 0, of which there is no percentage")
      }
      return zip(rows.errors, rows.labels).map { $0.magnitude / max($1.magnitude, .ulpOfOne) }
    }
  }
}
