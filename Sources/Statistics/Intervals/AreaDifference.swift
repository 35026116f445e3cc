internal import Glibc

/// How much one area under the ROC curve is above another on the same rows, or above a multiple of it.
package struct AreaDifference: Sendable {
  package let value: Double
  private let factor: Double
  private let areas: (Double, Double)
  private let variances: (Double, Double)
  /// The parts of the difference's variance that the positives and the negatives bring.
  private let parts: (positives: Double, negatives: Double)
  private let counts: (positives: Int, negatives: Int)
  /// What rows may do that place differently and were not seen to: so far can they move the area, for each class.
  private let reaches: (positives: Double, negatives: Double)
  /// Whether both models place every row alike.
  package let agrees: Bool

  /// Fewer rows of a class than these say too little of how it varies.
  package static let fewest = 10

  package static let method = Method(
    "delong-mover", aliases: ["area-difference", "mover"],
    computes: """
      DeLong's variance of the difference d = a - b, with t for Satterthwaite's degrees of freedom of its two parts: d ± t SE. \
      Beside it the ends that follow from each area's own interval on the logit scale, (l, u) and (l', u'), and the \
      correlation r of the two: d - sqrt((a - l)² - 2r (a - l)(u' - b) + (u' - b)²), and likewise above. The wider end of \
      each side holds. Where less than ten rows of a class place differently, it also holds what the rule of three allows.
      """,
    use: """
      To compare two models' AUC, paired by row, with ten rows of each class at least. DeLong's own interval passes what is \
      at the margin in up to seventeen of a hundred samples where areas are near 1 or positives are few; this one in about \
      two and a half, and at areas of 0.99 in up to four.
      """,
    source: """
      DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988); Zou and Donner, Statistics in Medicine 27 (2008), for the \
      ends from two intervals; Satterthwaite, Biometrics Bulletin 2 (1946)
      """)

  /// The area of one model less a multiple of the other's. Throws for less than ten rows of a class.
  package init(_ models: DeLong, _ first: Int, _ second: Int, factor: Double = 1) throws(Undefined) {
    guard models.positives >= Self.fewest else {
      throw .tooFew("positive rows", needed: Self.fewest, got: models.positives)
    }
    guard models.negatives >= Self.fewest else {
      throw .tooFew("negative rows", needed: Self.fewest, got: models.negatives)
    }
    self.factor = factor
    areas = (models.areas[first], models.areas[second])
    value = areas.0 - factor * areas.1
    variances = (try models.covariance(first, first), try models.covariance(second, second))
    parts = models.parts(first, second, factor: factor)
    counts = (models.positives, models.negatives)
    agrees = try models.varianceOfDifference(first, second) == 0
    let moved = models.moved(first, second)
    reaches = (
      moved.positives < Double(Self.fewest) ? models.spread(first, second, ofPositives: true) : 0,
      moved.negatives < Double(Self.fewest) ? models.spread(first, second, ofPositives: false) : 0
    )
  }

  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    let t = critical(confidence)
    let variance = parts.positives + parts.negatives
    let plain = t * variance.squareRoot()
    let (mine, theirs) = (logit(areas.0, variances.0, t), logit(areas.1, variances.1, t))
    let spread = (variances.0 * variances.1).squareRoot()
    let covariance = (variances.0 + factor * factor * variances.1 - variance) / (2 * factor)
    let correlation = spread > 0 && factor != 0 ? min(1, max(-1, covariance / spread)) : 0
    func half(_ own: Double, _ other: Double) -> Double {
      let other = factor.magnitude * other
      return max(plain, max(0, own * own - 2 * correlation * own * other + other * other).squareRoot())
    }
    let unseen = try unseen(confidence) + (agrees ? (1 - factor).magnitude * max(theirs.above, theirs.below) : 0)
    return ConfidenceInterval(
      lower: max(min(0, -factor), value - max(half(mine.below, theirs.above), unseen)),
      upper: min(max(1, 1 - factor), value + max(half(mine.above, theirs.below), unseen)), confidence: confidence)
  }

  private func critical(_ confidence: Double) -> Double {
    let (p, n) = (parts.positives, parts.negatives)
    let divisor = p * p / Double(counts.positives - 1) + n * n / Double(counts.negatives - 1)
    guard divisor > 0 else { return Normal.critical(confidence: confidence) }
    return StudentT(degrees: (p + n) * (p + n) / divisor).critical(confidence: confidence)
  }

  /// How far an area's interval on the logit scale reaches below and above it. Half a pair of rows is added to each side,
  /// so that an area of 1 has one.
  private func logit(_ area: Double, _ variance: Double, _ t: Double) -> (below: Double, above: Double) {
    let pairs = Double(counts.positives) * Double(counts.negatives)
    let inner = (area * pairs + 0.5) / (pairs + 1)
    let half = t * max(variance, inner * (1 - inner) / pairs).squareRoot() / (inner * (1 - inner))
    let center = log(inner / (1 - inner))
    return (max(0, area - 1 / (1 + exp(half - center))), max(0, 1 / (1 + exp(-half - center)) - area))
  }

  /// Of each class so large a share may place otherwise, each side of it with half of the error.
  private func unseen(_ confidence: Double) throws(Undefined) -> Double {
    let level = min((3 + confidence) / 4, 1.0.nextDown)
    var reach = 0.0
    if reaches.positives > 0 {
      reach += try RuleOfThree.largestShare(unseenIn: counts.positives, confidence: level) * reaches.positives
    }
    if reaches.negatives > 0 {
      reach += try RuleOfThree.largestShare(unseenIn: counts.negatives, confidence: level) * reaches.negatives
    }
    return reach
  }
}
