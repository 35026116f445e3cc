internal import Glibc

/// The mixture sequential probability ratio test: a p-value that may be looked at after every observation.
package struct MixtureSPRT: Sequential {
  /// The mean under the null hypothesis.
  package let null: Double
  /// The smallest p-value so far: the always-valid one. 1 before the first observation.
  package private(set) var p = Probability.one
  private var sequence: NormalMixtureSequence

  package static let method = Method(
    "msprt", aliases: ["mixture-sprt", "always-valid-p"],
    computes: """
      L = sqrt(s² / (s² + n t²)) exp(n² t² (mean - m0)² / (2 s² (s² + n t²))) after n differences with the known variance \
      s², mixed over effects of variance t²; the always-valid p is the smallest 1/L so far, at most 1.
      """,
    use: """
      An A/B comparison that is looked at while it runs, and stopped when p is small: the error stays below the level \
      however often one looks. For two arms of n each, s² is the sum of both variances. Choose t near the effect worth \
      finding. It gives up power against a test of fixed n.
      """,
    source: "Johari, Koomen, Pekelis and Walsh, KDD 2017, and Operations Research 70 (2022)")

  /// Throws when a variance is not above 0 or the null is not finite.
  package init(variance: Double, mixingVariance: Double, null: Double = 0) throws(Undefined) {
    guard null.isFinite else { throw .outsideDomain("the mean under the null hypothesis must be finite") }
    sequence = try NormalMixtureSequence(
      standardDeviation: variance.squareRoot(), mixingVariance: mixingVariance / variance)
    self.null = null
  }

  package var count: Int { sequence.count }

  package mutating func update(_ observation: Double) throws(Undefined) {
    try update(mean: observation, count: 1)
  }

  /// Takes so many observations by their mean, and looks once, after the last.
  package mutating func update(mean: Double, count: Int) throws(Undefined) {
    var next = sequence
    try next.update(mean: mean, count: count)
    let evidence = next.logEvidence(against: null)
    guard evidence.isFinite else { throw .outOfRange }
    sequence = next
    p = min(p, Probability(log10: -evidence / log(10)))
  }

  /// ln L of all observations so far.
  package var logLikelihoodRatio: Double { sequence.logEvidence(against: null) }

  /// The mean with the interval of all means that the test does not reject now.
  package func interval(confidence: Double) throws(Undefined) -> Estimate {
    try sequence.interval(confidence: confidence)
  }
}
