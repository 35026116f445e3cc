internal import Statistics

/// A rate that is compared between groups.
package enum GroupRate: String, Sendable, CaseIterable {
  case selection = "selection_rate"
  case recall
  case falsePositiveRate = "false_positive_rate"
  case precision
  case accuracy

  private func value(_ cells: ConfusionMatrix, _ conventions: Conventions, _ group: String) throws(Undefined) -> Double
  {
    func share(_ part: Double, _ whole: Double, _ rows: String) throws(Undefined) -> Double {
      try conventions.quotient(part, whole, without: rows + (group.isEmpty ? "" : " of group \(group)"))
    }
    switch self {
    case .selection: return try share(cells.predictedPositives, cells.total, "rows")
    case .recall: return try share(cells.truePositives, cells.positives, "positive rows")
    case .falsePositiveRate: return try share(cells.falsePositives, cells.negatives, "negative rows")
    case .precision: return try share(cells.truePositives, cells.predictedPositives, "rows predicted positive")
    case .accuracy: return try share(cells.truePositives + cells.trueNegatives, cells.total, "rows")
    }
  }

  /// Which rows count for it, and which of them are hits.
  func rate(of rows: BinaryRows) -> RowContrasts.Rate {
    func rate(counted: [Bool], hit: [Bool]) -> RowContrasts.Rate {
      RowContrasts.Rate(rawValue, isCounted: counted, values: hit.map { $0 ? 1 : 0 })
    }
    let (labels, predictions) = (rows.labels, rows.predictions)
    let all = [Bool](repeating: true, count: rows.count)
    return switch self {
    case .selection: rate(counted: all, hit: predictions)
    case .recall: rate(counted: labels, hit: predictions)
    case .falsePositiveRate: rate(counted: labels.map { !$0 }, hit: predictions)
    case .precision: rate(counted: predictions, hit: labels)
    case .accuracy: rate(counted: all, hit: zip(labels, predictions).map { $0 == $1 })
    }
  }

  /// Each group's rate. Groups without any row say nothing.
  func values(_ rows: FairnessRows, _ conventions: Conventions) throws(Undefined) -> [Double] {
    let present = rows.names.indices.filter { rows.matrices[$0].total > 0 }
    guard !present.isEmpty else { throw .noObservations }
    return try present.map { group throws(Undefined) in
      try value(rows.matrices[group], conventions, rows.names[group])
    }
  }

  /// The rate of some groups together; of all without their names.
  func value(
    _ rows: FairnessRows, _ names: [String]? = nil, _ conventions: Conventions
  ) throws(Undefined) -> Double {
    let groups = try names.map { names throws(Undefined) in
      try names.map { name throws(Undefined) -> Int in
        guard let index = rows.names.firstIndex(of: name) else { throw .outsideDomain("there is no group \"\(name)\"") }
        return index
      }
    }
    let chosen = groups ?? Array(rows.names.indices)
    let cells = (0..<4).map { cell in chosen.map { rows.matrices[$0].cells[cell] }.compensatedSum }
    return try value(ConfusionMatrix(cells: cells), conventions, names.map { $0.joined(separator: ", ") } ?? "")
  }
}
