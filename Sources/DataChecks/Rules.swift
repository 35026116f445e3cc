package import Language
internal import Verdict

/// The rules of one table: a rules file, or the same keys inline in the config.
package struct Rules {
  package var columns: [(name: Located<String>, value: ColumnRules)] = []
  /// The rules on the table as a whole.
  package var table: [DeclaredTableRule] = []
  /// The columns whose values stand beside the rows that findings show.
  package var rowKey: Located<[String]>?

  package init() {}

  /// Whether the rules claim nothing.
  package var isEmpty: Bool { columns.isEmpty && table.isEmpty }

  /// The shape of a rules file.
  package static var shape: Shape<Rules> { .object(Rules(), keys(\.self), keepsGoing: true) }

  /// The keys of rules, within any object that holds some.
  package static func keys<Root>(_ path: WritableKeyPath<Root, Rules>) -> [Key<Root>] {
    let columns = Key<Rules>.key(
      "columns", \.columns, ColumnRules.shape.dictionary, "The columns and what must be true of each.")
    let rowKey = Key<Rules>.optional(
      "row_key", \.rowKey, Shape<String>.string.oneOrMany.located,
      "The columns whose values stand beside the rows that findings show; otherwise those of primary_key, the first column that is required and unique, or those of the first of keys."
    )
    let keys =
      DataCheckRegistry.structureRules.map { key($0) } + [columns] + DataCheckRegistry.rowRules.map { key($0) }
      + [rowKey]
    return keys.map { $0.within(path) }
  }

  private static func key<Rule: TableRule>(_ type: Rule.Type) -> Key<Rules> {
    .each(Rule.kind, .deferred { Rule.shape }, Rule.documentation.summary) { rules, _, root in root.table += rules }
  }

  /// These rules with what their checks keep in files of their own.
  package func loaded(_ read: FileReading, _ problems: inout Problems) -> Rules {
    var rules = self
    for column in columns.indices {
      rules.columns[column].value.checks = columns[column].value.checks.compactMap { declared in
        declared.check.loaded(read, &problems).map { check in
          var declared = declared
          declared.check = check
          return declared
        }
      }
    }
    return rules
  }

  /// These rules and further ones for the same table. What both say is a problem, not a question of order.
  package func merged(with other: Rules, _ problems: inout Problems) -> Rules {
    var merged = self
    for column in other.columns {
      if let first = columns.first(where: { $0.name.value == column.name.value }) {
        problems.report(
          "the column \"\(column.name.value)\" has rules already", at: column.name.location,
          help: ["the first ones stand at \(first.name.location)"])
      }
      merged.columns.append(column)
    }
    for declared in other.table {
      let type = type(of: declared.rule)
      if !type.isList, let first = table.first(where: { Swift.type(of: $0.rule) == type }) {
        problems.report(
          "\"\(type.kind)\" is said already", at: declared.location, help: ["the first time at \(first.location)"])
      }
      merged.table.append(declared)
    }
    if let first = rowKey, let second = other.rowKey {
      problems.report(
        "\"row_key\" is said already", at: second.location, help: ["the first time at \(first.location)"])
    }
    merged.rowKey = rowKey ?? other.rowKey
    return merged
  }
}
