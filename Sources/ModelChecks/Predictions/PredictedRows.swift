internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

/// Rows of a task as they come from a file of predictions.
protocol PredictedRows: MeasuredRows {
  /// The columns that they are made of.
  static func request(_ columns: PredictionColumns) -> PredictionRequest
  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem)
  /// Whether a row has another label than one of others.
  func differsInLabel(_ row: Int, from other: Self, _ otherRow: Int) -> Bool
  /// Whether each row is predicted right; nil where that cannot be said.
  var isRight: [Bool]? { get }
  /// How bad each row is; nil where that cannot be said.
  var losses: [Double]? { get }
  /// The same rows, each of which is or is called favourable, or neither. Throws where there is no such thing.
  ///
  /// - Parameter favourable: the label; nil for the positive one.
  func outcomes(favourable: String?, _ terms: PredictionTerms) throws(RowProblem) -> BinaryRows
  /// Why the rows of two models cannot be compared, beside what is wrong with single rows; nil where they can.
  func obstacle(to other: Self) -> String?
  /// What both models call the rows, where they call them classes.
  func flips(from baseline: Self) throws(Undefined) -> FlipRows?
  /// Of each row the whole that is judged at once, a query or a problem; nil where each row is one.
  var wholes: [Int]? { get }
  /// What about the scores keeps metrics from being told, whatever their value is.
  func doubts(_ declaration: ModelDeclaration, _ side: ModelSide) -> ScoreDoubts
  /// What whoever reads the verdicts should know of the rows.
  func remarks(_ terms: PredictionTerms) -> [String]
  /// A few rows with what the columns say, all that there may be for nil: every metric that needs no more has a value.
  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> Self
}

extension PredictedRows {
  var weights: [Double]? { nil }
  var isRight: [Bool]? { nil }
  var wholes: [Int]? { nil }
  var losses: [Double]? { isRight.map { $0.map { $0 ? 0 : 1 } } }
  func flips(from baseline: Self) throws(Undefined) -> FlipRows? { nil }
  func obstacle(to other: Self) -> String? { nil }
  func remarks(_ terms: PredictionTerms) -> [String] { [] }
  func doubts(_ declaration: ModelDeclaration, _ side: ModelSide) -> ScoreDoubts { ScoreDoubts() }

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
