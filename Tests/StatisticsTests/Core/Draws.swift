import Statistics

/// Random values of fixed seeds for tests.
struct Draws {
  private var random: Philox

  init(seed: UInt64) { random = Philox(Seed(seed)) }

  mutating func uniform() -> Double { random.uniform() }
  mutating func normal() -> Double { Normal.quantile((random.uniform() + 0x1p-54).nextDown) }
  mutating func index(below count: Int) -> Int { random.index(below: UInt32(count)) }

  mutating func normals(_ count: Int, mean: Double = 0, deviation: Double = 1) -> [Double] {
    (0..<count).map { _ in mean + deviation * normal() }
  }

  /// Whole numbers below a limit: samples full of ties.
  mutating func integers(_ count: Int, below limit: Int) -> [Double] {
    (0..<count).map { _ in Double(index(below: limit)) }
  }
}

/// Every choice of so many of the indices 0..<total.
func combinations(_ size: Int, of total: Int) -> [[Int]] {
  if size == 0 { return [[]] }
  if size > total { return [] }
  return combinations(size, of: total - 1) + combinations(size - 1, of: total - 1).map { $0 + [total - 1] }
}

/// Whether two numbers agree to a relative tolerance.
func agree(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
  (a - b).magnitude <= tolerance * max(a.magnitude, b.magnitude)
}

/// Whether a share of so many simulations is within four standard deviations of a probability.
func isNear(_ share: Double, _ probability: Double, simulations: Int) -> Bool {
  (share - probability).magnitude <= 4 * (probability * (1 - probability) / Double(simulations)).squareRoot()
}
