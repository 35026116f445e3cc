internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension GenerationRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    let isCounted = columns[.samples] != nil
    request.add(columns[.samples], as: .numbers)
    request.add(columns[.passed], as: isCounted ? .numbers : .words)
    request.add(columns[.problem], as: .words)
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    guard let passed = columns.column(.passed) else {
      throw RowProblem(message: "\(table.name) has no column for what passed")
    }
    var problems: [Int]?
    if let problem = columns.column(.problem) { problems = try table.places(problem, as: "problem") }
    let (drawn, solved): ([Int], [Int])
    if let samples = columns.column(.samples) {
      (drawn, solved) = (try table.counts(samples, as: "samples"), try table.counts(passed, as: "passed"))
    } else {
      solved = try table.flags(passed, as: "passed").map { $0 ? 1 : 0 }
      drawn = [Int](repeating: 1, count: solved.count)
    }
    do throws(Undefined) {
      try self.init(samples: drawn, passed: solved, problems: problems)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  func differsInLabel(_ row: Int, from other: GenerationRows, _ otherRow: Int) -> Bool {
    problems?[row] != other.problems?[otherRow]
  }

  var wholes: [Int]? { problems }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> GenerationRows {
    try GenerationRows(samples: [1000, 1000, 1000], passed: [3, 0, 5])
  }
}

extension PredictionTable {
  /// Whole numbers from 0.
  func counts(_ column: Located<String>, as key: String) throws(RowProblem) -> [Int] {
    let numbers = try numbers(column, as: key)
    guard let row = numbers.firstIndex(where: { Int(exactly: $0).map { $0 < 0 } ?? true }) else {
      return numbers.map { Int($0) }
    }
    throw RowProblem(
      message: "the \(key) of row \(row + 1) of \(name) is \(Quantity.text(numbers[row])), and must be a whole number")
  }
}
