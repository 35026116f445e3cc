internal import Glibc

extension Philox {
  /// A binomial number: by the gaps between successes (Devroye, "Non-Uniform Random Variate Generation", 1986, section
  /// X.4.3), and rounded from a normal one where successes and failures are many.
  package mutating func binomial(_ count: Int, _ share: Double) -> Int {
    guard count > 0, share > 0 else { return 0 }
    guard share < 1 else { return count }
    if share > 0.5 { return count - binomial(count, 1 - share) }
    let mean = Double(count) * share
    if mean > 60 {
      let deviation = (mean * (1 - share)).squareRoot()
      return min(max(Int((mean + deviation * normal()).rounded()), 0), count)
    }
    let scale = log1p(-share)
    var (successes, place) = (-1, 0.0)
    repeat {
      place += (log(1 - uniform()) / scale).rounded(.down) + 1
      successes += 1
    } while place <= Double(count)
    return successes
  }

  /// How many of so many draws fall into each cell.
  mutating func multinomial(_ count: Int, _ weights: [Int], into result: inout [Double]) {
    var (left, rest) = (count, weights.reduce(0, +))
    for (cell, weight) in weights.enumerated() {
      let drawn = rest > weight ? binomial(left, Double(weight) / Double(rest)) : left
      result[cell] = Double(drawn)
      left -= drawn
      rest -= weight
    }
  }
}
