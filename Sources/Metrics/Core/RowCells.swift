package import Statistics

/// Into which cell each row falls, and the metric as a function of the cells' counts.
package struct RowCells: Sendable {
  /// Of each row, its cell, from 0.
  package let cells: [Int32]
  /// How many cells there are.
  package let count: Int
  let function: @Sendable ([Double]) throws(Undefined) -> Double
  let isWeighted: Bool

  /// The metric of the cells' counts, which need not be whole.
  package func value(of counts: [Double]) throws(Undefined) -> Double { try function(counts) }
}
