package import Language
internal import Verdict

/// How the predictions of both models are read and compared.
package struct PredictionTerms: Sendable {
  package var task: Located<PredictionTask>?
  package var columns = PredictionColumns()
  package var threshold: Located<Double>?
  /// The label of the positive class.
  package var positive: Located<String>?
  /// The classes, or labels, that there are.
  package var classes: [Located<String>] = []
  /// What stands between the labels of a row that are written in one column.
  package var delimiter: Located<String>?
  /// Where the values of the series before the forecasts are.
  package var history: SeriesHistory?
  /// The columns that tell rows from each other.
  package var id: [Located<String>] = []
  /// The column of what rows have in common that depend on each other: users, sessions.
  package var group: Located<String>?
  package var join: Located<Join>?
  /// Columns whose values are not shown.
  package var sensitive: [String] = []
  /// Where all rows go that are newly wrong or newly right.
  package var ledger: Located<String>?

  package init() {}

  /// How rows of two files meet when no column tells them.
  package enum Join: String, Sendable, CaseIterable {
    case byRowOrder = "by_row_order"
  }

  static func keys<Root>(_ path: WritableKeyPath<Root, PredictionTerms>) -> [Key<Root>] {
    let keys: [Key<PredictionTerms>] = [
      .optional("task", \.task, Shape<PredictionTask>.choice.located, "What the models predict."),
      .optional("threshold", \.threshold, Shape<Double>.number.located, "Scores from here on say positive: 0.5."),
      .optional(
        "positive", \.positive, Shape<String>.string.located,
        "The label of the positive class, when it is not 1 or true."),
      .key(
        "classes", \.classes, Shape<String>.string.located.list,
        "The classes, or labels, that there are, in the order of a column of lists. Any other is an error."),
      .optional(
        "delimiter", \.delimiter, Shape<String>.string.located,
        "Multilabel: what stands between the labels of a row in one column, when they are no list: |."),
      .optional(
        "history", \.history, SeriesHistory.shape,
        "Forecasts: the values of the series before them, in the order of time, for mase and rmsse."),
      .key("id", \.id, Shape<String>.column.oneOrMany, "The column, or columns, by which rows of both files meet."),
      .optional(
        "group", \.group, Shape<String>.column,
        "The column of what dependent rows have in common, a user or a session: intervals count groups, not rows."),
      .optional(
        "join", \.join, Shape<Join>.choice.located,
        "by_row_order: the files have the same rows in the same order, and no column to tell."),
      .key("sensitive", \.sensitive, Shape<String>.string.list, "Columns whose values are not shown."),
      .optional(
        "ledger", \.ledger, Shape<String>.string.located,
        "A CSV file to write: the rows that are newly wrong or newly right. The report shows the first of them."),
    ]
    return PredictionColumns.keys(path.appending(path: \.columns)) + keys.map { $0.within(path) }
  }

  /// A key that only predictions have, and where it stands.
  var first: (key: String, location: SourceLocation)? {
    let columns = columns.named
    let others: [(String, SourceLocation?)] = [
      ("task", task?.location), ("classes", classes.first?.location), ("delimiter", delimiter?.location),
      ("history", history?.file?.location), ("threshold", threshold?.location), ("positive", positive?.location),
      ("id", id.first?.location), ("group", group?.location), ("join", join?.location), ("ledger", ledger?.location),
    ]
    return (columns + others.compactMap { key, place in place.map { (key, $0) } }).first
  }
}
