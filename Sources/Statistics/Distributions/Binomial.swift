internal import CNumerics
internal import Glibc

/// The number of successes in so many independent trials.
package struct Binomial: Sendable {
  package let trials: Int
  package let share: Double

  /// Trials, at least 0, and the probability of success in each, 0...1.
  package init(trials: Int, share: Double) {
    self.trials = trials
    self.share = share
  }

  /// P(X <= k).
  package func lower(_ k: Int) -> Probability {
    if k < 0 { return .zero }
    if k >= trials { return .one }
    return Probability(cn_beta_lower(Double(trials - k), Double(k + 1), 1 - share, share))
  }

  /// P(X >= k).
  package func upper(_ k: Int) -> Probability {
    if k <= 0 { return .one }
    if k > trials { return .zero }
    return Probability(cn_beta_lower(Double(k), Double(trials - k + 1), share, 1 - share))
  }

  /// P(X = k).
  package func mass(_ k: Int) -> Double { exp(logMass(k)) }

  /// ln P(X = k), by Loader's saddle-point form, which loses no digits for large counts ("Fast and accurate computation
  /// of binomial probabilities", 2000); -infinity of what cannot happen.
  package func logMass(_ k: Int) -> Double {
    guard k >= 0, k <= trials else { return -.infinity }
    if share <= 0 { return k == 0 ? 0 : -.infinity }
    if share >= 1 { return k == trials ? 0 : -.infinity }
    let (n, x) = (Double(trials), Double(k))
    if k == 0 { return n * log1p(-share) }
    if k == trials { return n * log(share) }
    let exponent =
      Self.stirlingError(n) - Self.stirlingError(x) - Self.stirlingError(n - x) - Deviance.term(x, n * share)
      - Deviance.term(n - x, n * (1 - share))
    return exponent + 0.5 * log(n / (2 * .pi * x * (n - x)))
  }

  /// ln n! less Stirling's approximation of it.
  private static func stirlingError(_ n: Double) -> Double {
    if n < 16 { return cn_log_gamma(n + 1) - ((n + 0.5) * log(n) - n + 0.5 * log(2 * .pi)) }
    let square = n * n
    return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / (1188.0 * square)) / square) / square) / square) / n
  }
}

extension Binomial: UnimodalDistribution {
  var support: ClosedRange<Int> { 0...trials }

  var mode: Int { min(Int((Double(trials) + 1) * share), trials) }
}
