internal import Scan

/// A part of an expression with its type.
struct Typed {
  var expression: RowExpression
  /// Nil for a column whose type the rules do not declare, and for a null: both take a type from what is around them.
  var type: RowType?
  var range: Range<Int>
  /// Months that an interval has beside its microseconds.
  var months: Int64 = 0

  static func null(_ range: Range<Int>) -> Typed { Typed(expression: .unknown(.string), type: nil, range: range) }

  /// The column, when it has no type yet.
  var undeclaredColumn: String? {
    guard type == nil, case .column(let reading) = expression else { return nil }
    return reading.column
  }

  var isColumn: Bool { if case .column = expression { true } else { false } }

  var isNull: Bool { type == nil && !isColumn }

  /// The constant text that it is.
  var text: String? {
    guard type == .string, case .text(let text) = expression else { return nil }
    return text.string
  }

  /// The same as a value of a type, when it has none yet; unchanged when it has one.
  func retyped(as target: RowType) -> Typed {
    guard type == nil else { return self }
    var typed = self
    typed.type = target
    if let column = undeclaredColumn, let type = target.ofColumn {
      typed.expression = .column(ColumnReading(column, as: type))
    } else if !isColumn {
      typed.expression = target == .boolean ? .truth(.unknown) : .unknown(target)
    }
    return typed
  }

  /// A constant text as the date, the time or the timestamp that it reads as; nil when it is none.
  func read(as type: RowType) -> Typed? {
    guard type.isTemporal, let valueType = type.ofColumn, let text,
      let value = Literal.integer(text, as: valueType), !isBelowMicroseconds(as: type)
    else { return nil }
    return Typed(expression: .integer(value), type: type, range: range)
  }

  /// Whether it is a point in time with digits that expressions do not compute with.
  func isBelowMicroseconds(as type: RowType) -> Bool {
    type == .timestamp && text.flatMap(Literal.moment).map { $0.nanoseconds > 0 } == true
  }
}

extension RowType {
  /// The type with its article.
  var words: String { self == .integer || self == .interval ? "an \(rawValue)" : "a \(rawValue)" }

  /// Whether its values are written as texts that mean a day, a time or both.
  var isTemporal: Bool { self == .date || self == .time || self == .timestamp }

  var isNumeric: Bool { self == .integer || self == .number }
}

extension Sequence<String> {
  /// `a, b or c`, each once.
  var alternatives: String {
    var words: [String] = []
    for word in self where !words.contains(word) { words.append(word) }
    guard let last = words.popLast() else { return "" }
    return words.isEmpty ? last : words.joined(separator: ", ") + " or " + last
  }
}
