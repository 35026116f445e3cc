internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension MulticlassRows: PredictedRows {
  /// More classes than these are no classes.
  private static let mostClasses = 1000

  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.label, .prediction] as [ColumnRole] { request.add(columns[role], as: .words) }
    request.add(columns[.scores], as: columns[.scores]?.single == nil ? .numbers : .words)
    request.add(columns[.weight], as: .numbers)
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    guard let label = columns.label else { throw RowProblem(message: "\(table.name) has no column for the label") }
    let labels = try table.words(label, as: "label")
    var calls: CollectedWords?
    if let prediction = columns.prediction { calls = try table.words(prediction, as: "prediction") }
    let scored = columns[.scores].map { table.scoreNames($0, terms) }
    let declared = scored ?? (terms.classes.isEmpty ? nil : terms.classes.map(\.value))

    let name = Self.names(of: labels.words + (calls?.words ?? []) + (declared ?? []))
    let found = Set((declared ?? labels.words + (calls?.words ?? [])).map(name))
    let (classes, hasOrder) = Self.ordered(found, as: terms.classes.map { name($0.value) })
    guard classes.count <= Self.mostClasses else {
      let both = [label.value, columns.prediction?.value].compactMap { $0.map { "\"\($0)\"" } }
      throw RowProblem(
        message:
          "\(both.joined(separator: " and ")) of \(table.name) have \(Quantity.grouped(classes.count)) "
          + "different values, and a model has at most \(Quantity.grouped(Self.mostClasses)) classes")
    }
    let places = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    func indices(_ words: CollectedWords, _ key: String) throws(RowProblem) -> [Int] {
      let known = words.words.map { places[name($0)] }
      if let unknown = known.firstIndex(of: nil) {
        let column = key == "label" ? label.value : columns.prediction?.value ?? ""
        let shown = terms.sensitive.contains(column) ? "a hidden value" : "\"\(words.words[unknown])\""
        let count = words.indices.count { known[Int($0)] == nil }
        throw RowProblem(
          message:
            "\(Quantity(Double(count), .rows)) of \(table.name) \(count == 1 ? "has" : "have") a \(key) that is no "
            + "class: \(shown)",
          notes: ["the classes are \(ColumnGroup.some(classes))"])
      }
      return words.indices.map { known[Int($0)] ?? 0 }
    }
    let truth = try indices(labels, "label")
    var predictions: [Int]?
    if let calls { predictions = try indices(calls, "prediction") }
    var probabilities: [Double]?
    if let choice = columns[.scores], let scored {
      let order = classes.map { place in scored.firstIndex { name($0) == place } ?? 0 }
      probabilities = try table.scores(choice, order: order)
    }
    let weights = try table.weights(columns)
    do throws(Undefined) {
      try self.init(
        classes: classes, labels: truth, predictions: predictions, probabilities: probabilities, weights: weights,
        hasOrder: hasOrder)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  /// Where all classes are numbers `1` and `1.0` are one: a data frame writes integers with gaps as decimals.
  private static func names(of words: [String]) -> (String) -> String {
    guard words.allSatisfy({ Double($0)?.isFinite == true }) else { return { $0 } }
    return { word in Double(word).map { Quantity.text($0) } ?? word }
  }

  /// The classes in the order of the config, else in that of numbers, and whether there is such an order; else by name.
  private static func ordered(_ classes: Set<String>, as declared: [String]) -> ([String], hasOrder: Bool) {
    let places = Dictionary(zip(declared, declared.indices), uniquingKeysWith: { first, _ in first })
    if classes.allSatisfy({ places[$0] != nil }) {
      return (classes.sorted { places[$0] ?? 0 < places[$1] ?? 0 }, true)
    }
    if classes.allSatisfy({ Double($0)?.isFinite == true }) {
      return (classes.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }, true)
    }
    return (classes.sorted(), false)
  }

  func outcomes(favourable: String?, _ terms: PredictionTerms) throws(RowProblem) -> BinaryRows {
    guard let favourable, let place = classes.firstIndex(of: favourable) else {
      throw RowProblem(message: "no row has the favourable label \"\(favourable ?? "")\"")
    }
    do throws(Undefined) {
      return try BinaryRows(
        labels: labels.map { $0 == place }, predictions: predictions.map { $0 == place }, weights: weights)
    } catch {
      throw RowProblem(message: "\(error)")
    }
  }

  func differsInLabel(_ row: Int, from other: MulticlassRows, _ otherRow: Int) -> Bool {
    classes[labels[row]] != other.classes[other.labels[otherRow]]
  }

  var isRight: [Bool]? { zip(labels, predictions).map { $0 == $1 } }

  func obstacle(to other: MulticlassRows) -> String? {
    guard probabilities != nil, other.probabilities != nil, classes != other.classes else { return nil }
    return "the candidate has scores of the classes \(ColumnGroup.some(classes)), and the baseline of "
      + ColumnGroup.some(other.classes)
  }

  func flips(from baseline: MulticlassRows) throws(Undefined) -> FlipRows? {
    // The models may call classes that the other never calls.
    let all = Array(Set(classes + baseline.classes)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(all, all.indices))
    func numbers(_ calls: [Int], _ names: [String]) -> [Int] {
      let known = names.map { places[$0] ?? 0 }
      return calls.map { known[$0] }
    }
    return try FlipRows(
      baseline: numbers(baseline.predictions, baseline.classes), candidate: numbers(predictions, classes),
      labels: numbers(labels, classes), weights: weights)
  }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> MulticlassRows {
    let rows: [[Double]] = [
      [0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.1, 0.2, 0.7], [0.5, 0.25, 0.25], [0.3, 0.6, 0.1], [0.25, 0.35, 0.4],
    ]
    return try MulticlassRows(
      classes: ["a", "b", "c"], labels: [0, 1, 2, 0, 1, 1], predictions: [0, 1, 2, 0, 1, 2],
      probabilities: columns.map { $0[.scores] != nil } ?? true ? Array(rows.joined()) : nil)
  }
}

extension PredictionTable {
  /// What the scores are about, in the order of their columns or of their lists.
  func scoreNames(_ choice: ColumnChoice, _ terms: PredictionTerms) -> [String] {
    let group = group(choice)
    return group.isNamed || terms.classes.isEmpty ? group.names : terms.classes.map(\.value)
  }

  /// The scores, row by row, the columns or the elements of the lists in another order.
  func scores(_ choice: ColumnChoice, order: [Int]) throws(RowProblem) -> [Double] {
    guard let column = choice.single else {
      let columns = group(choice).columns
      guard columns.count == order.count else {
        throw RowProblem(message: "there are \(columns.count) columns of scores, and \(order.count) classes")
      }
      return try matrix(order.map { columns[$0] }, as: "score")
    }
    let values = try matrix(lists: column, width: order.count, as: "score")
    return stride(from: 0, to: values.count, by: order.count).flatMap { start in order.map { values[start + $0] } }
  }
}
