internal import Statistics

/// Into which cell each row falls, and the metric as a function of the cells' counts.
package struct RowCells: Sendable {
  /// Of each row, its cell, from 0.
  package let cells: [Int32]
  /// How many cells there are.
  package let count: Int
  /// The metric of the cells' counts, which need not be whole.
  package let value: @Sendable ([Double]) throws(Undefined) -> Double
  let isWeighted: Bool
}
