/// A mean whose variance is reduced by a covariate that was measured before.
package struct CUPED: Sequential, Hashable {
  package private(set) var count = 0
  package private(set) var mean = 0.0
  package private(set) var covariateMean = 0.0
  /// Sums of squared deviations of the outcome and the covariate, of their products, and of what the regression leaves.
  private var outcome = 0.0
  private var covariate = 0.0
  private var product = 0.0
  private var residual = 0.0

  package static let method = Method(
    "cuped", aliases: ["variance-reduction", "control-variate"],
    computes: """
      y - theta (x - mean x) with theta = cov(x, y) / var(x): the same mean, and the variance var(y) (1 - rho²). Between \
      two arms, the difference of means less theta times the difference of the covariate's means.
      """,
    use: """
      Online metrics with the same metric of the time before as covariate: with a correlation of 0.7 half the rows \
      suffice. The covariate must not be affected by the candidate. Paired offline comparisons need none: pairing does \
      it already.
      """,
    source: "Deng, Xu, Kohavi and Walker, WSDM 2013")

  package init() {}

  /// Takes an outcome with its covariate.
  package mutating func update(_ observation: (outcome: Double, covariate: Double)) throws(Undefined) {
    let (y, x) = observation
    guard y.isFinite, x.isFinite else { throw .notFinite(index: count) }
    var next = self
    let n = Double(count + 1)
    let (dy, dx) = (y - mean, x - covariateMean)
    let weight = (n - 1) / n
    next.count += 1
    next.mean += dy / n
    next.covariateMean += dx / n
    next.outcome += weight * dy * dy
    next.covariate += weight * dx * dx
    next.product += weight * dx * dy
    // What the line so far did not foresee, discounted by the pull of the new point: a sum of squares, in which nothing
    // cancels, where var(y) (1 - rho²) loses all digits for a rho near 1.
    let error = covariate > 0 ? dy - product / covariate * dx : dx == 0 ? dy : 0
    let leverage = covariate > 0 ? 1 / weight + dx / covariate * dx : 1 / weight
    if count > 0 { next.residual += error / leverage * error }
    guard next.outcome.isFinite, next.covariate.isFinite, next.product.isFinite, next.residual.isFinite else {
      throw .outOfRange
    }
    self = next
  }

  /// The slope of the outcome on the covariate. Throws when the covariate does not vary.
  package func theta() throws(Undefined) -> Double {
    guard count > 1 else { throw .tooFew("values", needed: 2, got: count) }
    guard covariate > 0 else { throw .zeroVariance }
    return product / covariate
  }

  /// The outcome's own variance, divided by n - 1.
  package func variance() throws(Undefined) -> Double {
    guard count > 1 else { throw .tooFew("values", needed: 2, got: count) }
    return outcome / Double(count - 1)
  }

  /// The variance that is left.
  package func reducedVariance() throws(Undefined) -> Double {
    _ = try theta()
    return residual / Double(count - 1)
  }

  /// The share of the variance that the covariate explains. Throws when one of them does not vary.
  package func explained() throws(Undefined) -> Double {
    let theta = try theta()
    guard outcome > 0 else { throw .zeroVariance }
    return min(1, theta * (product / outcome))
  }

  /// The mean difference of two arms, this less the other, adjusted by one slope for both, with an interval by Welch's t.
  /// Throws for fewer than two rows in an arm, or nothing that varies.
  package func difference(from other: CUPED, confidence: Double) throws(Undefined) -> Estimate {
    _ = (try variance(), try other.variance())
    guard covariate + other.covariate > 0 else { throw .zeroVariance }
    let slope = (product + other.product) / (covariate + other.covariate)
    // An arm's own line leaves the least; another slope leaves more.
    func squares(_ arm: CUPED) -> Double {
      let change = arm.covariate > 0 ? arm.product / arm.covariate - slope : 0
      return arm.residual + change * change * arm.covariate
    }
    func squaredError(_ arm: CUPED) -> Double { squares(arm) / Double(arm.count - 1) / Double(arm.count) }
    let (one, two) = (squaredError(self), squaredError(other))
    let estimate = try MeanDifference(
      value: mean - other.mean - slope * (covariateMean - other.covariateMean),
      standardError: (one + two).squareRoot(),
      degreesOfFreedom: WelchT.degreesOfFreedom((one, count), (two, other.count)), count: min(count, other.count))
    return Estimate(estimate.value, try estimate.interval(confidence: confidence))
  }
}

extension CUPED {
  /// Throws when the samples differ in length, are empty or hold a value that is not finite.
  package init(outcomes: [Double], covariates: [Double]) throws(Undefined) {
    try Sample.requirePairs(outcomes, covariates)
    self.init()
    try update(contentsOf: zip(outcomes, covariates).lazy.map { (outcome: $0, covariate: $1) })
  }
}
