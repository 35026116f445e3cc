package import Statistics

/// Binary rows with the group that each belongs to.
package struct FairnessRows: MetricRows {
  package let rows: BinaryRows
  package let names: [String]
  /// The group of each row, an index of ``names``.
  package let groups: [Int]
  private let counted = Once<[ConfusionMatrix]>()

  package static let task = MetricTask.fairness

  /// Throws when lengths differ or a row's group has no name.
  package init(rows: BinaryRows, names: [String], groups: [Int]) throws(Undefined) {
    try RowChecks.requireLengths(rows.count, groups.count)
    guard groups.allSatisfy(names.indices.contains) else {
      throw .outsideDomain("a row has a group that is none of the \(names.count) groups")
    }
    self.init(rows, names, groups)
  }

  private init(_ rows: BinaryRows, _ names: [String], _ groups: [Int]) {
    (self.rows, self.names, self.groups) = (rows, names, groups)
  }

  package var count: Int { rows.count }

  package func rows(at indices: [Int]) -> FairnessRows {
    FairnessRows(rows.rows(at: indices), names, groups.elements(at: indices))
  }

  /// Each group's confusion matrix. Counted once.
  package var matrices: [ConfusionMatrix] {
    counted {
      var sums = [[CompensatedSum]](
        repeating: [CompensatedSum](repeating: CompensatedSum(), count: 4), count: names.count)
      for row in groups.indices {
        let cell = ConfusionMatrix.cell(rows.labels[row], rows.predictions[row])
        sums[groups[row]][Int(cell)].add(rows.weights?[row] ?? 1)
      }
      return sums.map { ConfusionMatrix(cells: $0.map(\.value)) }
    }
  }
}
