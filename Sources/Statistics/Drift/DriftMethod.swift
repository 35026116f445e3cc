/// How the distance between two populations is measured.
package enum DriftMethod: String, Sendable, Hashable, CaseIterable {
  case jensenShannon = "jensen_shannon"
  case totalVariation = "total_variation"
  case psi
  case ks
  case hellinger
  /// In standard deviations of the reference.
  case wasserstein
  case lInfinity = "l_infinity"
  case cramersV = "chi_square_v"

  /// What it is at most, for populations that have nothing in common.
  package var greatest: Double {
    switch self {
    case .jensenShannon, .totalVariation, .ks, .hellinger, .lInfinity, .cramersV: 1
    case .psi, .wasserstein: .infinity
    }
  }

  /// How large a share of one sample, on values that the other does not have, is so far away by itself: 2% for a
  /// Jensen-Shannon distance of 0.1. Wasserstein's distance depends on how far these values are: none limits their share.
  package func mass(ofDistance distance: Double) -> Double {
    guard self != .wasserstein, distance < greatest else { return 1 }
    var (low, high) = (0.0, 1.0)
    // Distances grow with the mass, and 40 halvings leave nothing between.
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let cells = DriftCells(reference: [1, 0], current: [1 - middle, middle], ordered: true)
      let reached = (try? Drift.effect(cells, self)) ?? .infinity
      if reached < distance { low = middle } else { high = middle }
    }
    return high
  }

  /// Whether it needs the cells in the order of their values.
  package var needsOrder: Bool { self == .ks || self == .wasserstein }
  /// Whether it is the square of what grows in proportion to the differences.
  var isSquare: Bool { self == .psi }
}
