internal import Glibc

/// A Poisson number with mean 1 from a uniform one, by the inverse of its distribution function.
package enum PoissonWeight {
  /// P(X <= k), until it is 1.
  package static let cumulative: [Double] = {
    var (term, sum): (Double, Double) = (Glibc.exp(-1.0), 0)
    var values: [Double] = []
    for k in 0..<20 {
      sum += term
      values.append(min(sum, 1))
      term /= Double(k + 1)
    }
    values[19] = 1
    return values
  }()

  /// The smallest k of which u is below P(X <= k); u in [0, 1).
  package static func weight(_ u: Double) -> Int {
    cumulative.firstIndex { u < $0 } ?? cumulative.count
  }
}
