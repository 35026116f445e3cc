internal import Glibc

/// How far the distribution functions of two samples are apart at most, and how likely that is by chance.
package struct KolmogorovSmirnov: Sendable {
  /// By which law a p-value was computed.
  package enum Law: String, Sendable, CaseIterable {
    /// Counting lattice paths; too large for samples with ties. O(m * n).
    case exact
    /// The one-sample law for mn / (m + n) values, rounded; one-sided by Hodges' expansion.
    case finite
    /// The Kolmogorov limit.
    case limit
  }

  /// The test's statistic and p-value, with the law that gave it.
  package struct Result: Sendable, Hashable {
    package var statistic: Double
    package var p: Probability
    package var law: Law
  }

  package static let method = Method(
    "kolmogorov-smirnov", aliases: ["ks", "ks-2samp", "smirnov"],
    computes: """
      D = max |F(v) - G(v)|, the largest gap between the distribution functions of two samples; one-sided, the largest \
      F - G (greater: the first sample lies lower) or G - F (less). The p-value is exact by counting lattice paths while \
      m * n is at most ten million, else that of the one-sample law for mn / (m + n) values; the Kolmogorov limit on \
      request.
      """,
    use: """
      To ask whether a numeric column has the same distribution as its baseline, in place and in shape. With 100,000 \
      values every drift is significant, so judge by D, with the p-value beside it. Ties make the p-value too large: for \
      columns of few distinct values prefer the chi-squared test. It hardly sees differences in the tails: for those \
      use anderson-darling.
      """,
    source: """
      Smirnov, Annals of Mathematical Statistics 19 (1948); Hodges, Arkiv foer Matematik 3 (1958); Simard and L'Ecuyer, \
      J. Stat. Software 39(11) (2011)
      """)

  /// The most cells of the grid that the exact law counts unless asked, and the most that it counts at all.
  private static let usualCells = 10_000_000
  private static let mostCells = 1_000_000_000

  private let paths: LatticePaths
  /// The largest F - G and G - F, in units of the lattice.
  private let above: Int
  private let below: Int
  /// A value where the larger of the two gaps begins.
  package let location: Double

  /// O(m + n). Throws for an empty sample or one with NaN; infinities are values like others.
  package init(_ x: [Double], _ y: [Double]) throws(Undefined) {
    let sorted = try Sample.sortedPair(x, y)
    let paths = LatticePaths(x.count, y.count)
    var (i, j, above, below) = (0, 0, 0, 0)
    var location = 0.0
    PooledWalk.each(sorted.x, sorted.y) { value, inFirst, inSecond in
      i &+= inFirst
      j &+= inSecond
      let gap = paths.gap(i, j)
      if gap.magnitude > max(above, below).magnitude { location = value }
      above = max(above, gap)
      below = max(below, -gap)
    }
    self.paths = paths
    self.above = above
    self.below = below
    self.location = location
  }

  /// D, between 0 and 1.
  package func statistic(_ alternative: Alternative = .twoSided) -> Double {
    Double(height(alternative)) / Double(paths.unit)
  }

  /// The law that is used unless another is asked for.
  package var usualLaw: Law { cells <= Self.usualCells ? .exact : .finite }

  private var cells: Int {
    let cells = paths.first.multipliedReportingOverflow(by: paths.second)
    return cells.overflow ? .max : cells.partialValue
  }

  /// Throws where the finite law is asked for two samples of one value, which leave it nothing, and where the exact law is
  /// asked for more than a thousand million pairs.
  package func test(_ alternative: Alternative = .twoSided, law: Law? = nil) throws(Undefined) -> Result {
    let law = law ?? usualLaw
    return Result(statistic: statistic(alternative), p: try p(alternative, law), law: law)
  }

  private func p(_ alternative: Alternative, _ law: Law) throws(Undefined) -> Probability {
    let height = height(alternative)
    let (m, n) = (Double(max(paths.first, paths.second)), Double(min(paths.first, paths.second)))
    let size = m * n / (m + n)
    let d = statistic(alternative)
    switch (law, alternative) {
    case (.exact, _):
      guard cells <= Self.mostCells else {
        throw .outsideDomain("counting lattice paths is for smaller samples; use the finite law")
      }
      return paths.reaching(height, twoSided: alternative == .twoSided)
    case (.finite, .twoSided):
      let count = Int(size.rounded(.toNearestOrEven))
      guard count > 0 else { throw .tooFew("values in one of the samples", needed: 2, got: 1) }
      return KolmogorovFinite(count: count).upper(d)
    case (.finite, _):
      let z = size.squareRoot() * d
      return Self.exponential(-2 * z * z - 2 * z * (m + 2 * n) / (m * n * (m + n)).squareRoot() / 3)
    case (.limit, .twoSided):
      return Kolmogorov.upper(size.squareRoot() * d)
    case (.limit, _):
      return Self.exponential(-2 * size * d * d)
    }
  }

  private func height(_ alternative: Alternative) -> Int {
    switch alternative {
    case .twoSided: max(above, below)
    case .greater: above
    case .less: below
    }
  }

  private static func exponential(_ exponent: Double) -> Probability {
    exponent > -700 ? Probability(exp(exponent)) : Probability(log10: exponent / log(10))
  }
}
