package import Language
package import Verdict

/// What checks have in common that compare rows of a table with rows of its baseline.
package struct RowDriftTerms: Sendable {
  /// The columns that are looked at, of all those that tell something.
  package var choice = ColumnChoice()
  package var limit: Located<Quantity>?
  package var confidence = 0.95
  package var whenInconclusive = DriftCheck.Policy.block
  package var whenMissing = DriftCheck.MissingPolicy.error

  package init() {}

  /// - Parameter limit: what the limit bounds.
  static func keys<Root>(_ path: WritableKeyPath<Root, RowDriftTerms>, limit: String) -> [Key<Root>] {
    let keys: [Key<RowDriftTerms>] = ColumnChoice.keys(
      \.choice, columns: "The columns to look at together: all, or a list.", except: "Columns that are not looked at.")
    return keys.map { $0.within(path) } + verdictKeys(path, limit: limit)
  }

  /// Those that do not speak of columns.
  static func verdictKeys<Root>(_ path: WritableKeyPath<Root, RowDriftTerms>, limit: String) -> [Key<Root>] {
    let keys: [Key<RowDriftTerms>] = [
      .optional("at_most", \.limit, Shape<Quantity>.plain.located, limit),
      .key("confidence", \.confidence, DriftTerms.level, "Of the interval: 95%."),
      .key("when_inconclusive", \.whenInconclusive, .choice, "What comes of too few rows to tell: block, or warn."),
      .key("when_missing", \.whenMissing, .choice, "What a missing baseline is: error, or accept."),
    ]
    return keys.map { $0.within(path) }
  }
}

extension RowDriftTerms {
  /// Reports a limit that is not above a number and below another one.
  func validate(between low: Double, and high: Double, _ problems: inout Problems) {
    guard let limit, !(limit.value.value >= low && limit.value.value < high) else { return }
    let end = high.isFinite ? " and below \(Quantity.text(high))" : ""
    problems.report("the limit must be at least \(Quantity.text(low))\(end)", at: limit.location)
  }
}
