internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension TextRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.label, .prediction] as [ColumnRole] { request.add(columns[role], as: .words) }
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    guard let label = columns[.label], let prediction = columns.prediction else {
      throw RowProblem(message: "\(table.name) has no column for the label and the prediction")
    }
    var references = [[String]](repeating: [], count: table.columns.rows)
    for column in table.group(label).columns {
      let found = try table.references(column, as: "label")
      for row in found.indices { references[row] += found[row] }
    }
    let texts = try table.texts(prediction, as: "prediction")
    do throws(Undefined) {
      try self.init(hypotheses: texts, references: references)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  func differsInLabel(_ row: Int, from other: TextRows, _ otherRow: Int) -> Bool {
    references[row] != other.references[otherRow]
  }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> TextRows {
    try TextRows(
      hypotheses: ["the cat sat on mat", "a dog"], references: [["the cat sat on the mat"], ["a dog", "one dog"]])
  }
}
