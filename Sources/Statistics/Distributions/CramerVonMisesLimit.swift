internal import Glibc

/// The limit of the Cramer-von Mises statistic's distribution: the integral of a squared Brownian bridge.
package enum CramerVonMisesLimit {
  /// P(W > x), to nearly full relative precision also far out in the tail.
  ///
  /// Smirnov's alternating series of integrals over [(2k - 1) pi, 2k pi] of exp(-x t^2 / 2) / sqrt(t |sin t|), each by
  /// Gauss-Chebyshev quadrature, which takes in the singular ends (Anderson and Darling, Annals of Mathematical
  /// Statistics 23, 1952, give the history).
  package static func upper(_ x: Double) -> Probability {
    // Below it the lower tail is under 1e-17.
    guard x > 0.003 else { return .one }
    let nodes = 40 + Int(min(10 * x.squareRoot(), 1e5))
    var sum = 0.0
    for k in 1...40 {
      let start = Double(2 * k - 1) * .pi
      if x * (start * start - .pi * .pi) / 2 > 50 { break }
      var integral = 0.0
      for node in 0..<nodes {
        let angle = (Double(node) + 0.5) * .pi / Double(nodes)
        // The distance from the start of the interval, which is pi long, as a share; and the weight 1 - u^2.
        let share = pow(sin(angle / 2), 2)
        let t = start + .pi * share
        let sine = sin(.pi * min(share, pow(cos(angle / 2), 2)))
        integral += exp(-x * (t * t - .pi * .pi) / 2) * sin(angle) / (t * sine).squareRoot()
      }
      sum += (k % 2 == 1 ? 1 : -1) * integral * .pi / 2 * (.pi / Double(nodes))
    }
    let logarithm = log(2 / .pi * sum) - x * .pi * .pi / 2
    return logarithm > -700 ? Probability(exp(logarithm)) : Probability(log10: logarithm / log(10))
  }
}
