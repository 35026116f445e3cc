@testable import Scan

/// Three-valued logic one row at a time, straight from its definition: nil is unknown.
struct RowInterpreter {
  /// The texts of the row; nil for a null.
  let row: [String: String?]

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
    case .isNull(let a): return isText(a) ? text(a) == nil : number(a) == nil
    case .comparison(let comparison, let a, let b):
      if isText(a) {
        guard let a = text(a), let b = text(b) else { return nil }
        // Swift compares strings by canonical equivalence; here they are their scalars.
        return holds(comparison, a.unicodeScalars.map(\.value), b.unicodeScalars.map(\.value)) {
          $0.lexicographicallyPrecedes($1)
        }
      }
      guard let a = number(a), let b = number(b) else { return nil }
      if a.isNaN || b.isNaN { return nil }
      return holds(comparison, a, b) { $0 < $1 }
    case .column: return number(expression).map { $0 == 1 }
    default: return nil
    }
  }

  private func holds<Value: Equatable>(
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

  private func isText(_ expression: RowExpression) -> Bool {
    if case .text = expression { return true }
    if case .column(let reading) = expression { return reading.type == .string }
    return false
  }

  private func text(_ expression: RowExpression) -> String? {
    if case .text(let text) = expression { return text }
    if case .column(let reading) = expression { return row[reading.column] ?? nil }
    return nil
  }

  private func number(_ expression: RowExpression) -> Double? {
    switch expression {
    case .number(let value): return value
    case .column(let reading):
      guard let text = row[reading.column] ?? nil else { return nil }
      switch reading.type {
      case .integer: return Int64(text).map(Double.init)
      case .boolean: return ["true": 1, "1": 1, "false": 0, "0": 0][text.lowercased()]
      default: return Double(text)
      }
    case .negation(let a): return number(a).map { -$0 }
    case .arithmetic(let operation, let a, let b):
      guard let a = number(a), let b = number(b) else { return nil }
      switch operation {
      case .add: return a + b
      case .subtract: return a - b
      case .multiply: return a * b
      case .divide: return b == 0 ? nil : a / b
      case .remainder: return b == 0 ? nil : a.truncatingRemainder(dividingBy: b)
      }
    default: return nil
    }
  }
}
