internal import Glibc

/// A distance between the shares of the same cells in two populations, fast enough for thousands of resamples.
///
/// It grows in proportion to small differences of the shares. So what sampling adds to it falls with the root of the rows.
protocol CellEffect: Sendable {
  /// Shares that each sum to 1.
  func value(_ p: [Double], _ q: [Double]) -> Double
  /// At most the standard error of every sum over cells of which the effect is the largest; nil where no bound serves.
  ///
  /// The effect of the samples is at least that sum of theirs which is the effect of the populations: so it is below that by
  /// so many standard errors as seldom as a normal number is.
  func greatestError(_ shares: ObservedShares) -> Double?
  /// How likely samples of one population would differ as much in what the effect looks at most; nil where the test of
  /// homogeneity says it.
  func p(_ shares: ObservedShares) -> Probability?
  /// Whether all differences grow and shrink together on the way to other populations. Where they do not, samples on the way
  /// are further apart than those of other populations with the same effect, and say nothing of what is below the observed.
  var isProportional: Bool { get }
  /// Differences of the shares, near the observed ones, that have so many times their effect, and the bias of the most
  /// biased; 0...1.
  func lessened(_ shares: ObservedShares, times: Double) -> [Double]
}

extension CellEffect {
  var isProportional: Bool { true }

  /// All in proportion: right for effects that are nearly a root of squares.
  func lessened(_ shares: ObservedShares, times: Double) -> [Double] { shares.difference.map { $0 * times } }

  func greatestError(_ shares: ObservedShares) -> Double? { nil }

  func p(_ shares: ObservedShares) -> Probability? { nil }
}

/// The Jensen-Shannon distance to base 2.
struct JensenShannonEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) where p + q > 0 { sum += (p + q) * Self.term((p - q) / (p + q)) }
    return (max(0, sum) / (4 * 0.693_147_180_559_945_3)).squareRoot()
  }

  /// (1 + s) ln(1 + s) + (1 - s) ln(1 - s).
  private static func term(_ s: Double) -> Double {
    let x = s * s
    if x < 0.09 { return x * (1 + x * (1 / 6.0 + x * (1 / 15.0 + x * (1 / 28.0 + x * (1 / 45.0 + x / 66.0))))) }
    return (s > -1 ? (1 + s) * log1p(s) : 0) + (s < 1 ? (1 - s) * log1p(-s) : 0)
  }
}

/// Half of the sum of the differences.
struct TotalVariationEffect: CellEffect {
  var isProportional: Bool { false }

  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) { sum += (p - q).magnitude }
    return sum / 2
  }

  /// The cells that differ least, against their standard error, do not differ at all; the others as they do. What is zero
  /// is biased most, so that no other way to the same effect has samples that are further apart.
  func lessened(_ shares: ObservedShares, times: Double) -> [Double] {
    func scaled(_ cell: Int) -> Double {
      let square = shares.pooled[cell] * (1 - shares.pooled[cell])
      return square > 0 ? shares.difference[cell].magnitude / square.squareRoot() : 0
    }
    let order = shares.difference.indices.sorted { scaled($0) > scaled($1) }
    var lessened = shares.difference
    for sign in [1.0, -1] {
      let cells = order.filter { shares.difference[$0] * sign > 0 }
      var left = times * cells.reduce(0) { $0 + shares.difference[$1].magnitude }
      for cell in cells {
        let kept = min(left, shares.difference[cell].magnitude)
        lessened[cell] = sign * kept
        left -= kept
      }
    }
    return lessened
  }
}

/// The largest difference.
struct LInfinityEffect: CellEffect {
  /// Cells of several shares, none of which need differ as much; not all of them.
  let mixed: Set<Int>

  init(_ cells: DriftCells) {
    mixed = cells.mixed.count < cells.reference.count ? cells.mixed : []
  }

  func value(_ p: [Double], _ q: [Double]) -> Double {
    var largest = 0.0
    for cell in p.indices where mixed.isEmpty || !mixed.contains(cell) {
      largest = max(largest, (p[cell] - q[cell]).magnitude)
    }
    return largest
  }

  /// That of the difference of the share that is known worst.
  func greatestError(_ shares: ObservedShares) -> Double? {
    // Of each sample by itself: what is a tenth of a small one is hardly a share of both. With two rows more to each side,
    // so that few rows are not surer of themselves for having seen less (Agresti and Caffo).
    func variance(_ share: Double, _ rows: Double) -> Double {
      let share = (share * rows + 2) / (rows + 4)
      return share * (1 - share) / rows
    }
    let variances = shares.pooled.indices.map { cell in
      variance(shares.reference[cell], shares.referenceSize) + variance(shares.current[cell], shares.currentSize)
    }
    return variances.max()?.squareRoot()
  }

  /// Only those that are larger; those within a standard error of these count as large. All of them are the largest then,
  /// and have the bias of such.
  func lessened(_ shares: ObservedShares, times: Double) -> [Double] {
    let most = times * value(shares.reference, shares.current)
    let cut = shares.difference.indices.map { cell in
      let (difference, share) = (shares.difference[cell], shares.pooled[cell])
      let error = (share * (1 - share) * shares.variance).squareRoot()
      guard !mixed.contains(cell), difference.magnitude + error >= most else { return difference }
      return difference < 0 ? -most : most
    }
    let rest = cut.reduce(0, +)
    return zip(cut, shares.pooled).map { $0 - rest * $1 }
  }
}

struct HellingerEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) {
      let gap = p.squareRoot() - q.squareRoot()
      sum += gap * gap
    }
    return (sum / 2).squareRoot()
  }
}

/// Cramer's V of two samples that count alike, whatever their sizes.
struct CramersVEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) where p + q > 0 { sum += (p - q) * ((p - q) / (p + q)) }
    return (sum / 2).squareRoot()
  }
}

/// The root of the population stability index, shares below 1e-4 raised to it.
struct StabilityEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) {
      let (p, q) = (max(p, 1e-4), max(q, 1e-4))
      let s = (p - q) / (p + q)
      sum += 2 * (p + q) * Self.term(s)
    }
    return max(0, sum).squareRoot()
  }

  /// s atanh(s); ln(p / q) is 2 atanh(s).
  private static func term(_ s: Double) -> Double {
    let x = s * s
    if x < 0.09 { return x * (1 + x * (1 / 3.0 + x * (1 / 5.0 + x * (1 / 7.0 + x * (1 / 9.0 + x / 11.0))))) }
    return s * atanh(s)
  }
}

/// The largest difference of the shares up to and with a cell.
struct KolmogorovSmirnovEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var (gap, largest) = (CompensatedSum(), 0.0)
    for (p, q) in zip(p, q) {
      gap.add(p)
      gap.add(-q)
      largest = max(largest, gap.value.magnitude)
    }
    return min(1, largest)
  }
}

/// The mean distance that values must move, in standard deviations of the reference.
struct WassersteinEffect: CellEffect {
  /// The value of each cell, ascending.
  private let values: [Double]
  /// The standard deviation of the reference's values.
  private let unit: Double

  /// - Parameter unit: That standard deviation; nil for the one of the cells.
  init(values: [Double], _ shares: ObservedShares, unit: Double?) {
    // About the middle of both samples, so that the variance keeps its digits, and so that squares stay in range.
    let scale = Sample.scale([values])
    let middle = zip(values, shares.pooled).map { $0 * scale * $1 }.compensatedSum
    self.values = values.map { $0 * scale - middle }
    self.unit = unit.map { $0 * scale } ?? Self.moments(self.values, shares.reference).variance.squareRoot()
  }

  func value(_ p: [Double], _ q: [Double]) -> Double {
    var (moved, gap) = (0.0, 0.0)
    for index in 1..<values.count {
      gap += p[index - 1] - q[index - 1]
      moved += gap.magnitude * (values[index] - values[index - 1])
    }
    return unit > 0 ? moved / unit : moved > 0 ? 1e100 : 0
  }

  /// That of the difference of the means: Wasserstein's distance is the largest difference of the means of a function with
  /// slopes from -1 to 1 (Kantorovich and Rubinstein), none of which varies more than the values do.
  func greatestError(_ shares: ObservedShares) -> Double? {
    let (reference, current) = (moments(shares.reference), moments(shares.current))
    guard unit > 0, reference.variance > 0 else { return nil }
    let variance = reference.variance / shares.referenceSize + current.variance / shares.currentSize
    return variance.squareRoot() / unit
  }

  /// Welch's test of the means, with the degrees of freedom of the smaller sample: far values move the mean while they
  /// are too few for a cell of their own.
  func p(_ shares: ObservedShares) -> Probability? {
    let (reference, current) = (moments(shares.reference), moments(shares.current))
    let variance = reference.variance / shares.referenceSize + current.variance / shares.currentSize
    let degrees = min(shares.referenceSize, shares.currentSize) - 1
    guard variance > 0, degrees >= 1 else { return nil }
    return StudentT(degrees: degrees).twoSided((reference.mean - current.mean) / variance.squareRoot())
  }

  private func moments(_ shares: [Double]) -> (mean: Double, variance: Double) { Self.moments(values, shares) }

  private static func moments(_ values: [Double], _ shares: [Double]) -> (mean: Double, variance: Double) {
    var (mean, squares) = (0.0, 0.0)
    for index in values.indices {
      mean += shares[index] * values[index]
      squares += shares[index] * values[index] * values[index]
    }
    return (mean, max(0, squares - mean * mean))
  }
}
