internal import Glibc

/// How many successes are among so many draws without replacement.
struct Hypergeometric: UnimodalDistribution {
  let successes: Int
  let failures: Int
  let draws: Int
  let support: ClosedRange<Int>
  let mode: Int

  /// Counts of at least 0, at most 2^53 together, and at most as many draws as there are successes and failures.
  init(successes: Int, failures: Int, draws: Int) {
    self.successes = successes
    self.failures = failures
    self.draws = draws
    support = max(0, draws - failures)...min(draws, successes)
    let product = UInt(draws + 1).multipliedFullWidth(by: UInt(successes + 1))
    let mode = UInt(successes + failures + 2).dividingFullWidth(product).quotient
    self.mode = min(max(Int(mode), support.lowerBound), support.upperBound)
  }

  /// By the binomial probabilities of drawing from either kind, given those of drawing at all (Loader, 2000).
  func logMass(_ k: Int) -> Double {
    guard support.contains(k) else { return -.infinity }
    guard support.count > 1 else { return 0 }
    let share = Double(draws) / Double(successes + failures)
    return Binomial(trials: successes, share: share).logMass(k)
      + Binomial(trials: failures, share: share).logMass(draws - k)
      - Binomial(trials: successes + failures, share: share).logMass(draws)
  }

  func lower(_ k: Int) -> Probability {
    if k < support.lowerBound { return .zero }
    if k >= support.upperBound { return .one }
    return k < mode ? tail(from: k, by: -1) : Probability(1 - tail(from: k + 1, by: 1).value)
  }

  func upper(_ k: Int) -> Probability {
    if k <= support.lowerBound { return .one }
    if k > support.upperBound { return .zero }
    return k > mode ? tail(from: k, by: 1) : Probability(1 - tail(from: k - 1, by: -1).value)
  }

  /// The probability of k and of all beyond it, on the way away from the mode, where the terms fall.
  private func tail(from k: Int, by step: Int) -> Probability {
    var (sum, term) = (1.0, 1.0)
    var at = k
    while support.contains(at + step), term > sum * 0x1p-54 {
      let low = Double(step > 0 ? at : at - 1)
      let ratio =
        (Double(successes) - low) * (Double(draws) - low) / ((low + 1) * (Double(failures - draws) + low + 1))
      term *= step > 0 ? ratio : 1 / ratio
      sum += term
      at += step
    }
    return Probability(exponential: logMass(k), times: sum)
  }
}
