package import Scan

/// What a table stores its columns as, by the bytes of their names: the one place where names of rules meet those of a
/// table.
///
/// To Swift a name with a composed character equals one without; to whoever else reads the table there is no such column.
package struct ColumnTypes: Sendable {
  private let types: [ExactText: StoredType]
  /// The fields of structs, each a column of its own, by the names of the structs that they are in.
  private let leaves: [ExactText: [String]]
  /// By the names as texts, which are equal when they differ in their normalization alone.
  private let names: [String: String]

  package init(_ fields: [Field]) {
    types = Dictionary(fields.map { (ExactText($0.name), $0.type) }, uniquingKeysWith: { first, _ in first })
    leaves = Self.leaves(fields)
    names = Dictionary(fields.map { ($0.name, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  /// The type of a column; nil when the table has none of that name.
  package subscript(name: String) -> StoredType? { types[ExactText(name)] }

  /// A struct is no column: its fields are, and are named by their paths. A point in the header of a text file is a
  /// part of a name.
  private static func leaves(_ fields: [Field]) -> [ExactText: [String]] {
    var leaves: [ExactText: [String]] = [:]
    for field in fields where field.type != .untyped {
      for outer in outerNames(of: field.name) { leaves[ExactText(outer), default: []].append(field.name) }
    }
    return leaves
  }

  /// The names of the structs that a field would be in: `a` and `a.b` of `a.b.c`.
  static func outerNames(of name: String) -> [String] {
    name.indices.filter { name[$0] == "." }.map { String(name[..<$0]) }
  }

  /// The columns of a struct, as a person reads them; nil when there is no struct of that name.
  package func fields(of name: String) -> String? {
    guard self[name] == nil, let leaves = leaves[ExactText(name)] else { return nil }
    let shown = leaves.prefix(5).joined(separator: ", ")
    return leaves.count > 5 ? "\(shown), … (\(leaves.count) columns)" : shown
  }

  /// What to say of a name that no column has, and one in another Unicode normalization; nil when there is none.
  package func hint(at name: String) -> String? {
    guard self[name] == nil, names[name] != nil else { return nil }
    return "it has one that looks the same and is written with other code points (Unicode normalization)"
  }

  /// The type of a column, or a struct, that has the name in any normalization.
  package func anyForm(of name: String) -> StoredType? {
    self[name] ?? names[name].flatMap { self[$0] } ?? fields(of: name).map { _ in .nested("struct") }
  }
}
