internal import Glibc

/// Effects of pairs of samples that populations bring forth by chance.
///
/// The counts of a sample are independent Poisson numbers, divided by their sum: given the sum they are multinomial. The
/// same random numbers stand behind all populations, so that the effects change smoothly with these.
struct CellResampler<Effect: CellEffect>: Sendable {
  let effect: Effect
  let referenceSize: Double
  let currentSize: Double
  let resamples: Int
  private let cells: Int
  /// Resample after resample, the reference before the current sample.
  private let points: [RandomPoint]

  init(_ effect: Effect, _ shares: ObservedShares, resamples: Int, seed: Seed) {
    self.effect = effect
    self.resamples = resamples
    referenceSize = shares.referenceSize
    currentSize = shares.currentSize
    cells = shares.pooled.count
    var random = Philox(seed)
    points = random.points(2 * cells * resamples)
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
      first.draw(points, from: start, into: &p)
      second.draw(points, from: start + cells, into: &q)
      values.append(effect.value(p, q))
    }
    return values.sorted()
  }
}

/// A random number as a standard normal one, and as the one in 0...1 that is the probability of a smaller one.
struct RandomPoint: Sendable {
  var normal: Double
  var uniform: Double
}

/// Shares of a sample from a population: Poisson counts, divided by their sum. From a mean of 5 on they are those of the
/// expansion of Cornish and Fisher, which are not whole but have the mean, the variance and the skewness.
private struct PoissonShares {
  private let shares: [Double]
  private var means: [Double] = []
  private var roots: [Double] = []
  /// Of each cell with a small mean, P(X <= 0), P(X <= 1), and so on.
  private var steps: [Range<Int>] = []
  private var cumulated: [Double] = []

  init(_ shares: [Double], size: Double) {
    self.shares = shares
    for share in shares {
      let mean = share * size
      means.append(mean)
      roots.append(mean.squareRoot())
      let start = cumulated.count
      if mean < 5 { cumulate(mean) }
      steps.append(start..<cumulated.count)
    }
  }

  private mutating func cumulate(_ mean: Double) {
    var (term, sum) = (exp(-mean), 0.0)
    for count in 0..<40 {
      sum += term
      term *= mean / Double(count + 1)
      // Beyond the largest of 2^32 points.
      guard sum < 1 - 1e-10 else { return }
      cumulated.append(sum)
    }
  }

  func draw(_ points: [RandomPoint], from start: Int, into result: inout [Double]) {
    var sum = 0.0
    for cell in result.indices {
      var count = 0.0
      if means[cell] < 5 {
        let uniform = points[start + cell].uniform
        for step in steps[cell] {
          if uniform <= cumulated[step] { break }
          count += 1
        }
      } else {
        let z = points[start + cell].normal
        count = max(0, means[cell] + roots[cell] * z + (z * z - 1) / 6)
      }
      result[cell] = count
      sum += count
    }
    // A sample has a row at least: some cell's, by a number that is still uniform although the first cell has none.
    guard sum > 0 else { return drawOne(points[start].uniform / exp(-means[0]), into: &result) }
    let unit = 1 / sum
    for cell in result.indices { result[cell] *= unit }
  }

  private func drawOne(_ uniform: Double, into result: inout [Double]) {
    var left = uniform
    let chosen = shares.firstIndex { share in
      left -= share
      return left < 0
    }
    for cell in result.indices { result[cell] = 0 }
    result[chosen ?? result.count - 1] = 1
  }
}

extension Philox {
  /// The middles of so many of 2^32 equal parts; as normal numbers with seven digits, by the inverse of the distribution
  /// function of Wichura, "Algorithm AS 241", Applied Statistics 37 (1988).
  mutating func points(_ count: Int) -> [RandomPoint] {
    (0..<count).map { _ in
      let uniform = (Double(word()) + 0.5) * 0x1p-32
      let q = uniform - 0.5
      if q.magnitude > 0.425 {
        let z = Normal.upperQuantile(0.5 - q.magnitude)
        return RandomPoint(normal: q < 0 ? -z : z, uniform: uniform)
      }
      let r = 0.180625 - q * q
      let numerator = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
      let denominator = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1
      return RandomPoint(normal: q * (numerator / denominator), uniform: uniform)
    }
  }
}
