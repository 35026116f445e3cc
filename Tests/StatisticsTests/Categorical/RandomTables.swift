@testable import Statistics

extension Philox {
  /// Counts below a limit in so many rows and columns; none of these is empty.
  mutating func table(rows: Int, columns: Int, below limit: Int) -> [[Int]] {
    (0..<rows).map { row in
      (0..<columns).map { column in
        index(below: UInt32(limit)) + (row % columns == column || column % rows == row ? 1 : 0)
      }
    }
  }

  /// How often each category comes up in so many draws.
  mutating func counts(of draws: Int, shares: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: shares.count)
    for _ in 0..<draws {
      var rest = uniform()
      let category = shares.firstIndex { share in
        rest -= share
        return rest < 0
      }
      counts[category ?? shares.count - 1] += 1
    }
    return counts
  }

  /// A normal value.
  mutating func normal() -> Double { Normal.quantile((Double(next() >> 12) + 0.5) * 0x1p-52) }

  mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }
}

/// n choose k, exactly as long as it is below 2^53.
func choose(_ n: Int, _ k: Int) -> Double {
  guard k >= 0, k <= n else { return 0 }
  return (0..<min(k, n - k)).reduce(1.0) { ($0 * Double(n - $1) / Double($1 + 1)).rounded() }
}

/// Whether two numbers differ by no more than so large a part of the second.
func agrees(_ value: Double, _ expected: Double, within tolerance: Double = 1e-12) -> Bool {
  value == expected || (value - expected).magnitude <= tolerance * expected.magnitude
}
