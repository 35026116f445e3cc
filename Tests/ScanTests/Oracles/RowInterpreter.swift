@testable import Scan

/// A value of a row.
enum SlowValue: Hashable {
  /// Also a date, a timestamp, an interval.
  case integer(Int64)
  case number(Double)
  case text(String)
  case truth(Bool)

  var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  var text: String? { if case .text(let value) = self { value } else { nil } }
  var truth: Bool? { if case .truth(let value) = self { value } else { nil } }
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .text, .truth: nil
    }
  }
}

/// Expressions one row at a time, straight from their definitions: nil is unknown.
struct RowInterpreter {
  /// The texts of the row; nil for a null.
  let row: [String: String?]

  func value(_ expression: RowExpression) -> SlowValue? {
    switch expression {
    case .column(let reading): (row[reading.column] ?? nil).flatMap { Self.read($0, as: reading.type ?? .string) }
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .text(let text): .text(text.string)
    case .unknown: nil
    case .truth, .and, .or, .not, .isNull, .comparison, .between, .membership, .matches:
      truth(expression).map { .truth($0) }
    case .call(let function, let arguments): isTold(function, arguments) ? call(function, arguments.map(value)) : nil
    }
  }

  /// What stands in a field and cannot be read is no null: where it decides, nothing is known.
  private func isTold(_ function: RowFunction.Overload, _ arguments: [RowExpression]) -> Bool {
    func isUnread(_ argument: RowExpression) -> Bool {
      guard case .column(let reading) = argument else { return false }
      return (row[reading.column] ?? nil) != nil && value(argument) == nil
    }
    switch function.name {
    case "coalesce": return !isUnread(arguments.first { isUnread($0) || value($0) != nil } ?? .truth(.yes))
    case "is_distinct": return !arguments.contains(where: isUnread)
    default: return true
    }
  }

  func truth(_ expression: RowExpression) -> Bool? {
    switch expression {
    case .truth(.yes): return true
    case .truth(.no): return false
    case .truth(.unknown): return nil
    case .and(let a, let b):
      let both = [truth(a), truth(b)]
      return both.contains(false) ? false : both.contains(nil) ? nil : true
    case .or(let a, let b):
      let both = [truth(a), truth(b)]
      return both.contains(true) ? true : both.contains(nil) ? nil : false
    case .not(let a): return truth(a).map { !$0 }
    case .isNull(.column(let reading)): return (row[reading.column] ?? nil) == nil
    case .isNull(let a): return value(a) == nil
    case .comparison(let comparison, let a, let b): return Self.holds(comparison, value(a), value(b))
    case .between(let a, let low, let high):
      return truth(.and(.comparison(.greaterOrEqual, a, low), .comparison(.lessOrEqual, a, high)))
    case .membership(let a, let members):
      let found = members.map { Self.holds(.equal, value(a), value($0)) }
      return found.contains(true) ? true : found.contains(nil) ? nil : false
    case .matches(let a, let pattern): return value(a)?.text.map { pattern.matches($0) }
    default: return value(expression)?.truth
    }
  }

  static func read(_ text: String, as type: ValueType) -> SlowValue? {
    switch type {
    case .string: .text(text)
    case .integer: Int64(text).map { .integer($0) }
    case .number: Double(text).map { .number($0) }
    case .boolean: ["true": true, "1": true, "false": false, "0": false][text.lowercased()].map { .truth($0) }
    case .date, .time, .timestamp: Literal.integer(text, as: type).map { .integer($0) }
    }
  }

  static func holds(_ comparison: RowExpression.Comparison, _ a: SlowValue?, _ b: SlowValue?) -> Bool? {
    guard let a, let b else { return nil }
    switch (a, b) {
    case (.text(let a), .text(let b)):
      // Swift compares strings by canonical equivalence; here they are their scalars.
      return holds(comparison, a.unicodeScalars.map(\.value), b.unicodeScalars.map(\.value)) {
        $0.lexicographicallyPrecedes($1)
      }
    case (.truth(let a), .truth(let b)): return holds(comparison, a ? 1 : 0, b ? 1 : 0) { $0 < $1 }
    case (.integer(let a), .integer(let b)): return holds(comparison, a, b) { $0 < $1 }
    default:
      guard let a = a.number, let b = b.number, !a.isNaN, !b.isNaN else { return nil }
      return holds(comparison, a, b) { $0 < $1 }
    }
  }

  private static func holds<Value: Equatable>(
    _ comparison: RowExpression.Comparison, _ a: Value, _ b: Value, _ isLess: (Value, Value) -> Bool
  ) -> Bool {
    switch comparison {
    case .equal: a == b
    case .notEqual: a != b
    case .less: isLess(a, b)
    case .lessOrEqual: isLess(a, b) || a == b
    case .greater: isLess(b, a)
    case .greaterOrEqual: isLess(b, a) || a == b
    }
  }
}

extension RowExpression {
  /// A call of the overload that takes such values.
  static func call(_ name: String, _ types: [RowType], _ arguments: [RowExpression]) -> RowExpression {
    let overload = RowFunction.byName[name]?.overloads.first { $0.parameters == types.map { .value($0) } }
    return overload.map { .call($0, arguments) } ?? .unknown(.number)
  }
}
