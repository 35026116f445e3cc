package import Language
internal import Verdict

/// Which columns of a file of predictions say what. A side says what differs from the model's.
package struct PredictionColumns: Sendable {
  package var label: Located<String>?
  package var score: Located<String>?
  package var prediction: Located<String>?
  package var weight: Located<String>?

  package init() {}

  static func keys<Root>(_ path: WritableKeyPath<Root, PredictionColumns>) -> [Key<Root>] {
    let column = Shape<String>.column
    let keys: [Key<PredictionColumns>] = [
      .optional("label", \.label, column, "The column with what is true."),
      .optional("score", \.score, column, "The column with the scores; probabilities where a metric asks for such."),
      .optional("prediction", \.prediction, column, "The column with what the model says: a class, or a number."),
      .optional("weight", \.weight, column, "The column that says how much each row counts."),
    ]
    return keys.map { $0.within(path) }
  }

  /// These, and what they do not say as the others do.
  func merged(over others: PredictionColumns) -> PredictionColumns {
    var merged = self
    merged.label = label ?? others.label
    merged.score = score ?? others.score
    merged.prediction = prediction ?? others.prediction
    merged.weight = weight ?? others.weight
    return merged
  }

  /// All that are named, with their keys.
  var named: [(key: String, column: Located<String>)] {
    [("label", label), ("score", score), ("prediction", prediction), ("weight", weight)]
      .compactMap { key, column in column.map { (key, $0) } }
  }
}

extension Shape<String> {
  /// The name of a column.
  static var column: Shape<Located<String>> {
    string.map { name, node, problems in
      guard name.isEmpty else { return Located(name, at: node.location) }
      problems.report("the name of the column is empty", at: node.location)
      return nil
    }
  }
}
