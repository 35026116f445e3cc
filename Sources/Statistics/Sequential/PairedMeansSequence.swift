/// Confidence sequences for the difference and for the ratio of two means, from values that come in pairs.
package struct PairedMeansSequence: Sequential, Hashable {
  /// As in ``StudentMixtureSequence``.
  package let mixingVariance: Double
  package private(set) var count = 0
  /// The means of the candidate's and of the baseline's values.
  package private(set) var candidate = 0.0
  package private(set) var baseline = 0.0
  private var candidateSquares = 0.0
  private var baselineSquares = 0.0
  private var products = 0.0

  package static let method = Method(
    "paired-means-sequence", aliases: ["sequential-paired-t-test", "sequential-fieller"],
    computes: """
      The student-mixture sequence of the differences c - b of pairs; and for the ratio of the means all q for which the \
      student-mixture sequence of c - q b holds 0: between the roots of a quadratic equation in q, as in Fieller's theorem.
      """,
    use: """
      Whether a candidate's mean is larger than the baseline's by more than a margin, absolute or relative, while pairs of \
      values arrive. What both have in common, a slow row or a busy moment, cancels. The ratio has no interval until the \
      baseline's mean is known not to be 0.
      """,
    source: "Wang and Ramdas, arXiv 2310.03722 (2023); Fieller, J. R. Statist. Soc. B 16 (1954)")

  /// Throws when the mixing variance is not above 0.
  package init(mixingVariance: Double) throws(Undefined) {
    self.mixingVariance = try StudentMixtureSequence(mixingVariance: mixingVariance).mixingVariance
  }

  package mutating func update(_ pair: (candidate: Double, baseline: Double)) throws(Undefined) {
    guard pair.candidate.isFinite, pair.baseline.isFinite else { throw .notFinite(index: count) }
    var next = self
    next.count += 1
    let n = Double(next.count)
    let (first, second) = (pair.candidate - candidate, pair.baseline - baseline)
    next.candidate += first / n
    next.baseline += second / n
    next.candidateSquares += first * (pair.candidate - next.candidate)
    next.baselineSquares += second * (pair.baseline - next.baseline)
    next.products += first * (pair.baseline - next.baseline)
    guard next.candidateSquares.isFinite, next.baselineSquares.isFinite, next.products.isFinite else {
      throw .outOfRange
    }
    self = next
  }

  /// Candidate less baseline. Throws for fewer than two pairs, and when the differences do not vary.
  ///
  /// - Parameter effective: how many independent pairs these are worth: see ``EffectiveCount``; nil for as many as there are.
  package func difference(confidence: Double, effective: Double? = nil) throws(Undefined) -> Estimate {
    let reach = try reach(confidence: confidence, effective)
    let squares = candidateSquares - 2 * products + baselineSquares
    guard squares > 0 else { throw .zeroVariance }
    let (value, half) = (candidate - baseline, (squares * reach).squareRoot())
    return Estimate(value, ConfidenceInterval(lower: value - half, upper: value + half, confidence: confidence))
  }

  /// Candidate divided by baseline. Throws for fewer than two pairs, a baseline of mean 0 and values that do not vary.
  package func ratio(confidence: Double, effective: Double? = nil) throws(Undefined) -> Estimate {
    let reach = try reach(confidence: confidence, effective)
    guard baseline != 0 else { throw .noObservations }
    guard candidateSquares > 0 || baselineSquares > 0 else { throw .zeroVariance }
    let value = candidate / baseline
    // (c - q b)² is at most the reach times the squares of c - q b.
    let square = baseline * baseline - reach * baselineSquares
    guard reach.isFinite, square > 0 else {
      return Estimate(value, ConfidenceInterval(lower: -.infinity, upper: .infinity, confidence: confidence))
    }
    let half = (candidate * baseline - reach * products) / square
    let rest = (candidate * candidate - reach * candidateSquares) / square
    let root = max(0, half * half - rest).squareRoot()
    return Estimate(
      value, ConfidenceInterval(lower: min(value, half - root), upper: max(value, half + root), confidence: confidence))
  }

  /// The squared half-width in units of a sum of squared deviations.
  private func reach(confidence: Double, _ effective: Double?) throws(Undefined) -> Double {
    let worth = effective.map { min(count, Int($0.rounded(.down))) } ?? count
    guard worth > 1 || count < 2 else { return .infinity }
    let factor = try StudentMixtureSequence.squaredHalfWidth(
      after: worth, mixingVariance: mixingVariance, confidence: confidence)
    return factor / Double(count - 1)
  }
}
