/// What a test looks for: a first sample that differs from the second, is greater, or is less.
package enum Alternative: String, Sendable, CaseIterable {
  case twoSided = "two-sided"
  case greater
  case less

  /// The alternative with the samples exchanged.
  package var reversed: Alternative {
    switch self {
    case .twoSided: .twoSided
    case .greater: .less
    case .less: .greater
    }
  }
}
