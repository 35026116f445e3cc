internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension MultilabelRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.label, .prediction] as [ColumnRole] { request.add(columns[role], as: .words) }
    request.add(columns[.scores], as: columns[.scores]?.single == nil ? .numbers : .words)
    request.add(columns[.weight], as: .numbers)
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    guard let label = columns[.label] else { throw RowProblem(message: "\(table.name) has no column for the label") }
    // Whatever names the labels: the config, their own columns, or those of the scores.
    let labelled = table.group(label)
    let scored = columns[.scores].map { table.scoreNames($0, terms) } ?? []
    let names = !terms.classes.isEmpty ? terms.classes.map(\.value) : label.single == nil ? labelled.names : scored
    let isNamed = !terms.classes.isEmpty || label.single != nil || labelled.isNamed
    let reader = LabelReader(table: table, terms: terms, names: names, isNamed: isNamed)
    let truth = try reader.labels(label, "label")
    var predictions: [Bool]?
    if let prediction = columns[.prediction] { predictions = try reader.labels(prediction, "prediction") }
    var scores: [Double]?
    if let choice = columns[.scores] { scores = try reader.scores(choice) }
    let weights = try table.weights(columns)
    do throws(Undefined) {
      try self.init(
        names: names, labels: truth, predictions: predictions, scores: scores,
        threshold: terms.threshold(among: scores), weights: weights)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  func differsInLabel(_ row: Int, from other: MultilabelRows, _ otherRow: Int) -> Bool {
    let width = min(names.count, other.names.count)
    return (0..<width).contains {
      labels[row * names.count + $0] != other.labels[otherRow * other.names.count + $0]
    }
  }

  func obstacle(to other: MultilabelRows) -> String? {
    guard names != other.names else { return nil }
    return "the candidate has the labels \(ColumnGroup.some(names)), and the baseline \(ColumnGroup.some(other.names))"
  }

  /// Right is what has all of its labels and no other.
  var isRight: [Bool]? {
    stride(from: 0, to: labels.count, by: names.count).map {
      labels[$0..<$0 + names.count] == predictions[$0..<$0 + names.count]
    }
  }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> MultilabelRows {
    let labels = [true, false, false, true, true, true]
    return try MultilabelRows(
      names: ["a", "b"], labels: labels, predictions: labels,
      scores: columns.map { $0[.scores] != nil } ?? true ? [0.9, 0.2, 0.1, 0.6, 0.7, 0.65] : nil)
  }
}

/// Reads which labels rows have, from a column for each label or from one with all of them.
private struct LabelReader {
  let table: PredictionTable
  let terms: PredictionTerms
  /// The labels in their order.
  let names: [String]
  let isNamed: Bool

  func labels(_ choice: ColumnChoice, _ key: String) throws(RowProblem) -> [Bool] {
    guard let column = choice.single else {
      return try table.flags(table.group(choice).ordered(like: names, isNamed: isNamed, key: key), as: key)
    }
    let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    var flags = [Bool](repeating: false, count: table.columns.rows * names.count)
    for (row, words) in table.sets(column, delimiter: terms.delimiter?.value ?? "|").enumerated() {
      for word in words {
        guard let place = places[word] else {
          let shown = terms.sensitive.contains(column.value) ? "a hidden value" : "\"\(word.prefix(60))\""
          throw RowProblem(
            message: "the \(key) of row \(row + 1) of \(table.name) has \(shown), which is no label",
            notes: ["the labels are \(ColumnGroup.some(names))"])
        }
        flags[row * names.count + place] = true
      }
    }
    return flags
  }

  func scores(_ choice: ColumnChoice) throws(RowProblem) -> [Double] {
    if let column = choice.single { return try table.matrix(lists: column, width: names.count, as: "score") }
    return try table.matrix(table.group(choice).ordered(like: names, isNamed: isNamed, key: "score"), as: "score")
  }
}
