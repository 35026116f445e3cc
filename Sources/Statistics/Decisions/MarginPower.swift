/// Power, sample size and smallest margin of claims of non-inferiority and of equivalence.
package enum MarginPower {
  package static let method = Method(
    "margin-power", aliases: ["non-inferiority-sample-size", "equivalence-power", "tost-power"],
    computes: """
      Non-inferiority passes with the probability Phi((d + margin)/SE - z_a) when the benefit is d; equivalence within \
      [low, high] with Phi((high - d)/SE - z_a) + Phi((d - low)/SE - z_a) - 1, at least 0. Rows are found by inverting, \
      with SE = s / sqrt(n).
      """,
    use: """
      To plan a gate that must pass an equal candidate: with few rows it will be inconclusive, however good the \
      candidate. alpha is of one side: 2.5 % for a 95 % interval. For many rows or known errors; with few rows a t test \
      needs somewhat more.
      """,
    source: "Julious, Statistics in Medicine 23 (2004)")

  /// How often a candidate with this benefit is found not inferior by the margin.
  package static func nonInferiority(
    benefit: Double, margin: Double, standardError: Double, alpha: Double
  ) throws(Undefined) -> Double {
    try NormalPower.power(
      effect: benefit + margin, standardError: standardError, alpha: alpha, alternative: .greater)
  }

  /// How often a true difference is found to lie within the limits.
  package static func equivalence(
    difference: Double, between low: Double, and high: Double, standardError: Double, alpha: Double
  ) throws(Undefined) -> Double {
    guard low < high else { throw .outsideDomain("the limits must differ, the lower one first") }
    // What each test misses; both together are missed at most once.
    let above = try NormalPower.power(
      effect: difference - low, standardError: standardError, alpha: alpha, alternative: .greater)
    let below = try NormalPower.power(
      effect: high - difference, standardError: standardError, alpha: alpha, alternative: .greater)
    return max(0, above + below - 1)
  }

  /// The rows that show non-inferiority, when one row has the standard deviation. Throws when the benefit is not above
  /// -margin. The target's alpha is of one side, whatever its alternative.
  package static func nonInferioritySampleSize(
    benefit: Double, margin: Double, standardDeviation: Double, target: PowerTarget
  ) throws(Undefined) -> Int {
    guard benefit > -margin else { throw .noSolution("sample size") }
    return try NormalPower.sampleSize(
      effect: benefit + margin, standardDeviation: standardDeviation, target: target.oneSided())
  }

  /// The rows that show equivalence. Throws when the difference is not between the limits.
  package static func equivalenceSampleSize(
    difference: Double, between low: Double, and high: Double, standardDeviation: Double, target: PowerTarget
  ) throws(Undefined) -> Int {
    guard low < difference, difference < high else { throw .noSolution("sample size") }
    return try target.rows(from: 1) { (count) throws(Undefined) in
      try equivalence(
        difference: difference, between: low, and: high,
        standardError: standardDeviation / Double(count).squareRoot(), alpha: target.alpha)
    }
  }

  /// The smallest margin by which a candidate with this benefit is found not inferior: what the rows support.
  package static func smallestMargin(
    benefit: Double = 0, standardError: Double, target: PowerTarget
  ) throws(Undefined) -> Double {
    guard benefit.isFinite else { throw .outsideDomain("a benefit must be finite") }
    return try max(
      0, NormalPower.minimumDetectableEffect(standardError: standardError, target: target.oneSided()) - benefit)
  }
}
