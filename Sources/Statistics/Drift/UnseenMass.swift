/// The mass of a population on categories that a sample of another one does not hold, beside what sampling explains.
package struct UnseenMass: Sendable, Hashable {
  package static let method = Method(
    "unseen-mass", aliases: ["good-turing", "missing-mass", "unseen-categories", "new-categories"],
    computes: """
      The share of current rows in categories that the reference lacks, less the share that a second sample of the reference's \
      population would have: f1 / n, the categories seen once in n rows (Good and Turing). Its interval combines the \
      Wilson intervals of both shares as Newcombe does; the p-value is that of Fisher's exact test against f1 of n. The \
      reference counts as half its rows, which covers the variance of the estimate. For numbers outside of the reference's \
      range f1 is 2: its least and its greatest value.
      """,
    use: """
      Long-tailed categories (cities, products, words) always bring new values: gate on how many more there are than \
      sampling explains. Exchange the samples for categories that have vanished. It needs the categories seen once, \
      so it is not for sketches that forget rare ones.
      """,
    source: """
      Good, Biometrika 40 (1953); Robbins, Annals of Mathematical Statistics 39 (1968); Newcombe, Statistics in Medicine 17 \
      (1998)
      """)

  /// The share of current rows in categories that the reference lacks.
  package let share: Double
  /// The share that was to be expected.
  package let expected: Double
  /// What the share exceeds the expectation by in the populations; below 0 for fewer than expected.
  package let excess: ConfidenceInterval
  /// How likely so many unseen rows were if nothing has changed.
  package let p: Probability
  private let rows: Double

  /// - Parameters:
  ///   - seenOnce: The reference's categories with one row (f1); 2 for the range of numbers.
  ///   - rows: The rows of the reference.
  ///   - unseen: The current rows in categories that the reference lacks.
  ///   - currentRows: All current rows.
  package init(
    seenOnce: Int, of rows: Int, unseen: Int, of currentRows: Int, confidence: Double = 0.95
  ) throws(Undefined) {
    let current = try BinomialCount(unseen, of: currentRows)
    _ = try BinomialCount(min(seenOnce, rows), of: rows)
    for count in [seenOnce, rows, unseen, currentRows] { try Counts.require(count) }
    // Rounded so that less is known, not more.
    let half = max(1, rows / 2)
    let reference = try BinomialCount(min((seenOnce + 1) / 2, half), of: half)
    share = current.share
    expected = min(1, Double(seenOnce) / Double(rows))
    let (one, other) = (
      try Wilson.interval(current, confidence: confidence).interval,
      try Wilson.interval(reference, confidence: confidence).interval
    )
    let gap = share - expected
    func reach(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    excess = ConfidenceInterval(
      lower: gap - reach(share - one.lower, max(0, other.upper - expected)),
      upper: gap + reach(one.upper - share, max(0, expected - other.lower)), confidence: confidence)
    p = Homogeneity.upper(current, reference)
    self.rows = Double(min(rows, currentRows))
  }

  /// Whether more than the limit has come beyond what sampling explains. `isSignificant` after the correction for all that
  /// is looked at.
  package func decision(
    limit: Double, isSignificant: Bool, floor: Int = DriftEstimate.floor
  ) -> DriftDecision {
    if excess.lower > limit, isSignificant { return .drifted }
    return excess.upper <= limit && rows >= Double(floor) ? .stable : .undecided
  }
}

extension Homogeneity {
  /// How likely the first of two samples of one population had so large a share, or a larger one: Fisher's exact test.
  static func upper(_ first: BinomialCount, _ second: BinomialCount) -> Probability {
    let total = first.n + second.n
    guard total < 1e7 else {
      // The normal limit, with Yates's correction.
      let pooled = (first.k + second.k) / total
      let error = (pooled * (1 - pooled) * (1 / first.n + 1 / second.n)).squareRoot()
      let gap = first.share - second.share - (1 / first.n + 1 / second.n) / 2
      return error > 0 ? Normal.upper(gap / error) : .one
    }
    return Hypergeometric(
      successes: first.successes + second.successes, failures: first.failures.successes + second.failures.successes,
      draws: first.trials
    ).upper(first.successes)
  }
}
