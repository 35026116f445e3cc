internal import Statistics

/// The largest distance between the scores of the two classes.
package enum KSStatistic {
  package static let page = MetricPage(
    "ks_statistic", aliases: ["ks", "ks_stat"], better: .higher, range: 0...1,
    // In simulations of models with 30 positive rows 7 % of those at the limit passed, of 100 less than 4 %.
    fewestOfClass: 100,
    what: "The largest difference of true and false positive rate over all thresholds.",
    why: "It says how far the best threshold parts the classes; the word of credit scoring.",
    fix: "The scores part the classes less: look for slices where roc_auc fell.")

  static let binary = MetricDefinition<BinaryRows>(page) { _ in
    .init(.resample) { rows throws(Undefined) in
      let ranked = try rows.ranked
      try ranked.requireBothClasses()
      var largest = 0.0
      try ranked.forEachThreshold { _, hits, alarms throws(Undefined) in
        largest = max(largest, hits / ranked.positives - alarms / ranked.negatives)
      }
      return largest
    }
  }
}
