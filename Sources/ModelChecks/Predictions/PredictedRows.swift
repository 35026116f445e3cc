internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

/// Rows of a task as they come from a file of predictions.
protocol PredictedRows: MetricRows {
  /// The columns that they are made of.
  static func request(_ columns: PredictionColumns) -> PredictionTable.Request
  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem)
  /// Whether a row has another label than one of others.
  func differsInLabel(_ row: Int, from other: Self, _ otherRow: Int) -> Bool
  /// Whether each row is predicted right; nil where that cannot be said.
  var isRight: [Bool]? { get }
  /// How bad each row is; nil where that cannot be said.
  var losses: [Double]? { get }
  /// How much each row counts; nil for all alike.
  var weights: [Double]? { get }
  /// The same rows, each of which is or is called favourable, or neither. Throws where there is no such thing.
  ///
  /// - Parameter favourable: the label; nil for the positive one.
  func outcomes(favourable: String?, _ terms: PredictionTerms) throws(RowProblem) -> BinaryRows
}

extension PredictedRows {
  var losses: [Double]? { isRight.map { $0.map { $0 ? 0 : 1 } } }

  func outcomes(favourable: String?, _ terms: PredictionTerms) throws(RowProblem) -> BinaryRows {
    throw RowProblem(message: "these predictions are not favourable or unfavourable")
  }
}

/// Why the rows of a file cannot be judged.
struct RowProblem: Error, Sendable {
  var message: String
  var samples: [Evidence.Sample] = []
  var notes: [String] = []
  var reason = Reason.undefined
}

extension PredictionTable {
  /// The numbers of a column, of which every row has one.
  func numbers(_ column: Located<String>, as key: String) throws(RowProblem) -> [Double] {
    guard let found = columns.numbers(column.value) else { return [] }
    let kinds = [(found.nulls, "no value"), (found.malformed, "a value that is no number"), (found.nans, "NaN")]
    let bad = kinds.filter { $0.0 > 0 }
    guard bad.isEmpty else {
      let words = bad.map { "\(Quantity(Double($0.0), .rows)) \($0.0 == 1 ? "has" : "have") \($0.1)" }
      throw RowProblem(
        message: "the \(key) cannot be judged: \(words.joined(separator: ", ")) in \"\(column.value)\" of \(name)",
        samples: found.firstBad.map { [sample(at: $0, "no \(key)")] } ?? [],
        notes: [
          "a row without a \(key) is not left out silently: leave it out of the file, or find out why it is there"
        ])
    }
    if let row = found.values.firstIndex(where: { !$0.isFinite }) {
      throw RowProblem(message: "the \(key) of row \(row + 1) of \(name) is infinite")
    }
    return found.values
  }

  /// The words of a column, of which every row has one.
  func words(_ column: Located<String>, as key: String) throws(RowProblem) -> CollectedWords {
    guard let found = columns.words(column.value) else { return CollectedWords() }
    guard found.nulls == 0 else {
      throw RowProblem(
        message:
          "the \(key) cannot be judged: \(Quantity(Double(found.nulls), .rows)) \(found.nulls == 1 ? "has" : "have") "
          + "no value in \"\(column.value)\" of \(name)",
        samples: found.firstNull.map { [sample(at: $0, "no \(key)")] } ?? [],
        notes: [
          "a row without a \(key) is not left out silently: leave it out of the file, or find out why it is there"
        ])
    }
    return found
  }

  func requireRows() throws(RowProblem) {
    guard columns.rows > 0 else { throw RowProblem(message: "\(name) has no rows", reason: .nothingToEvaluate) }
  }
}
