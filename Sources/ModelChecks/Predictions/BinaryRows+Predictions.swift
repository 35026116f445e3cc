internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension BinaryRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.score, .weight] as [ColumnRole] { request.add(columns[role], as: .numbers) }
    for role in [.label, .prediction] as [ColumnRole] { request.add(columns[role], as: .words) }
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    var labels: [Bool] = []
    if let label = columns.label { labels = try Self.classes(table, label, "label", terms) }
    var (scores, predictions): ([Double]?, [Bool]?)
    if let score = columns.score { scores = try table.numbers(score, as: "score") }
    if let prediction = columns.prediction { predictions = try Self.classes(table, prediction, "prediction", terms) }
    let weights = try table.weights(columns)
    do throws(Undefined) {
      try self.init(
        labels: labels, scores: scores, predictions: predictions, threshold: terms.threshold(among: scores),
        weights: weights)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  /// Whether each row is of the positive class.
  private static func classes(
    _ table: PredictionTable, _ column: Located<String>, _ key: String, _ terms: PredictionTerms
  ) throws(RowProblem) -> [Bool] {
    let words = try table.words(column, as: key)
    let isHidden = terms.sensitive.contains(column.value)
    func shown(_ words: [String]) -> String {
      isHidden ? "hidden values" : words.prefix(4).joined(separator: ", ") + (words.count > 4 ? ", …" : "")
    }
    guard words.wordCount <= 2 else {
      throw RowProblem(
        message:
          "\"\(column.value)\" of \(table.name) has \(Quantity.grouped(words.wordCount)) different values "
          + "(\(shown(words.words))), and a binary \(key) has two")
    }
    let names = words.words
    let isPositive: [Bool]
    if let positive = terms.positive?.value {
      isPositive = names.map { $0 == positive }
      if key == "label", !isPositive.contains(true) {
        throw RowProblem(
          message:
            "no row of \(table.name) has the positive label \"\(positive)\"; \"\(column.value)\" has \(shown(names))")
      }
    } else {
      let known = names.compactMap { plain[$0.lowercased()] }
      guard known.count == names.count, Set(known).count == known.count else {
        throw RowProblem(
          message: "\"\(column.value)\" of \(table.name) has \(shown(names)), and nothing says which is positive",
          notes: ["add positive: and the label of the positive class"])
      }
      isPositive = known
    }
    return words.indices.map { isPositive[Int($0)] }
  }

  /// The labels whose meaning everybody knows.
  private static let plain = ["0": false, "1": true, "false": false, "true": true, "0.0": false, "1.0": true]

  func outcomes(favourable: String?, _ terms: PredictionTerms) throws(RowProblem) -> BinaryRows {
    guard let favourable else { return self }
    let isPositive = terms.positive.map { $0.value == favourable } ?? Self.plain[favourable.lowercased()]
    guard let isPositive else {
      throw RowProblem(
        message: "nothing says whether the favourable label \"\(favourable)\" is the positive one",
        notes: ["add positive: and the label of the positive class"])
    }
    if isPositive { return self }
    let probabilities = scores.flatMap { scores in
      scores.allSatisfy { (0...1).contains($0) } ? scores.map { 1 - $0 } : nil
    }
    do throws(Undefined) {
      return try BinaryRows(
        labels: labels.map { !$0 }, scores: probabilities, predictions: predictions.map { !$0 }, weights: weights)
    } catch {
      throw RowProblem(message: "\(error)")
    }
  }

  func differsInLabel(_ row: Int, from other: BinaryRows, _ otherRow: Int) -> Bool {
    labels[row] != other.labels[otherRow]
  }

  /// The Brier score of probabilities, or else whether it is wrong.
  var losses: [Double]? {
    guard let scores, scores.allSatisfy({ (0...1).contains($0) }) else { return isRight.map { $0.map { $0 ? 0 : 1 } } }
    return scores.indices.map { row in
      let error = scores[row] - (labels[row] ? 1 : 0)
      return error * error
    }
  }

  var isRight: [Bool]? { zip(labels, predictions).map { $0 == $1 } }

  func flips(from baseline: BinaryRows) throws(Undefined) -> FlipRows? {
    func numbers(_ flags: [Bool]) -> [Int] { flags.map { $0 ? 1 : 0 } }
    return try FlipRows(
      baseline: numbers(baseline.predictions), candidate: numbers(predictions), labels: numbers(labels),
      weights: weights)
  }

  func remarks(_ terms: PredictionTerms) -> [String] {
    guard let scores, count > 1 else { return [] }
    if scores.allSatisfy({ $0 == 0 || $0 == 1 }) {
      return ["every score is 0 or 1: these are calls and no scores, of which roc_auc and log_loss tell little"]
    }
    let threshold = terms.threshold(among: scores)
    guard let least = scores.min(), let most = scores.max(), predictions == scores.map({ $0 >= threshold }) else {
      return []
    }
    let named = Quantity.text(terms.threshold?.value ?? 0.5)
    let range = "the scores lie between \(Quantity.brief(least)) and \(Quantity.brief(most))"
    if most < threshold { return ["no score reaches the threshold \(named): \(range)"] }
    if least >= threshold { return ["every score reaches the threshold \(named): \(range)"] }
    return []
  }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> BinaryRows {
    let scores = [0.1, 0.4, 0.35, 0.8, 0.7, 0.2, 0.6, 0.9, 0.3, 0.55, 0.15, 0.75]
    return try BinaryRows(
      labels: scores.map { $0 > 0.32 && $0 != 0.6 },
      scores: columns.map { $0[.score] != nil } ?? true ? scores : nil,
      predictions: scores.map { $0 >= 0.5 },
      weights: columns.map { $0[.weight] != nil } ?? false ? scores.map { _ in 2 } : nil)
  }

  var rarest: (what: String, count: Int)? {
    let positives = labels.count { $0 }
    return positives <= labels.count - positives
      ? ("positive rows", positives) : ("negative rows", labels.count - positives)
  }

  /// The best positives as the worst negatives, and the other way round.
  func disturbed(_ share: Double) -> [BinaryRows] {
    guard let scores, let least = scores.min(), let most = scores.max(), least < most else { return [] }
    let bounds = (least, most)
    return [true, false].compactMap { isPositive in
      let rows = labels.indices.filter { labels[$0] == isPositive }
        .sorted { isPositive ? scores[$0] > scores[$1] : scores[$0] < scores[$1] }
      var (moved, predicted) = (scores, predictions)
      // The rarer class may have as many of those that are unseen as all rows.
      for row in rows.prefix(Int((share * Double(labels.count)).rounded(.up))) {
        moved[row] = isPositive ? bounds.0 : bounds.1
        predicted[row] = !isPositive
      }
      return try? BinaryRows(labels: labels, scores: moved, predictions: predicted, weights: weights)
    }
  }
}
