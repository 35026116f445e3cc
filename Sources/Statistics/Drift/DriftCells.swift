/// How many rows of two samples, a reference and a current one, fall into the same cells: ranges of values, or
/// categories.
///
/// Cells must be chosen from both samples together, without regard to which row is of which. With cells that the
/// reference alone defines, samples of one population differ: a row of the reference cannot be unseen.
package struct DriftCells: Sendable, Hashable {
  /// The rows of each cell, as many as the sample has, or weights.
  package var reference: [Double]
  package var current: [Double]
  /// What the share of a cell is off by at most, with a confidence of 99 %, because it was read from a sketch; 0 for
  /// counted cells. For Kolmogorov and Smirnov's distance, what a rank is off by.
  package var referenceError: Double
  package var currentError: Double
  /// Whether the cells are in the order of their values.
  package var ordered: Bool
  /// A value of each cell of ordered ones: its greatest, or its mean for Wasserstein's distance. Else empty.
  package var values: [Double]
  /// For Wasserstein's distance, the standard deviation of the reference's values; nil for that of its cells.
  package var unit: Double?
  /// The cells that several categories share: their change is none of a single share.
  package var mixed: Set<Int> = []
  /// The cells of which the rows were counted, although those of others are read from a sketch.
  package var counted: Set<Int> = []
  /// The share of the rows of both samples in cells that several categories share.
  package var mixedShare: Double {
    let rows = reference.indices.map { reference[$0] + current[$0] }
    let total = rows.compensatedSum
    return total > 0 ? mixed.map { rows[$0] }.compensatedSum / total : 0
  }
  /// Whether these hide so much that the distance of the categories may well be greater than that of the cells.
  package var hideMost: Bool { mixedShare > 0.5 }
  /// How many rows of equal weight say as much as the sample: (sum of w)² / sum of w² for weights w; nil for rows
  /// without weights.
  package var referenceSize: Double?
  package var currentSize: Double?

  package init(
    reference: [Double], current: [Double], referenceError: Double = 0, currentError: Double = 0, ordered: Bool = false,
    values: [Double] = [], unit: Double? = nil, referenceSize: Double? = nil, currentSize: Double? = nil
  ) {
    self.reference = reference
    self.current = current
    self.referenceError = referenceError
    self.currentError = currentError
    self.ordered = ordered
    self.values = values
    self.unit = unit
    self.referenceSize = referenceSize
    self.currentSize = currentSize
  }

  package init(reference: [Int], current: [Int], ordered: Bool = false) {
    self.init(reference: reference.map(Double.init), current: current.map(Double.init), ordered: ordered)
  }

  /// More different values do not have a cell each: what chance adds to a distance grows with them.
  static let mostValues = 400

  /// How many cells samples of these sizes are divided into: one for ten rows of the smaller one, from 2 to `most`; fewer
  /// when a sketch cannot tell so small cells apart.
  package static func count(reference: Double, current: Double, error: Double = 0, most: Int = 20) -> Int {
    let rows = min(reference, current) / 10
    let told = error > 0 ? 1 / (6 * error) : .infinity
    return Int(min(max(min(rows, told), 2), Double(most)))
  }
}
