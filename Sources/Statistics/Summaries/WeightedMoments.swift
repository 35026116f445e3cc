/// Mean and variance of values that have weights.
package struct WeightedMoments: Sendable, Hashable {
  /// What a weight is, and so how many values the variance counts.
  package enum Weighting: Sendable, Hashable {
    /// How often the value was observed: variance divided by W - 1.
    case frequency
    /// How much the value tells, in a unit of no meaning: divided by W - (sum of squared weights) / W.
    case reliability
  }

  package let mean: Double
  /// The sum of the weights, and (sum of weights)^2 / (sum of squared weights), Kish's effective sample size.
  package let weight: Double
  package let effectiveSize: Double
  private let squares: Double
  private let scale: Double

  package static let method = Method(
    "weighted-moments", aliases: ["weighted-mean", "weighted-variance", "effective-sample-size"],
    computes: """
      Mean = sum of w x / W with W the sum of the weights. Variance = sum of w (x - mean)^2 divided by W - 1 when weights \
      are frequencies, or by W - (sum of w^2) / W when they are reliabilities. Effective size = W^2 / (sum of w^2).
      """,
    use: """
      Frequencies: rows that stand for several equal ones. Reliabilities: weights of a design or of importance, of which \
      the unit says nothing; their variance does not change when all weights are doubled.
      """,
    source: "Kish, Survey Sampling (1965); GNU Scientific Library, weighted samples")

  /// O(n). Throws without values, with one that is not finite, for weights that are negative or sum to 0, and for
  /// lengths that differ.
  package init(_ values: [Double], weights: [Double]) throws(Undefined) {
    try Weights.require(weights, for: values)
    let (scale, unit) = (Sample.scale([values]), Sample.scale([weights]))
    let (values, weights) = (values.map { $0 * scale }, weights.map { $0 * unit })
    let total = weights.compensatedSum
    let mean = zip(values, weights).map { $0 * ($1 / total) }.compensatedSum
    let (first, second) = (
      zip(values, weights).map { ($0 - mean) * ($1 / total) }.compensatedSum,
      zip(values, weights).map { ($0 - mean) * ($0 - mean) * ($1 / total) }.compensatedSum
    )
    self.mean = (mean + first) / scale
    squares = max(0, second - first * first)
    weight = total / unit
    let concentration = weights.map { ($0 / total) * ($0 / total) }.compensatedSum
    effectiveSize = 1 / concentration
    self.scale = scale
    guard self.mean.isFinite, weight.isFinite else { throw .outOfRange }
  }

  /// The unbiased variance. Throws for a sum of frequencies of at most 1, for a single value that has a weight, and when
  /// it is too large.
  package func variance(_ weighting: Weighting) throws(Undefined) -> Double {
    switch weighting {
    case .frequency:
      guard weight > 1 else { throw .tooFew("observations", needed: 2, got: weight == 1 ? 1 : 0) }
      return try finite(squares * (weight / (weight - 1)))
    case .reliability:
      guard effectiveSize > 1 + 0x1p-50 else { throw .tooFew("values with a weight", needed: 2, got: 1) }
      return try finite(squares / (1 - 1 / effectiveSize))
    }
  }

  /// The variance of the values themselves, divided by W. Throws when it is too large.
  package func populationVariance() throws(Undefined) -> Double { try finite(squares) }

  private func finite(_ variance: Double) throws(Undefined) -> Double {
    let value = variance / scale / scale
    guard value.isFinite else { throw .outOfRange }
    return value
  }
}

/// What methods ask of weights.
enum Weights {
  /// Throws when weights are not as many as the values, negative or not finite, or sum to 0.
  static func require(_ weights: [Double], for values: [Double]) throws(Undefined) {
    try Sample.requirePairs(values, weights)
    guard weights.allSatisfy({ $0 >= 0 }) else { throw .outsideDomain("weights must not be negative") }
    guard weights.contains(where: { $0 > 0 }) else { throw .noObservations }
  }
}
