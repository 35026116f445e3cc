/// What a file says about the values of a column: the type as it is stored, before any rule is read.
package enum StoredType: Hashable, Sendable {
  /// Text whose meaning only the rules say: every column of a CSV file.
  case untyped
  /// Values that each carry a kind of their own: a field of JSON Lines.
  case tokens
  case text
  /// Bytes that need not be text.
  case binary
  case boolean
  case integer(bits: Int, isSigned: Bool)
  case float(bits: Int)
  case decimal(precision: Int, scale: Int)
  case date
  case time(TimeUnit)
  /// A point in time when there is a zone, a wall clock's reading without one.
  case timestamp(TimeUnit, zone: String?)
  case duration(TimeUnit)
  /// A list, map or struct, which is stored as the text of its JSON.
  case nested(String)
  /// Nothing but nulls.
  case null
  /// A type that this version does not read; the word is the format's own.
  case unsupported(String)

  /// The type as a person calls it.
  package var words: String {
    switch self {
    case .untyped: "untyped text"
    case .tokens: "a JSON value"
    case .text: "text"
    case .binary: "binary"
    case .boolean: "boolean"
    case .integer(let bits, let isSigned): "\(isSigned ? "int" : "uint")\(bits)"
    case .float(let bits): "float\(bits)"
    case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
    case .date: "date"
    case .time(let unit): "time[\(unit.rawValue)]"
    case .timestamp(let unit, let zone): "timestamp[\(unit.rawValue)\(zone.map { ", \($0)" } ?? "")]"
    case .duration(let unit): "duration[\(unit.rawValue)]"
    case .nested(let what): what
    case .null: "null"
    case .unsupported(let what): what
    }
  }

  /// Whether the format declares the type of a whole column.
  package var isDeclared: Bool { self != .untyped && self != .tokens }

  /// Whether this version reads the values.
  package var isRead: Bool { if case .unsupported = self { false } else { true } }

  /// Whether the values are floating-point numbers.
  var isFloat: Bool { if case .float = self { true } else { false } }

  /// Whether the values are integers of which the reading `integer`, of 64 bits with a sign, has no place for some.
  package var hasIntegersBeyondReading: Bool { self == .integer(bits: 64, isSigned: false) }

  /// Whether the values are text, or may be.
  var isText: Bool { self == .text || self == .untyped }

  package enum TimeUnit: String, Hashable, Sendable, CaseIterable {
    case second = "s"
    case millisecond = "ms"
    case microsecond = "us"
    case nanosecond = "ns"
  }
}

/// A column as the file names and types it.
package struct Field: Hashable, Sendable {
  /// The name; a field inside a struct is named by its path, `a.b`.
  package var name: String
  package var type: StoredType
  /// Whether this is an object as a whole, read because it was asked for: its fields are the columns of the table, and
  /// it is none.
  package var isWhole: Bool

  package init(_ name: String, _ type: StoredType, isWhole: Bool = false) {
    self.name = name
    self.type = type
    self.isWhole = isWhole
  }
}

extension [Field] {
  /// The columns of the table, without what was asked for beside them.
  package var columns: [Field] { filter { !$0.isWhole } }
}
