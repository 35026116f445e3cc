package import Language
internal import Verdict

/// The column, or the columns, that say something of a row.
package enum ColumnChoice: Sendable {
  case one(Located<String>)
  /// In this order.
  case several([Located<String>])
  /// Each about something that has a name: a class, a label.
  case named([Member])
  /// All columns of the file of that pattern, each about what the star stands for.
  case pattern(Located<ColumnPattern>)

  package struct Member: Sendable {
    package var name: String
    package var column: Located<String>
  }

  /// The column, where there is one.
  var single: Located<String>? { if case .one(let column) = self { column } else { nil } }

  var location: SourceLocation {
    switch self {
    case .one(let column): column.location
    case .several(let columns): columns[0].location
    case .named(let members): members[0].column.location
    case .pattern(let pattern): pattern.location
    }
  }

  /// The columns that are named one by one.
  var columns: [String] {
    switch self {
    case .one(let column): [column.value]
    case .several(let columns): columns.map(\.value)
    case .named(let members): members.map(\.column.value)
    case .pattern: []
    }
  }

  /// Whether a column of the file is one of them.
  func holds(_ column: String) -> Bool {
    if case .pattern(let pattern) = self { pattern.value.name(in: column) != nil } else { columns.contains(column) }
  }

  /// What the columns are about, where the config says so.
  var names: [String]? { if case .named(let members) = self { members.map(\.name) } else { nil } }

  /// Whether both are the same columns.
  func isSame(as other: ColumnChoice) -> Bool {
    switch (self, other) {
    case (.pattern(let mine), .pattern(let theirs)): mine.value == theirs.value
    case (.pattern, _), (_, .pattern): false
    default: columns == other.columns
    }
  }
}

/// Column names with one star in them, which stands for any text: `p_*`.
package struct ColumnPattern: Sendable, Hashable, CustomStringConvertible {
  private let prefix: String
  private let suffix: String

  /// Nil for a text without a star, or with several.
  init?(_ text: String) {
    let parts = text.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    (prefix, suffix) = (String(parts[0]), String(parts[1]))
  }

  /// What the star stands for in a column's name; nil where the name does not match.
  func name(in column: String) -> String? {
    guard column.count > prefix.count + suffix.count, column.hasPrefix(prefix), column.hasSuffix(suffix) else {
      return nil
    }
    return String(column.dropFirst(prefix.count).dropLast(suffix.count))
  }

  package var description: String { "\(prefix)*\(suffix)" }
}

extension Shape<ColumnChoice> {
  /// One column.
  static var oneColumn: Shape { Shape<String>.column.map { .one($0) } }

  /// One column, or several: by a pattern, as a list, or by what each is about.
  static var columns: Shape {
    let plain = Shape<String>.column.map { column -> ColumnChoice in
      ColumnPattern(column.value).map { .pattern(Located($0, at: column.location)) } ?? .one(column)
    }
    let list = Shape<String>.column.list.map { columns, node, problems -> ColumnChoice? in
      if !columns.isEmpty { return .several(columns) }
      problems.report("the list of columns is empty", at: node.location)
      return nil
    }
    let named = Shape<String>.column.dictionary.map { members, node, problems -> ColumnChoice? in
      if !members.isEmpty { return .named(members.map { ColumnChoice.Member(name: $0.name.value, column: $0.value) }) }
      problems.report("the mapping of columns is empty", at: node.location)
      return nil
    }
    return named.when({ $0.isMapping }, otherwise: list.when({ $0.isSequence }, otherwise: plain))
  }
}
