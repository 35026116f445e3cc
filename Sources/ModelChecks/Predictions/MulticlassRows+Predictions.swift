internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension MulticlassRows: PredictedRows {
  /// More classes than these are no classes.
  private static let mostClasses = 1000

  static func request(_ columns: PredictionColumns) -> PredictionTable.Request {
    PredictionTable.Request(
      numbers: [columns.weight].compactMap { $0?.value },
      words: [columns.label, columns.prediction].compactMap { $0?.value })
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    guard let label = columns.label, let prediction = columns.prediction else {
      throw RowProblem(message: "\(table.name) has no column for the label and the prediction")
    }
    let (labels, calls) = (try table.words(label, as: "label"), try table.words(prediction, as: "prediction"))
    let name = Self.names(of: labels.words + calls.words)
    let classes = Set((labels.words + calls.words).map(name)).sorted()
    guard classes.count <= Self.mostClasses else {
      throw RowProblem(
        message:
          "\"\(label.value)\" and \"\(prediction.value)\" of \(table.name) have \(Quantity.grouped(classes.count)) "
          + "different values, and a model has at most \(Quantity.grouped(Self.mostClasses)) classes")
    }
    let places = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    func indices(_ words: CollectedWords) -> [Int] {
      let known = words.words.map { places[name($0)] ?? 0 }
      return words.indices.map { known[Int($0)] }
    }
    var weights: [Double]?
    if let weight = columns.weight { weights = try table.numbers(weight, as: "weight") }
    do throws(Undefined) {
      try self.init(classes: classes, labels: indices(labels), predictions: indices(calls), weights: weights)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  /// Where all classes are numbers `1` and `1.0` are one: a data frame writes integers with gaps as decimals.
  private static func names(of words: [String]) -> (String) -> String {
    guard words.allSatisfy({ Double($0)?.isFinite == true }) else { return { $0 } }
    return { word in Double(word).map { Quantity.text($0) } ?? word }
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
}
