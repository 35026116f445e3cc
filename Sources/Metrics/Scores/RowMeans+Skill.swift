internal import Statistics

extension RowMeans {
  /// 1 - the sum of losses over the sum of the losses of a forecast that knows the classes' shares only.
  static func skill(_ losses: [Double], _ prior: [Double], _ weights: [Double]?) -> RowMeans {
    func weighted(_ values: [Double]) -> [Double] {
      weights.map { weights in zip(values, weights).map { $0 * $1 } } ?? values
    }
    return RowMeans(weighted(losses), weighted(prior), .complement)
  }
}

extension BinaryRows {
  /// The share of the positives. Throws when one class is missing.
  var share: Double {
    get throws(Undefined) {
      let cells = confusion
      guard cells.total > 0 else { throw .noObservations }
      guard cells.positives > 0, cells.negatives > 0 else { throw .singleClass }
      return cells.positives / cells.total
    }
  }
}

extension MulticlassRows {
  /// The share of each class. Throws when there is one class only.
  var shares: [Double] {
    get throws(Undefined) {
      let total = tally.total
      guard total > 0 else { throw .noObservations }
      guard tally.labelled.count(where: { $0 > 0 }) > 1 else { throw .singleClass }
      return tally.labelled.map { $0 / total }
    }
  }
}
