/// The median absolute deviation from the median: a spread that half of the values may be wrong without harm.
package enum MedianAbsoluteDeviation {
  package static let method = Method(
    "mad", aliases: ["median-absolute-deviation"],
    computes: """
      MAD = median of |x - median|. Scaled: divided by 0.6745, the upper quartile of the normal distribution, so that it \
      estimates the standard deviation of normal values.
      """,
    use: """
      As a spread that outliers cannot move. It is 0 as soon as more than half of the values are equal, and then says \
      nothing about the others.
      """,
    source: "Hampel, \"The influence curve and its role in robust estimation\", JASA 69 (1974)")

  /// 1 / 0.6744897501960817, which makes the deviation that of normal values.
  static let normalScale = 1.482602218505602

  /// O(n). Throws without values, with one that is not finite, or when they lie too far apart.
  package static func value(_ values: [Double]) throws(Undefined) -> Double {
    let median = try Quantiles(values).median
    return try Quantiles(distances(values, from: median)).median
  }

  /// The estimate of the standard deviation of normal values. Throws also when it is too large.
  package static func scaled(_ values: [Double]) throws(Undefined) -> Double {
    let scaled = try value(values) * normalScale
    guard scaled.isFinite else { throw .outOfRange }
    return scaled
  }

  /// |x - center|. Throws when one is too large.
  static func distances(_ values: [Double], from center: Double) throws(Undefined) -> [Double] {
    let distances = values.map { ($0 - center).magnitude }
    guard distances.allSatisfy(\.isFinite) else { throw .outOfRange }
    return distances
  }
}
