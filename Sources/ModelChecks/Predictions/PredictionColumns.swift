package import Language
internal import Verdict

/// Which columns of a file of predictions say what. A side says what differs from the model's.
package struct PredictionColumns: Sendable {
  private var choices: [ColumnRole: ColumnChoice] = [:]

  package init() {}

  package subscript(role: ColumnRole) -> ColumnChoice? {
    get { choices[role] }
    set { choices[role] = newValue }
  }

  /// The one column of a role; nil where there is none, or several.
  package func column(_ role: ColumnRole) -> Located<String>? { self[role]?.single }

  package var label: Located<String>? { column(.label) }
  package var score: Located<String>? { column(.score) }
  package var prediction: Located<String>? { column(.prediction) }
  package var weight: Located<String>? { column(.weight) }

  static func keys<Root>(_ path: WritableKeyPath<Root, PredictionColumns>) -> [Key<Root>] {
    let keys: [Key<PredictionColumns>] = ColumnRole.allCases.map { role in
      .optional(role.rawValue, \.[role], role.takesSeveral ? .columns : .oneColumn, role.meaning)
    }
    return keys.map { $0.within(path) }
  }

  /// These, and what they do not say as the others do.
  func merged(over others: PredictionColumns) -> PredictionColumns {
    var merged = self
    merged.choices.merge(others.choices) { mine, _ in mine }
    return merged
  }

  /// The roles that are told, in the order of the language.
  var roles: [ColumnRole] { ColumnRole.allCases.filter { choices[$0] != nil } }

  /// What a column says; nil where it is none of them.
  func role(of column: String) -> ColumnRole? { roles.first { choices[$0]?.holds(column) ?? false } }

  /// All that are named, with their keys.
  var named: [(key: String, location: SourceLocation)] {
    roles.compactMap { role in choices[role].map { (role.rawValue, $0.location) } }
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
