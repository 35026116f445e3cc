/// Modified z-scores: how far each value lies from the median, in robust standard deviations.
package struct ModifiedZ: Sendable, Hashable {
  /// What the distances are divided by.
  package enum Spread: Sendable, Hashable {
    case medianAbsoluteDeviation
    /// Where more than half of the values are equal, the other is 0.
    case meanAbsoluteDeviation
  }

  /// A score for each value; outliers have more than 3.5 on either side.
  package let scores: [Double]
  package let spread: Spread

  package static let method = Method(
    "modified-z", aliases: ["modified-z-score", "robust-z", "iglewicz-hoaglin"],
    computes: """
      0.6745 (x - median) / MAD. When the MAD is 0: (x - median) / (1.2533 times the mean absolute deviation from the \
      median). A score beyond 3.5 marks an outlier.
      """,
    use: """
      To find outliers where these would inflate mean and standard deviation so much that they hide themselves. Values \
      that are all equal have no scores.
      """,
    source: "Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993)")

  /// O(n). Throws without values, with one that is not finite, when all are equal, or when they lie too far apart.
  package init(_ values: [Double]) throws(Undefined) {
    let median = try Quantiles(values).median
    let distances = try MedianAbsoluteDeviation.distances(values, from: median)
    let deviation = try Quantiles(distances).median
    let unit: Double
    if deviation > 0 {
      (spread, unit) = (.medianAbsoluteDeviation, deviation * MedianAbsoluteDeviation.normalScale)
    } else {
      let scale = Sample.scale([distances])
      let mean = distances.map { $0 * scale }.compensatedSum / Double(values.count)
      // sqrt(pi / 2) mean absolute deviations are the standard deviation of normal values.
      (spread, unit) = (.meanAbsoluteDeviation, mean / scale * 1.2533141373155001)
    }
    guard unit > 0 else { throw .zeroVariance }
    scores = values.map { ($0 - median) / unit }
    guard scores.allSatisfy(\.isFinite) else { throw .outOfRange }
  }
}
