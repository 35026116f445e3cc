internal import Expressions
package import Language
internal import Verdict

/// A metric that the config makes itself: the mean over the rows of a column of losses, or of an expression over columns.
package struct CustomMetric: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    /// The columns with each model's losses.
    case loss(candidate: Located<String>, baseline: Located<String>)
    /// In which label, score, prediction and weight are the columns that say so of a side.
    case expression(Located<String>)
  }

  package var source: Source
  /// Columns of an expression that are each model's own, such as what it took: both files may differ in them.
  package var own: [String] = []

  /// Where it is written.
  var location: SourceLocation {
    switch source {
    case .loss(let column, _): column.location
    case .expression(let text): text.location
    }
  }

  /// The roles that an expression may call by their keys.
  private static let named: [ColumnRole] = [.label, .score, .prediction, .weight]

  /// What the numbers are of a side. Throws where the expression is none, or no number.
  func expression(_ columns: PredictionColumns, _ side: SideRole) throws(ExpressionError) -> Expression {
    switch source {
    case .loss(let candidate, let baseline):
      let column = side == .candidate ? candidate.value : baseline.value
      return try Expression(number: "loss", names: ["loss": column])
    case .expression(let text):
      var names: [String: String] = [:]
      for role in Self.named { names[role.rawValue] = columns.column(role)?.value }
      return try Expression(number: text.value, names: names)
    }
  }

  /// The columns that hold nothing but losses.
  var losses: [String] {
    if case .loss(let candidate, let baseline) = source { [candidate.value, baseline.value] } else { [] }
  }

  /// How messages name its numbers.
  func title(_ side: SideRole) -> String {
    switch source {
    case .loss(let candidate, let baseline): side == .candidate ? candidate.value : baseline.value
    case .expression(let text): text.value
    }
  }

  static var lossShape: Shape<Source> {
    let one = Shape<String>.column.map { Source.loss(candidate: $0, baseline: $0) }
    let both = Shape<[SideRole: Located<String>]>.object(
      [:],
      [
        .optional("candidate", \.[.candidate], Shape<String>.column, "The candidate's losses."),
        .optional("baseline", \.[.baseline], Shape<String>.column, "The baseline's losses."),
      ]
    ).map { columns, node, problems -> Source? in
      if let mine = columns[.candidate], let theirs = columns[.baseline] {
        return .loss(candidate: mine, baseline: theirs)
      }
      problems.report(
        "both sides have a column of losses", at: node.location, help: ["write {candidate: …, baseline: …}"])
      return nil
    }
    return both.when({ $0.isMapping }, otherwise: one)
  }
}
