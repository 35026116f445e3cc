internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension EmbeddingRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.label, .prediction] as [ColumnRole] {
      request.add(columns[role], as: columns[role]?.single == nil ? .numbers : .words)
    }
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    guard let label = columns[.label], let prediction = columns[.prediction] else {
      throw RowProblem(message: "\(table.name) has no columns for the label and the prediction")
    }
    let (wanted, found) = (try table.vectors(label, as: "label"), try table.vectors(prediction, as: "prediction"))
    guard wanted.width == found.width else {
      throw RowProblem(
        message: "the vectors of \(table.name) have \(wanted.width) numbers in the label and \(found.width) in the "
          + "prediction")
    }
    do throws(Undefined) {
      try self.init(dimensions: wanted.width, first: wanted.values, second: found.values)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  func differsInLabel(_ row: Int, from other: EmbeddingRows, _ otherRow: Int) -> Bool {
    dimensions != other.dimensions
      || first[row * dimensions..<(row + 1) * dimensions]
        != other.first[otherRow * dimensions..<(otherRow + 1) * dimensions]
  }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> EmbeddingRows {
    try EmbeddingRows(dimensions: 2, first: [1, 0, 1, 1], second: [1, 0.5, -1, 1])
  }
}

extension PredictionTable {
  /// The vector of each row, all of one length.
  fileprivate func vectors(_ choice: ColumnChoice, as key: String) throws(RowProblem) -> (
    width: Int, values: [Double]
  ) {
    guard let column = choice.single else {
      let columns = group(choice).columns
      return (columns.count, try matrix(columns, as: key))
    }
    let width = try lists(column, as: key).first?.count ?? 0
    return (width, try matrix(lists: column, width: width, as: key))
  }
}
