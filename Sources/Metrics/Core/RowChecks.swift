internal import Statistics

/// What rows ask of their columns before they are rows.
enum RowChecks {
  /// Throws when a column that is there differs in length from the first.
  static func requireLengths(_ count: Int, _ others: Int?...) throws(Undefined) {
    for case let other? in others where other != count { throw .lengthsDiffer(count, other) }
  }

  static func requireFinite(_ values: [Double]?) throws(Undefined) {
    if let values, let index = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
  }

  /// Weights are finite and not negative; that they do not all vanish is asked where they are divided by.
  static func requireWeights(_ weights: [Double]?, count: Int) throws(Undefined) {
    guard let weights else { return }
    try requireLengths(count, weights.count)
    try requireFinite(weights)
    if let index = weights.firstIndex(where: { $0 < 0 }) {
      throw .outsideDomain("weight \(index + 1) is negative")
    }
  }

  static func requireProbabilities(_ values: [Double]) throws(Undefined) {
    if let row = firstNoProbability(values) { throw noProbability(values, row) }
  }

  static func firstNoProbability(_ values: [Double]) -> Int? { values.firstIndex { $0 < 0 || $0 > 1 } }

  static func noProbability(_ values: [Double], _ row: Int) -> Undefined {
    .outsideDomain("score \(row + 1) is \(values[row]), and a probability lies between 0 and 1")
  }
}
