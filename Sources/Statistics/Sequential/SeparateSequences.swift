/// What two confidence sequences of separate samples say together of the change from one parameter to the other.
package enum SeparateSequences {
  package static let method = Method(
    "separate-sequences", aliases: ["union-bound-change"],
    computes: """
      For intervals of a candidate's and a baseline's parameter, each with the confidence (1 + confidence) / 2: the \
      difference lies between the candidate's lower less the baseline's upper end and its upper less the baseline's \
      lower end; the ratio between the quotients of the same ends.
      """,
    use: """
      A change of quantiles, or of shares of samples of different size, at any time and with no assumption beyond those of \
      the two sequences. It is wider than a method for the change itself, where there is one.
      """,
    source: "Bonferroni's inequality; Howard and Ramdas, Bernoulli 28 (2022)")

  /// The confidence that each of the two needs so that both hold with the given one.
  package static func each(_ confidence: Double) -> Double { 1 - (1 - confidence) / 2 }

  /// Candidate less baseline, with the confidence that both hold.
  package static func difference(_ candidate: ConfidenceInterval, _ baseline: ConfidenceInterval) -> ConfidenceInterval
  {
    // An end that is not known yet is infinite, and says nothing beside another such end.
    ConfidenceInterval(
      lower: baseline.upper.isFinite ? candidate.lower - baseline.upper : -.infinity,
      upper: candidate.upper.isFinite ? candidate.upper - baseline.lower : .infinity,
      confidence: both(candidate, baseline))
  }

  /// Candidate divided by baseline, for parameters that are not below 0; with the confidence that both hold.
  package static func ratio(_ candidate: ConfidenceInterval, _ baseline: ConfidenceInterval) -> ConfidenceInterval {
    let (low, high) = (max(0, candidate.lower), candidate.upper)
    return ConfidenceInterval(
      lower: baseline.upper.isFinite && baseline.upper > 0 ? low / baseline.upper : 0,
      upper: baseline.lower > 0 ? high / baseline.lower : .infinity, confidence: both(candidate, baseline))
  }

  private static func both(_ candidate: ConfidenceInterval, _ baseline: ConfidenceInterval) -> Double {
    candidate.confidence + baseline.confidence - 1
  }
}
