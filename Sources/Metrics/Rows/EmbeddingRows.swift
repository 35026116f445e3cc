package import Statistics

/// Pairs of vectors.
package struct EmbeddingRows: MetricRows {
  package let dimensions: Int
  /// Row by row, the first vector of each pair.
  package let first: [Double]
  /// Row by row, the second vector.
  package let second: [Double]

  package static let task = MetricTask.embedding

  /// Throws when lengths differ or a number is not finite.
  package init(dimensions: Int, first: [Double], second: [Double]) throws(Undefined) {
    guard dimensions > 0 else { throw .tooFew("dimensions", needed: 1, got: dimensions) }
    try RowChecks.requireLengths(first.count, second.count)
    guard first.count.isMultiple(of: dimensions) else { throw .lengthsDiffer(first.count, dimensions) }
    try RowChecks.requireFinite(first)
    try RowChecks.requireFinite(second)
    (self.dimensions, self.first, self.second) = (dimensions, first, second)
  }

  package var count: Int { first.count / dimensions }

  package func rows(at indices: [Int]) -> EmbeddingRows {
    EmbeddingRows(self, indices)
  }

  private init(_ rows: EmbeddingRows, _ indices: [Int]) {
    dimensions = rows.dimensions
    first = rows.first.elements(at: indices, width: dimensions)
    second = rows.second.elements(at: indices, width: dimensions)
  }

  /// The sum over the dimensions of a row of a function of the two numbers.
  func sum(_ row: Int, _ function: (Double, Double) -> Double) -> Double {
    (row * dimensions..<(row + 1) * dimensions).map { function(first[$0], second[$0]) }.compensatedSum
  }

  /// The mean over the rows.
  static func means(
    _ page: MetricPage, _ value: @escaping @Sendable (EmbeddingRows, Int) throws(Undefined) -> Double
  ) -> MetricDefinition<EmbeddingRows> {
    MetricDefinition(page) { _ in
      .means { rows throws(Undefined) in
        RowMeans(
          mean: try (0..<rows.count).map { row throws(Undefined) in try value(rows, row) }, weights: nil)
      }
    }
  }
}
