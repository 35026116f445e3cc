/// The mean squared distance between the distribution functions of two samples.
package enum CramerVonMises {
  package enum Law: String, Sendable {
    /// Counting all orders of the pooled samples; conservative for samples with ties.
    case exact
    /// The limit, moved and scaled to the mean and variance of the statistic.
    case asymptotic
  }

  package static let method = Method(
    "cramer-von-mises", aliases: ["cvm", "cramervonmises-2samp"],
    computes: """
      T = U / (mn(m + n)) - (4mn - 1) / (6(m + n)), where U adds up m (rank - position)^2 over the first sample and the \
      same with n over the second: for samples without ties mn / (m + n)^2 times the sum of (F - G)^2 over all values. \
      The p-value is exact for up to 20 values each, else from the limit of the statistic, adjusted to its mean and \
      variance.
      """,
    use: """
      In place of kolmogorov-smirnov when the difference may be spread over the range rather than sit in one place; it \
      finds most shifts with fewer values. Ties make the exact p-value conservative.
      """,
    source:
      "Anderson, Annals of Mathematical Statistics 33 (1962); Xiao, Gordon and Yakovlev, J. Stat. Software 17(8) (2006)"
  )

  /// At least two values each. O(m + n), and for the exact law O(m n) lists of the values that the statistic can have.
  package static func test(_ x: [Double], _ y: [Double], law: Law? = nil) throws(Undefined) -> TestResult {
    let sorted = try Sample.sortedPair(x, y, atLeast: 2)
    let (m, n) = (Double(x.count), Double(y.count))
    var (i, j) = (0.0, 0.0)
    var (first, second) = (CompensatedSum(), CompensatedSum())
    PooledWalk.each(sorted.x, sorted.y) { _, inFirst, inSecond in
      let rank = i + j + Double(inFirst + inSecond + 1) / 2
      for _ in 0..<inFirst {
        i += 1
        first.add((rank - i) * (rank - i))
      }
      for _ in 0..<inSecond {
        j += 1
        second.add((rank - j) * (rank - j))
      }
    }
    let u = m * first.value + n * second.value
    let (k, total) = (m * n, m + n)
    let statistic = u / (k * total) - (4 * k - 1) / (6 * total)
    switch law ?? (max(x.count, y.count) <= 20 ? .exact : .asymptotic) {
    case .exact:
      return TestResult(statistic: statistic, p: try CramerVonMisesLaw(x.count, y.count).upper(u))
    case .asymptotic:
      let mean = (1 + 1 / total) / 6
      let variance =
        (total + 1) * (4 * k * total - 3 * (m * m + n * n) - 2 * k) / (45 * total * total * 4 * k)
      let scaled = 1 / 6.0 + (statistic - mean) / (45 * variance).squareRoot()
      return TestResult(statistic: statistic, p: CramerVonMisesLimit.upper(scaled))
    }
  }
}

/// The exact law of U for samples without ties, over all orders of the pooled samples.
private struct CramerVonMisesLaw {
  private let first: Int
  private let second: Int
  /// The steps of F - G at a value of each sample, in units of 1 / lcm.
  private let paths: LatticePaths

  init(_ first: Int, _ second: Int) {
    self.first = first
    self.second = second
    paths = LatticePaths(first, second)
  }

  /// P(U >= u). Each cell of the grid has a list of the sums of squared gaps that its paths can have, with their shares.
  func upper(_ u: Double) throws(Undefined) -> Probability {
    // The lists have at most as many entries as the largest sum; 64 bits hold it by far.
    guard first <= 100, second <= 100, first * second * Swift.min(paths.unit * paths.unit, 1 << 20) <= 1 << 31 else {
      throw .outsideDomain("the exact law of Cramer and von Mises is for small samples; use the asymptotic one")
    }
    let (m, n, unit) = (Double(first), Double(second), Double(paths.unit))
    let threshold = (unit * unit * (m + n) * (6 * u - m * n * (4 * m * n - 1)) / (6 * m * m * n * n)).rounded(.down)
    var column = [[Outcome]](repeating: [], count: first + 1)
    for j in 0...second {
      for i in 0...first {
        let share = i + j > 0 ? 1 / Double(i + j) : 1
        let gap = paths.gap(i, j)
        if i == 0, j == 0 {
          column[0] = [Outcome(sum: 0, share: 1)]
        } else {
          let left = i > 0 ? column[i - 1] : []
          column[i] = Self.merged(left, Double(i) * share, column[i], Double(j) * share, plus: gap * gap)
        }
      }
    }
    return Probability(column[first].reduce(0) { Double($1.sum) >= threshold ? $0 + $1.share : $0 })
  }

  private struct Outcome {
    var sum: Int
    var share: Double
  }

  private static func merged(
    _ a: [Outcome], _ aShare: Double, _ b: [Outcome], _ bShare: Double, plus square: Int
  ) -> [Outcome] {
    var result = [Outcome]()
    result.reserveCapacity(max(a.count, b.count))
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      let sum = j == b.count || (i < a.count && a[i].sum <= b[j].sum) ? a[i].sum : b[j].sum
      var share = 0.0
      if i < a.count, a[i].sum == sum {
        share += a[i].share * aShare
        i += 1
      }
      if j < b.count, b[j].sum == sum {
        share += b[j].share * bShare
        j += 1
      }
      result.append(Outcome(sum: sum + square, share: share))
    }
    return result
  }
}
