package import Statistics

/// The ROC curve: one point for each distinct score, none of them dropped.
package struct ROCCurve: Sendable {
  /// Beginning at 0, above all scores.
  package let falsePositiveRates: [Double]
  package let truePositiveRates: [Double]
  /// The score of each point but the first, for which no finite threshold stands.
  package let thresholds: [Double]

  package init(_ rows: BinaryRows) throws(Undefined) {
    var (alarms, hits, thresholds): ([Double], [Double], [Double]) = ([0], [0], [])
    try rows.forEachPoint { point throws(Undefined) in
      alarms.append(point.falsePositiveRate)
      hits.append(point.recall)
      thresholds.append(point.threshold)
    }
    (falsePositiveRates, truePositiveRates, self.thresholds) = (alarms, hits, thresholds)
  }
}
