/// Effects of pairs of samples that populations bring forth by chance.
///
/// The counts of a sample are independent Poisson numbers, divided by their sum: given the sum they are multinomial. The
/// same normal numbers stand behind all populations, so that the effects change smoothly with these.
struct CellResampler<Effect: CellEffect>: Sendable {
  let effect: Effect
  let referenceSize: Double
  let currentSize: Double
  let resamples: Int
  private let cells: Int
  /// Resample after resample, the reference before the current sample.
  private let normals: [Double]

  init(_ effect: Effect, _ shares: ObservedShares, resamples: Int, seed: Seed) {
    self.effect = effect
    self.resamples = resamples
    referenceSize = shares.referenceSize
    currentSize = shares.currentSize
    cells = shares.pooled.count
    var random = Philox(seed)
    normals = random.normals(2 * cells * resamples)
  }

  /// The effects in ascending order. O(resamples cells).
  func effects(_ populations: (reference: [Double], current: [Double])) -> [Double] {
    let (first, second) = (
      PoissonShares(populations.reference, size: referenceSize), PoissonShares(populations.current, size: currentSize)
    )
    var p = [Double](repeating: 0, count: cells)
    var q = p
    var values: [Double] = []
    values.reserveCapacity(resamples)
    for resample in 0..<resamples {
      let start = 2 * cells * resample
      first.draw(normals, from: start, into: &p)
      second.draw(normals, from: start + cells, into: &q)
      values.append(effect.value(p, q))
    }
    return values.sorted()
  }
}

/// Shares of a sample from a population: Poisson counts by the expansion of Cornish and Fisher, divided by their sum.
private struct PoissonShares {
  private var means: [Double] = []
  private var roots: [Double] = []
  /// What the skewness adds, per z² - 1. It vanishes with the mean, as the counts do.
  private var skews: [Double] = []
  private let shares: [Double]

  init(_ shares: [Double], size: Double) {
    self.shares = shares
    for share in shares {
      let mean = share * size
      means.append(mean)
      roots.append(mean.squareRoot())
      skews.append(mean * mean / (mean * mean + 1) / 6)
    }
  }

  func draw(_ normals: [Double], from start: Int, into result: inout [Double]) {
    var sum = 0.0
    for cell in result.indices {
      let z = normals[start + cell]
      let count = max(0, means[cell] + roots[cell] * z + skews[cell] * (z * z - 1))
      result[cell] = count
      sum += count
    }
    guard sum > 0 else { return result = shares }
    let unit = 1 / sum
    for cell in result.indices { result[cell] *= unit }
  }
}

extension Philox {
  /// So many standard normal numbers, with seven digits: the inverse of the distribution function by Wichura, "Algorithm
  /// AS 241", Applied Statistics 37 (1988), at the middle of one of 2^32 equal parts.
  mutating func normals(_ count: Int) -> [Double] {
    (0..<count).map { _ in
      let q = (Double(word()) + 0.5) * 0x1p-32 - 0.5
      if q.magnitude <= 0.425 {
        let r = 0.180625 - q * q
        return q * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
          / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1)
      }
      return q < 0 ? -Normal.upperQuantile(0.5 + q) : Normal.upperQuantile(0.5 - q)
    }
  }
}
