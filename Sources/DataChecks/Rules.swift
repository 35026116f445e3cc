package import Language
internal import Verdict

/// The rules of one table: a rules file, or the same keys inline in the config.
package struct Rules {
  package var rows: Located<RowsCheck>?
  package var unexpectedColumns: Located<UnexpectedColumnsCheck.Policy>?
  package var columnOrder: Located<ColumnOrderCheck.Policy>?
  package var columns: [(name: Located<String>, value: ColumnRules)] = []
  package var keys: [KeysCheck] = []
  package var rowsWhere: [Located<RowsWhereDeclaration>] = []

  package init() {}

  /// Whether the rules claim nothing.
  package var isEmpty: Bool {
    rows == nil && unexpectedColumns == nil && columnOrder == nil && columns.isEmpty && keys.isEmpty
      && rowsWhere.isEmpty
  }

  /// The shape of a rules file.
  package static var shape: Shape<Rules> { .object(Rules(), keys(\.self), keepsGoing: true) }

  /// The keys of rules, within any object that holds some.
  package static func keys<Root>(_ path: WritableKeyPath<Root, Rules>) -> [Key<Root>] {
    [
      .optional("rows", path.appending(path: \.rows), RowsCheck.shape.located, RowsCheck.documentation.summary),
      .optional(
        "unexpected_columns", path.appending(path: \.unexpectedColumns),
        Shape<UnexpectedColumnsCheck.Policy>.choice.located, UnexpectedColumnsCheck.documentation.summary),
      .optional(
        "column_order", path.appending(path: \.columnOrder), Shape<ColumnOrderCheck.Policy>.choice.located,
        ColumnOrderCheck.documentation.summary),
      .key(
        "columns", path.appending(path: \.columns), ColumnRules.shape.dictionary,
        "The columns and what must be true of each."),
      .key("keys", path.appending(path: \.keys), KeysCheck.shape.list, KeysCheck.documentation.summary),
      .key(
        "rows_where", path.appending(path: \.rowsWhere), RowsWhereDeclaration.shape.located.list,
        RowsWhereCheck.documentation.summary),
    ]
  }

  /// These rules and further ones for the same table. What both say is a problem, not a question of order.
  package func merged(with other: Rules, _ problems: inout Problems) -> Rules {
    var merged = self
    Self.merge(&merged.rows, other.rows, "rows", &problems)
    Self.merge(&merged.unexpectedColumns, other.unexpectedColumns, "unexpected_columns", &problems)
    Self.merge(&merged.columnOrder, other.columnOrder, "column_order", &problems)
    for column in other.columns {
      if let first = columns.first(where: { $0.name.value == column.name.value }) {
        problems.report(
          "the column \"\(column.name.value)\" has rules already", at: column.name.location,
          help: ["the first ones stand at \(first.name.location)"])
      }
      merged.columns.append(column)
    }
    merged.keys += other.keys
    merged.rowsWhere += other.rowsWhere
    return merged
  }

  private static func merge<Value>(
    _ mine: inout Located<Value>?, _ other: Located<Value>?, _ key: String, _ problems: inout Problems
  ) {
    guard let other else { return }
    if let mine {
      problems.report(
        "\"\(key)\" is said already", at: other.location, help: ["the first time at \(mine.location)"])
    }
    mine = other
  }
}
