package import Scan

/// What a table stores its columns as, by the bytes of their names: the one place where names of rules meet those of a
/// table.
///
/// To Swift a name with a composed character equals one without; to whoever else reads the table there is no such column.
package struct ColumnTypes: Sendable {
  private let types: [ExactText: StoredType]
  /// By the names as texts, which are equal when they differ in their normalization alone.
  private let names: [String: String]

  package init(_ fields: [Field]) {
    types = Dictionary(fields.map { (ExactText($0.name), $0.type) }, uniquingKeysWith: { first, _ in first })
    names = Dictionary(fields.map { ($0.name, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  /// The type of a column; nil when the table has none of that name.
  package subscript(name: String) -> StoredType? { types[ExactText(name)] }

  /// What to say of a name that no column has, and one in another Unicode normalization; nil when there is none.
  package func hint(at name: String) -> String? {
    guard self[name] == nil, names[name] != nil else { return nil }
    return "it has one that looks the same and is written with other code points (Unicode normalization)"
  }

  /// The type of a column that has the name in any normalization.
  package func anyForm(of name: String) -> StoredType? { self[name] ?? names[name].flatMap { self[$0] } }
}
