/// The nine definitions of a sample's quantile by Hyndman and Fan, in their order, under the names of NumPy.
package enum QuantileType: String, Sendable, CaseIterable {
  case invertedCDF = "inverted_cdf"
  case averagedInvertedCDF = "averaged_inverted_cdf"
  case closestObservation = "closest_observation"
  case interpolatedInvertedCDF = "interpolated_inverted_cdf"
  case hazen
  case weibull
  case linear
  case medianUnbiased = "median_unbiased"
  case normalUnbiased = "normal_unbiased"

  /// 1 to 9, as in R's `quantile(type =)`.
  package var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}

/// A sample in order, ready for any number of quantiles.
package struct Quantiles: Sendable {
  package let sorted: [Double]

  package static let method = Method(
    "quantile", aliases: ["quantiles", "median", "quartiles", "quantile-types"],
    computes: """
      The value below which a share q of a sample lies, by any of nine definitions. Types 1 to 3 answer with observed \
      values (2 with the mean of two), 4 to 9 interpolate between order statistics: at n q (4), n q + 1/2 (5), (n + 1) q \
      (6), (n - 1) q + 1 (7, the default of R, NumPy and Excel), (n + 1/3) q + 1/3 (8), (n + 1/4) q + 3/8 (9).
      """,
    use: """
      To describe a distribution without regard to how far its extremes lie. The types differ by at most the gap between \
      neighbouring values, which matters for small samples only; type 8 is nearly median-unbiased for every continuous \
      distribution. For a latency limit that must have been observed take type 1.
      """,
    source: "Hyndman and Fan, \"Sample quantiles in statistical packages\", The American Statistician 50 (1996)")

  /// O(n). Throws without values, or with one that is not finite.
  package init(_ values: [Double]) throws(Undefined) {
    try Sample.require(values)
    sorted = RadixSort.sorted(values)
  }

  /// Throws for q outside 0...1. O(1).
  package func value(_ q: Double, _ type: QuantileType = .linear) throws(Undefined) -> Double {
    guard 0...1 ~= q else { throw .outsideDomain("a quantile's share must be between 0 and 1") }
    let n = Double(sorted.count)
    // Where the quantile lies among the sorted values, counted from 0.
    switch type {
    case .invertedCDF: return discrete(n * q - 1) { fraction, _ in fraction == 0 }
    case .averagedInvertedCDF:
      let position = n * q - 1
      return interpolated(position.rounded(.down), position == position.rounded(.down) ? 0.5 : 1)
    case .closestObservation:
      return discrete(n * q - 1.5) { $0 == 0 && $1.truncatingRemainder(dividingBy: 2) != 0 }
    case .interpolatedInvertedCDF: return interpolated(n * q - 1)
    case .hazen: return interpolated(n * q - 0.5)
    case .weibull: return interpolated((n + 1) * q - 1)
    case .linear: return interpolated((n - 1) * q)
    case .medianUnbiased: return interpolated((n + 1 / 3.0) * q - 2 / 3.0)
    case .normalUnbiased: return interpolated((n + 0.25) * q - 0.625)
    }
  }

  package var median: Double { interpolated(Double(sorted.count - 1) / 2) }

  /// The third quartile less the first, both of type 7. Throws when it is too large.
  package func interquartileRange() throws(Undefined) -> Double {
    let range = try value(0.75) - value(0.25)
    guard range.isFinite else { throw .outOfRange }
    return range
  }

  /// The value at the whole number below the position when its fraction and that number say so, else the next.
  private func discrete(_ position: Double, below: (Double, Double) -> Bool) -> Double {
    let whole = position.rounded(.down)
    return at(below(position - whole, whole) ? whole : whole + 1)
  }

  private func interpolated(_ position: Double) -> Double {
    let whole = position.rounded(.down)
    return interpolated(whole, position - whole)
  }

  private func interpolated(_ whole: Double, _ fraction: Double) -> Double {
    let (low, high) = (at(whole), at(whole + 1))
    if low == high || fraction == 0 { return low }
    let gap = high - low
    guard gap.isFinite else { return low * (1 - fraction) + high * fraction }
    return fraction < 0.5 ? low + gap * fraction : high - gap * (1 - fraction)
  }

  private func at(_ index: Double) -> Double {
    sorted[Int(min(max(index, 0), Double(sorted.count - 1)))]
  }
}
