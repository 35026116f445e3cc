internal import Language
internal import Scan

/// Columns of one file that say something together: of each class, of each label, of each member.
struct ColumnGroup: Sendable {
  /// What each column is about; its own name where nothing else is said.
  let names: [String]
  /// Whether the names say what a column is about. If not, its place does.
  let isNamed: Bool
  let columns: [Located<String>]

  init(_ choice: ColumnChoice, of table: PredictionTable) {
    switch choice {
    case .one(let column): (names, columns, isNamed) = ([column.value], [column], false)
    case .several(let columns): (names, self.columns, isNamed) = (columns.map(\.value), columns, false)
    case .named(let members): (names, columns, isNamed) = (members.map(\.name), members.map(\.column), true)
    case .pattern(let pattern):
      let matches = table.fields.compactMap { field in
        pattern.value.name(in: field.name).map { (name: $0, column: Located(field.name, at: pattern.location)) }
      }
      (names, columns, isNamed) = (matches.map(\.name), matches.map(\.column), true)
    }
  }

  /// The columns that are about the same as those of another group, in its order.
  func ordered(like other: [String], isNamed others: Bool, key: String) throws(RowProblem) -> [Located<String>] {
    guard isNamed, others else {
      guard columns.count == other.count else {
        throw RowProblem(message: "\(columns.count) columns of the \(key) stand beside \(other.count)")
      }
      return columns
    }
    var ordered: [Located<String>] = []
    for name in other {
      guard let place = names.firstIndex(of: name) else {
        throw RowProblem(message: "there is no \(key) of \"\(name)\"", notes: ["there is one of \(Self.some(names))"])
      }
      ordered.append(columns[place])
    }
    if let name = names.first(where: { !other.contains($0) }) {
      throw RowProblem(message: "the \(key) of \"\(name)\" has no partner", notes: ["there are \(Self.some(other))"])
    }
    return ordered
  }

  /// The first of the names, for messages.
  static func some(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}
