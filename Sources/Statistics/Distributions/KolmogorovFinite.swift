internal import Glibc

/// The law of the one-sample Kolmogorov-Smirnov statistic for so many values: P(D_n >= x).
///
/// Each region has the form that Simard and L'Ecuyer found precise and fast there ("Computing the two-sided
/// Kolmogorov-Smirnov distribution", J. Stat. Software 39(11), 2011): ten digits or more up to 140 values, and about five
/// beyond.
package struct KolmogorovFinite: Sendable {
  /// At least 1.
  package let count: Int

  package init(count: Int) { self.count = count }

  /// P(D_n >= x).
  package func upper(_ x: Double) -> Probability {
    let n = Double(count)
    let t = n * x
    if x >= 1 { return .zero }
    if t <= 0.5 { return .one }
    if t <= 1 {
      // Ruben and Gambino: n! (2x - 1/n)^n.
      var lower = 1.0
      var i = n
      while i >= 1, lower > 0 {
        lower *= i / n * (2 * t - 1)
        i -= 1
      }
      return Probability(1 - lower)
    }
    // At most one end of the band can be left, or as good as never both: twice the one-sided tail (Miller).
    if x >= 0.5 || t * x >= (count <= 140 ? 4 : 2.2) { return oneSidedUpper(x).doubled }
    // What is left are probabilities above 6e-4, which one minus the other tail does not hurt.
    if count <= 140 || (count <= 100_000 && n * pow(x, 1.5) <= 1.4) {
      return Probability(1 - DurbinMatrix.lower(count: count, x))
    }
    return Probability(1 - PelzGood.lower(count: count, x))
  }

  /// P(D_n^+ >= x) for x in 0..<1, by Smirnov's sum, all of whose terms are positive.
  ///
  /// The j-th term is x / (x + j/n) times the probability of j successes of n with that share. Of more than 200,000
  /// terms, which then hardly differ from their neighbours and vanish at both ends, each so-many'th stands for all.
  private func oneSidedUpper(_ x: Double) -> Probability {
    let n = Double(count)
    let last = Int((n * (1 - x)).rounded(.down))
    let stride = count / 200_000 + 1
    // Logarithms, scaled by the largest, so that the sum survives where its terms underflow.
    var logs = [Double]()
    for j in Swift.stride(from: 0, through: last, by: stride) {
      let share = x + Double(j) / n
      guard share < 1 else { break }
      logs.append(log(x / share) + Binomial(trials: count, share: share).logMass(j))
    }
    guard let largest = logs.max() else { return .zero }
    var sum = CompensatedSum()
    for term in logs { sum.add(exp(term - largest)) }
    let total = sum.value * Double(stride)
    return largest > -650
      ? Probability(exp(largest) * total) : Probability(log10: (largest + log(total)) / log(10))
  }
}

/// Durbin's matrix form of P(D_n < x), raised to its power by squaring: Marsaglia, Tsang and Wang, "Evaluating
/// Kolmogorov's distribution", J. Stat. Software 8(18), 2003.
private enum DurbinMatrix {
  static func lower(count n: Int, _ x: Double) -> Double {
    let t = Double(n) * x
    let k = Int(t.rounded(.up))
    let h = Double(k) - t
    let size = 2 * k - 1
    var matrix = [Double](repeating: 0, count: size * size)
    var factorials = [1.0]
    for i in 1...size { factorials.append(factorials[i - 1] / Double(i)) }
    for row in 0..<size {
      for column in 0...min(row + 1, size - 1) {
        matrix[row * size + column] = factorials[row - column + 1]
      }
    }
    for i in 0..<size {
      let corner = (1 - pow(h, Double(i + 1))) * factorials[i + 1]
      matrix[i * size] = corner
      matrix[(size - 1) * size + size - 1 - i] = corner
    }
    let both = pow(max(2 * h - 1, 0), Double(size)) - 2 * pow(h, Double(size))
    matrix[(size - 1) * size] = (1 + both) * factorials[size]

    var (base, baseExponent) = (matrix, 0)
    var power = [Double](repeating: 0, count: size * size)
    for i in 0..<size { power[i * size + i] = 1 }
    var exponent = 0
    var rest = n
    let middle = (k - 1) * size + k - 1
    while true {
      if rest & 1 == 1 {
        power = product(power, base, size)
        exponent += baseExponent
        scale(&power, &exponent, middle)
      }
      rest >>= 1
      if rest == 0 { break }
      base = product(base, base, size)
      baseExponent *= 2
      scale(&base, &baseExponent, middle)
    }
    var result = power[middle]
    for i in 1...n {
      result *= Double(i) / Double(n)
      if result < 0x1p-500 {
        result *= 0x1p500
        exponent -= 500
      }
    }
    return scalbn(result, Int32(clamping: exponent))
  }

  private static func scale(_ matrix: inout [Double], _ exponent: inout Int, _ middle: Int) {
    guard matrix[middle] > 0x1p400 else { return }
    for index in matrix.indices { matrix[index] *= 0x1p-400 }
    exponent += 400
  }

  private static func product(_ a: [Double], _ b: [Double], _ size: Int) -> [Double] {
    var result = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for k in 0..<size {
        let factor = a[i * size + k]
        for j in 0..<size { result[i * size + j] += factor * b[k * size + j] }
      }
    }
    return result
  }
}
