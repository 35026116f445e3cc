/// A distribution of whole numbers whose probabilities rise up to a mode, and fall from there.
protocol UnimodalDistribution {
  /// What can happen.
  var support: ClosedRange<Int> { get }
  /// A likeliest outcome.
  var mode: Int { get }
  /// ln P(X = k); -infinity of what cannot happen.
  func logMass(_ k: Int) -> Double
  /// P(X <= k).
  func lower(_ k: Int) -> Probability
  /// P(X >= k).
  func upper(_ k: Int) -> Probability
}

extension UnimodalDistribution {
  /// The p-value of an exact test that observed k. The two-sided one is the probability of all outcomes that are no
  /// likelier than k.
  func p(_ k: Int, _ alternative: Alternative) -> Probability {
    switch alternative {
    case .less: return lower(k)
    case .greater: return upper(k)
    case .twoSided:
      // Outcomes as likely as k are told from likelier ones in spite of rounding, as in R's binom.test.
      let limit = logMass(k) + 1e-7
      if logMass(mode) <= limit { return .one }
      if k < mode {
        return lower(k) + upper(boundary(from: mode, to: support.upperBound + 1) { logMass($0) <= limit })
      }
      return upper(k) + lower(boundary(from: mode, to: support.lowerBound - 1) { logMass($0) <= limit })
    }
  }

  /// The first number on the way that meets a condition which holds from there on; the last when none does before it.
  private func boundary(from first: Int, to last: Int, where meets: (Int) -> Bool) -> Int {
    var (near, far) = (first, last)
    while (far - near).magnitude > 1 {
      let middle = near + (far - near) / 2
      if meets(middle) { far = middle } else { near = middle }
    }
    return far
  }
}
