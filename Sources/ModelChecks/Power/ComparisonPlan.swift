internal import Language
package import Statistics

/// How many rows a comparison of two models on the same rows will need, before there are any predictions.
package struct ComparisonPlan: Sendable, Hashable {
  /// How much one row says: the standard deviation of its part in the difference of both models.
  private let deviation: Double
  /// The same of two models on separate rows.
  private let unpaired: Double
  /// Whether rows are right or wrong, so that even models that agree on all of them need some.
  private let isShare: Bool

  /// What is known of the metric beforehand.
  package enum Metric: Sendable, Hashable {
    /// A share of the rows, such as accuracy, and how large it is expected to be.
    case share(Double)
    /// A mean of the rows, such as a loss, and the standard deviation of its values.
    case mean(deviation: Double)
    /// The area under the ROC curve, and the share of positives.
    case area(Double, positives: Double)
  }

  /// - Parameter correlation: of what the models say of a row: 0 for strangers, near 1 for a model and its retraining.
  package init(_ metric: Metric, correlation: Double) throws(Undefined) {
    guard correlation >= -1, correlation < 1 else {
      throw .outsideDomain("the correlation must be at least -1 and below 1: models that are the same never differ")
    }
    let variance: Double
    switch metric {
    case .share(let share):
      guard share > 0, share < 1 else { throw .outsideDomain("the rate must be between 0 and 1") }
      variance = share * (1 - share)
    case .mean(let deviation):
      guard deviation > 0, deviation.isFinite else { throw .outsideDomain("the standard deviation must be above 0") }
      variance = deviation * deviation
    case .area(let area, let positives):
      guard positives > 0, positives < 1 else {
        throw .outsideDomain("the share of positives must be between 0 and 1")
      }
      let power = try AUCPower(auc: area)
      variance = power.positiveVariance / positives + power.negativeVariance / (1 - positives)
    }
    deviation = (2 * variance * (1 - correlation)).squareRoot()
    unpaired = (2 * variance).squareRoot()
    if case .share = metric { isShare = true } else { isShare = false }
  }

  /// From the share of rows that only one of two models gets right.
  package init(discordant: Double) throws(Undefined) {
    guard discordant > 0, discordant <= 1 else { throw .outsideDomain("the discordant share must be between 0 and 1") }
    (deviation, unpaired, isShare) = (discordant.squareRoot(), .nan, true)
  }

  /// The rows with which a candidate that is as good as the baseline passes a margin so often.
  package func rows(margin: Double, confidence: Double, power: Double) throws(Undefined) -> Int {
    max(try rows(margin, deviation, confidence, power), try fewest(margin: margin, confidence: confidence))
  }

  /// The rows of each model, were they separate ones; nil where nothing says.
  package func unpairedRows(margin: Double, confidence: Double, power: Double) throws(Undefined) -> Int? {
    unpaired.isNaN ? nil : try rows(margin, unpaired, confidence, power)
  }

  /// With fewer rows not even models that agree on all of them pass: the rule of three.
  package func fewest(margin: Double, confidence: Double) throws(Undefined) -> Int {
    guard isShare, margin < 1 else { return 1 }
    // The share that is unseen in n rows falls with n.
    var (low, high) = (0, 1)
    func isEnough(_ count: Int) throws(Undefined) -> Bool {
      try RuleOfThree.largestShare(unseenIn: count, confidence: (1 + confidence) / 2) <= margin
    }
    while try !isEnough(high) {
      guard high < PowerTarget.cap else { throw .noSolution("sample size below 10^15") }
      (low, high) = (high, high * 2)
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if try isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// How often a candidate with this benefit passes with so many rows.
  package func passes(benefit: Double, margin: Double, rows: Int, confidence: Double) throws(Undefined) -> Double {
    guard try rows >= fewest(margin: margin, confidence: confidence) else { return 0 }
    return try MarginPower.nonInferiority(
      benefit: benefit, margin: margin, standardError: deviation / Double(rows).squareRoot(),
      alpha: (1 - confidence) / 2)
  }

  /// The change that so many rows find with a probability.
  package func detectable(rows: Int, confidence: Double, power: Double) throws(Undefined) -> Double {
    try NormalPower.minimumDetectableEffect(
      standardError: deviation / Double(rows).squareRoot(), target: PowerTarget(alpha: 1 - confidence, power: power))
  }

  private func rows(
    _ margin: Double, _ deviation: Double, _ confidence: Double, _ power: Double
  ) throws(Undefined) -> Int {
    guard margin > 0, margin.isFinite else { throw .outsideDomain("the margin must be above 0") }
    return try MarginPower.nonInferioritySampleSize(
      benefit: 0, margin: margin, standardDeviation: deviation,
      target: PowerTarget(alpha: (1 - confidence) / 2, power: power))
  }
}
