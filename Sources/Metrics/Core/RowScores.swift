/// The classes and scores of rows.
package struct RowScores: Sendable {
  package let isPositive: [Bool]
  package let scores: [Double]
  let isWeighted: Bool
}
