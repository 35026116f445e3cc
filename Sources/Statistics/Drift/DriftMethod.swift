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

  /// Whether it needs the cells in the order of their values.
  package var needsOrder: Bool { self == .ks || self == .wasserstein }
  /// Whether it is the square of what grows in proportion to the differences.
  var isSquare: Bool { self == .psi }
}
