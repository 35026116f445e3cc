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

  /// Whether it needs the cells in the order of their values.
  package var needsOrder: Bool { self == .ks || self == .wasserstein }
  /// Whether it is the square of what grows in proportion to the differences.
  var isSquare: Bool { self == .psi }
}
