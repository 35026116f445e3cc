/// A share of rows of different weights, as the number of rows of equal weight that would say as much.
///
/// The variance of a share p of weights is the sum of w² (x - p)² over the square of all weights, for x 1 of a row that
/// counts for it and 0 of another; that of n rows of equal weight p (1 - p) / n. Few rows of one side do not tell what they
/// weigh, so that n is not more than of all rows (Kish, "Survey Sampling", 1965, section 8.2).
package struct WeightedShare: Sendable, Hashable {
  package let share: Double
  /// How many rows there would be.
  package let rows: Double

  /// - Parameters:
  ///   - weights: at least 0 and finite.
  ///   - isHit: which rows count for the share.
  ///
  /// Throws for lengths that differ, for other weights, and where none is above 0.
  package init(weights: [Double], isHit: [Bool]) throws(Undefined) {
    guard weights.count == isHit.count else { throw .lengthsDiffer(weights.count, isHit.count) }
    guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .outsideDomain("weights must be at least 0 and finite")
    }
    guard let largest = weights.max(), largest > 0 else { throw .noObservations }
    // In parts of the largest, so that squares stay in range.
    let parts = weights.map { $0 / largest }
    let whole = parts.compensatedSum
    let share = parts.indices.filter { isHit[$0] }.map { parts[$0] }.compensatedSum / whole
    let kish = whole * whole / parts.map { $0 * $0 }.compensatedSum
    let squares = parts.indices.map { row in
      let rest = parts[row] * ((isHit[row] ? 1 : 0) - share)
      return rest * rest
    }
    let (told, spread) = (squares.compensatedSum, share * (1 - share))
    self.share = min(share, 1)
    // A row of hardly any weight is not seen beside the others.
    rows = told > 0 && spread > 0 ? min(kish, spread * whole * whole / told) : kish
  }
}
