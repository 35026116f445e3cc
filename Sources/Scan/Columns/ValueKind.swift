/// What a value is, as far as its column's file says or, in a text file, its text reads.
package enum ValueKind: UInt8, Sendable, CaseIterable {
  case number
  case boolean
  case date
  case time
  case timestamp
  case text
  /// A list or a map.
  case nested
}

extension StoredType {
  /// The kind of all values; nil where each has one of its own.
  var kind: ValueKind? {
    switch self {
    case .untyped, .tokens: nil
    case .integer, .float, .decimal: .number
    case .boolean: .boolean
    case .date: .date
    case .time: .time
    case .timestamp: .timestamp
    case .nested: .nested
    case .text, .binary, .duration, .null, .unsupported: .text
    }
  }
}

extension TokenKind {
  /// Text is not looked into: what JSON quotes is text.
  var kind: ValueKind? {
    switch self {
    case .null: nil
    case .string: .text
    case .number: .number
    case .boolean: .boolean
    case .nested: .nested
    }
  }
}
