@testable import Statistics

extension Philox {
  /// The counts of a sample from a population with these shares.
  mutating func counts(_ rows: Int, _ shares: [Double]) -> [Int] {
    var cumulated = 0.0
    let ends = shares.map { share in
      cumulated += share
      return cumulated
    }
    var counts = shares.map { _ in 0 }
    for _ in 0..<rows {
      let place = uniform() * cumulated
      counts[ends.firstIndex { place < $0 } ?? ends.count - 1] += 1
    }
    return counts
  }

  /// Standard normal values, shifted, each with the weight of one row.
  mutating func rows(_ count: Int, shift: Double = 0) -> [WeightedValue] {
    normals(count).map { WeightedValue($0 + shift, weight: 1) }
  }
}

extension DriftMethod {
  /// Those that ask for no order.
  static var ofCategories: [DriftMethod] { allCases.filter { !$0.needsOrder } }
}
