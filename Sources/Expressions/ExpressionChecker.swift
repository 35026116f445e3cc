internal import Scan

/// Gives every part of an expression its type and turns it into what the scan computes.
///
/// A column whose type the rules do not declare takes the type of what it is compared with. Two such columns cannot
/// be compared: as texts, "9" would be larger than "10".
struct ExpressionChecker {
  /// The types that the rules declare.
  let types: [String: ValueType]

  /// A part with its type; an undeclared column has none yet.
  private struct Typed {
    var expression: RowExpression
    var type: ValueType?
    var range: Range<Int>
  }

  /// The expression as a claim: something that is true, false or unknown of a row.
  func claim(_ syntax: ExpressionSyntax) throws(ExpressionError) -> RowExpression {
    switch syntax.node {
    case .and(let a, let b): return .and(try claim(a), try claim(b))
    case .or(let a, let b): return .or(try claim(a), try claim(b))
    case .not(let a): return .not(try claim(a))
    case .truth(let value): return .truth(value ? .yes : .no)
    case .comparison(let comparison, let a, let b): return try compare(comparison, a, b)
    case .isNull(let a):
      let operand = try value(a)
      return .isNull(operand.type == nil ? retyped(operand, as: .string).expression : operand.expression)
    case .between(let a, let low, let high):
      return .and(try compare(.greaterOrEqual, a, low), try compare(.lessOrEqual, a, high))
    case .membership(let a, let members):
      var alternatives: RowExpression?
      for member in members {
        let equal = try compare(.equal, a, member)
        alternatives = alternatives.map { .or($0, equal) } ?? equal
      }
      return alternatives ?? .truth(.no)
    case .column(let name):
      guard types[name] == nil || types[name] == .boolean else {
        throw ExpressionError("the column \"\(name)\" is no boolean, so it is no claim by itself", syntax.range)
      }
      return .column(ColumnReading(name, as: .boolean))
    case .number, .text, .negation, .arithmetic:
      throw ExpressionError(
        "this is a value, not a claim that is true or false", syntax.range, hint: "compare it: … > 0")
    }
  }

  private func value(_ syntax: ExpressionSyntax) throws(ExpressionError) -> Typed {
    switch syntax.node {
    case .number(let value): return Typed(expression: .number(value), type: .number, range: syntax.range)
    case .text(let text): return Typed(expression: .text(text), type: .string, range: syntax.range)
    case .truth(let value):
      return Typed(expression: .number(value ? 1 : 0), type: .boolean, range: syntax.range)
    case .column(let name):
      let type = types[name]
      return Typed(expression: .column(ColumnReading(name, as: type ?? .string)), type: type, range: syntax.range)
    case .negation(let a):
      return Typed(expression: .negation(try number(a)), type: .number, range: syntax.range)
    case .arithmetic(let operation, let a, let b):
      let expression = RowExpression.arithmetic(operation, try number(a), try number(b))
      return Typed(expression: expression, type: .number, range: syntax.range)
    default:
      throw ExpressionError("a claim cannot be compared or computed with", syntax.range, hint: "use and, or, not")
    }
  }

  private func number(_ syntax: ExpressionSyntax) throws(ExpressionError) -> RowExpression {
    let operand = try value(syntax)
    switch operand.type {
    case nil: return retyped(operand, as: .number).expression
    case .number?, .integer?: return operand.expression
    case let type?:
      throw ExpressionError("arithmetic needs numbers, and this is a \(type.rawValue)", operand.range)
    }
  }

  private func compare(
    _ comparison: RowExpression.Comparison, _ left: ExpressionSyntax, _ right: ExpressionSyntax
  ) throws(ExpressionError) -> RowExpression {
    var (a, b) = (try value(left), try value(right))
    let range = a.range.lowerBound..<b.range.upperBound
    switch (a.type, b.type) {
    case (nil, nil):
      throw ExpressionError(
        "the rules declare the type of neither column, so they cannot be compared", range,
        hint: "declare one under columns, for example: {type: number}")
    case (nil, let type?): a = retyped(a, as: type)
    case (let type?, nil): b = retyped(b, as: type)
    default: break
    }
    a = try temporal(a, like: b)
    b = try temporal(b, like: a)
    guard let x = a.type, let y = b.type, Self.isComparable(x, y) else {
      let (x, y) = (a.type?.rawValue ?? "value", b.type?.rawValue ?? "value")
      throw ExpressionError("a \(x) cannot be compared with a \(y)", range)
    }
    return .comparison(comparison, a.expression, b.expression)
  }

  /// A text literal beside a date or a timestamp is one, and must read as one.
  private func temporal(_ operand: Typed, like other: Typed) throws(ExpressionError) -> Typed {
    guard case .text(let text) = operand.expression, let type = other.type, type == .date || type == .timestamp else {
      return operand
    }
    guard let value = Literal.integer(text, as: type) else {
      let example = type == .date ? "'2013-01-31'" : "'2013-01-31T23:59:00Z'"
      throw ExpressionError("\"\(text)\" is no \(type.rawValue)", operand.range, hint: "write it as \(example)")
    }
    return Typed(expression: .number(Double(value)), type: type, range: operand.range)
  }

  private func retyped(_ operand: Typed, as type: ValueType) -> Typed {
    guard case .column(let reading) = operand.expression else { return operand }
    return Typed(expression: .column(ColumnReading(reading.column, as: type)), type: type, range: operand.range)
  }

  private static func isComparable(_ a: ValueType, _ b: ValueType) -> Bool {
    let numbers: Set<ValueType> = [.integer, .number]
    return a == b || (numbers.contains(a) && numbers.contains(b))
  }
}
