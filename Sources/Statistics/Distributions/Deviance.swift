internal import Glibc

/// What a count, or a share, departs from its expectation by: the term that log-likelihood ratios are sums of.
enum Deviance {
  /// x ln(x / mean) + mean - x, which is never negative, also where x is close to the mean (Loader, "Fast and accurate
  /// computation of binomial probabilities", 2000). x at least 0, the mean above 0; both may be 0.
  static func term(_ x: Double, _ mean: Double) -> Double {
    if x == 0 { return mean }
    guard (x - mean).magnitude < 0.1 * (x + mean) else { return x * log(x / mean) + mean - x }
    let v = (x - mean) / (x + mean)
    var sum = (x - mean) * v
    var term = 2 * x * v
    for j in 1..<1000 {
      term *= v * v
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}
