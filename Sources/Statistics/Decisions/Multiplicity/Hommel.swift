internal import Glibc

/// Hommel's adjustment of p-values: the closure of Simes's test.
package enum Hommel: Adjustment {
  package static let method = Method(
    "hommel",
    computes: """
      The least level at which Simes's test rejects every set of hypotheses that the hypothesis is in. With S(i) the p-value \
      of Simes's test of the i largest p-values (the least of i p(m - i + j) / j), it is the least over k of \
      max(S(k + 1), k p).
      """,
    use: """
      The sharpest of the adjustments that keep the probability of any false alarm below the level, for tests that are \
      independent or positively dependent; else take Holm's.
      """,
    source: """
      Hommel, Biometrika 75 (1988); Meijer, Krebs and Goeman, "Hommel's procedure in linear time", Biometrical Journal 61 \
      (2019)
      """)

  package static func adjusted(ascending: [Probability]) -> [Probability] {
    let simes = simes(ascending)
    return ascending.map { p in
      // k p grows with k and S(k + 1) falls: the least of the larger is where they cross.
      func larger(_ k: Int) -> Probability { max(simes[k + 1], p.times(Double(k))) }
      var (low, high) = (1, ascending.count)
      while low < high {
        let k = (low + high) / 2
        if p.times(Double(k)) >= simes[k + 1] { high = k } else { low = k + 1 }
      }
      return min(larger(low), larger(max(low - 1, 1)))
    }
  }

  /// S(i) for i from 1 to m, with 1 before and 0 behind. S(i) / i is the least slope from the point (m - i, 0) to a
  /// point (k, p(k)) on its right; only the lower convex hull can have it, and it moves left with the point. O(m), in
  /// logarithms, as p-values may be smaller than doubles.
  private static func simes(_ p: [Probability]) -> [Probability] {
    func slope(_ from: Int, _ to: Int) -> Double {
      p[to].log10 + log1p(-pow(10, p[from].log10 - p[to].log10)) / log(10) - Glibc.log10(Double(to - from))
    }
    var hull: [Int] = []
    for index in p.indices {
      while hull.count > 1, slope(hull[hull.count - 2], hull[hull.count - 1]) >= slope(hull[hull.count - 1], index) {
        hull.removeLast()
      }
      hull.append(index)
    }
    var simes = [Probability.one]
    for size in stride(from: 1, through: p.count, by: 1) {
      // Indices count from 0: p(k) is p[k - 1], and its distance from m - i is k - (m - i).
      func distance(_ index: Int) -> Double { Double(index + 1 - (p.count - size)) }
      func steepness(_ index: Int) -> Double { p[index].log10 - Glibc.log10(distance(index)) }
      while hull.count > 1, distance(hull[hull.count - 2]) > 0,
        steepness(hull[hull.count - 2]) <= steepness(hull[hull.count - 1])
      {
        hull.removeLast()
      }
      let best = hull[hull.count - 1]
      simes.append(p[best].times(Double(size) / distance(best)))
    }
    return simes + [.zero]
  }
}
