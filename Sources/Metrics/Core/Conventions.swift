internal import Statistics

/// What a metric answers where it is undefined.
package struct Conventions: Sendable, Hashable {
  package enum ZeroDivision: Sendable, Hashable {
    /// It says so, and so does every average over it.
    case undefined
    /// This value.
    case value(Double)
    /// It says so, and averages leave it out: scikit-learn's `nan`.
    case skipped
  }

  /// scikit-learn's defaults instead of typed undefinedness.
  package var isCompatible: Bool
  package var zeroDivision: ZeroDivision

  /// The quotient; without a divisor, of which the name says what there is none of, what the convention says.
  func quotient(_ dividend: Double, _ divisor: Double, without what: String) throws(Undefined) -> Double {
    if divisor != 0 { return dividend / divisor }
    guard case .value(let value) = zeroDivision else { throw .tooFew(what, needed: 1, got: 0) }
    return value
  }
}
