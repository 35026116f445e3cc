internal import Language
internal import Scan
internal import Verdict

/// The values of columns of which every row has one.
extension PredictionTable {
  /// The numbers of a column, of which every row has one.
  func numbers(_ column: Located<String>, as key: String) throws(RowProblem) -> [Double] {
    guard let found = columns.numbers(column.value) else { return [] }
    return try values(found, of: column.value, as: key)
  }

  /// The numbers that were found in a column, or by an expression.
  func values(_ found: CollectedNumbers, of column: String, as key: String) throws(RowProblem) -> [Double] {
    let kinds = [(found.nulls, "no value"), (found.malformed, "a value that is no number"), (found.nans, "NaN")]
    let bad = kinds.filter { $0.0 > 0 }
    guard bad.isEmpty else {
      let words = bad.map { "\(Quantity(Double($0.0), .rows)) \($0.0 == 1 ? "has" : "have") \($0.1)" }
      throw RowProblem(
        message: "the \(key) cannot be judged: \(words.joined(separator: ", ")) in \"\(column)\" of \(name)",
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

  /// How much each row counts.
  func weights(_ columns: PredictionColumns) throws(RowProblem) -> [Double]? {
    guard let weight = columns.weight else { return nil }
    let weights = try numbers(weight, as: "weight")
    guard weights.isEmpty || weights.contains(where: { $0 != 0 }) else {
      throw RowProblem(message: "every \(weight.value) is 0: no row counts", reason: .nothingToEvaluate)
    }
    return weights
  }

  /// Of each row the place of its word among the different words of the column, in the order of these: the same for
  /// every file that has the same words.
  func places(_ column: Located<String>, as key: String) throws(RowProblem) -> [Int] {
    let found = try words(column, as: key)
    let order = found.texts.enumerated().sorted { $0.element < $1.element }.map(\.offset)
    var places = [Int](repeating: 0, count: order.count)
    for (place, word) in order.enumerated() { places[word] = place }
    return found.indices.map { places[Int($0)] }
  }
}
