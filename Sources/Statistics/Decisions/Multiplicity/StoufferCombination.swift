/// Stouffer's combination of independent p-values into one.
package enum StoufferCombination {
  package static let method = Method(
    "stouffer-combination", aliases: ["stouffer", "stouffers-method", "weighted-z"],
    computes: """
      The upper normal tail of (sum of w z) / sqrt(sum of w^2), where z is the normal quantile above which p lies; weights \
      are 1 unless given.
      """,
    use: """
      To ask whether several independent one-sided tests agree: p-values near 1 weigh against those near 0. With square \
      roots of sample sizes as weights it is the test of the pooled effect.
      """,
    source: "Stouffer et al., The American Soldier (1949); Liptak (1958) for the weights")

  /// The combined p-value. Throws without p-values, for weights that are not as many, not finite or all 0, and when
  /// p-values of 0 and of 1 meet. O(k).
  package static func combine(_ p: [Probability], weights: [Double]? = nil) throws(Undefined) -> Probability {
    guard !p.isEmpty else { throw .tooFew("p-values", needed: 1, got: 0) }
    let given = weights ?? Array(repeating: 1, count: p.count)
    guard given.count == p.count else { throw .lengthsDiffer(p.count, given.count) }
    try Sample.requireFinite(given)
    let scale = Sample.scale([given])
    let weights = given.map { $0 * scale }
    let norm = weights.map { $0 * $0 }.compensatedSum.squareRoot()
    guard norm > 0 else { throw .noObservations }
    let terms = zip(p, weights).filter { $1 != 0 }.map { $1 / norm * Normal.upperQuantile($0) }
    if let certain = terms.first(where: \.isInfinite) {
      guard !terms.contains(-certain) else { throw .outsideDomain("p-values of 0 and 1 contradict each other") }
      return certain > 0 ? .zero : .one
    }
    return Normal.upper(terms.compensatedSum)
  }
}
