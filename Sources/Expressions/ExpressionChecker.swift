internal import Language
internal import Scan

/// Gives every part of an expression its type and turns it into what the scan computes.
///
/// A column whose type the rules do not declare takes the type of what it is compared with, and is a number in
/// arithmetic. Of two such columns none comes before the other, for as texts "9" would be larger than "10"; they are equal
/// where they are the same text, or the same number.
struct ExpressionChecker {
  /// The types that the rules declare.
  let types: [String: ValueType]
  /// Columns by what the expression calls them, where that is another name.
  var names: [String: String] = [:]

  /// The expression as a claim: something that is true, false or unknown of a row.
  func claim(_ syntax: ExpressionSyntax) throws(ExpressionError) -> RowExpression {
    let typed = try typed(syntax).retyped(as: .boolean)
    guard typed.type != .boolean else { return typed.expression }
    if case .column(let reading) = typed.expression {
      throw ExpressionError("the column \"\(reading.column)\" is no boolean, so it is no claim by itself", typed.range)
    }
    throw ExpressionError(
      "this is a value, not a claim that is true or false", typed.range, hint: "compare it: … > 0")
  }

  /// The expression as a number.
  func number(_ syntax: ExpressionSyntax) throws(ExpressionError) -> RowExpression {
    let typed = try typed(syntax).retyped(as: .number)
    guard typed.type?.isNumeric == true else {
      throw ExpressionError(
        "this is \(typed.type?.words ?? "none"), and must be a number", typed.range,
        hint: typed.type == .boolean ? "count it: case when … then 1 else 0 end" : nil)
    }
    return typed.expression
  }

  func typed(_ syntax: ExpressionSyntax) throws(ExpressionError) -> Typed {
    let range = syntax.range
    func boolean(_ expression: RowExpression) -> Typed { Typed(expression: expression, type: .boolean, range: range) }
    switch syntax.node {
    case .integer(let value): return Typed(expression: .integer(value), type: .integer, range: range)
    case .number(let value): return Typed(expression: .number(value), type: .number, range: range)
    case .text(let text): return Typed(expression: .text(ExactText(text)), type: .string, range: range)
    case .truth(let value): return boolean(.truth(value ? .yes : .no))
    case .null: return .null(range)
    case .literal(let type, let content):
      var literal = try literal(type, try typed(content))
      literal.range = range
      return literal
    case .column(let word):
      let name = names[word] ?? word
      let type = types[name]
      let reading = ColumnReading(name, as: type ?? .string)
      return Typed(expression: .column(reading), type: type.map { RowType($0) }, range: range)
    case .call(let word, let arguments):
      var values: [Typed] = []
      for argument in arguments { values.append(try typed(argument)) }
      return try call(word, values, range)
    case .comparison(let comparison, let a, let b): return boolean(try compare(comparison, try typed(a), try typed(b)))
    case .and(let a, let b): return boolean(.and(try claim(a), try claim(b)))
    case .or(let a, let b): return boolean(.or(try claim(a), try claim(b)))
    case .not(let a): return boolean(.not(try claim(a)))
    case .isNull(let a): return boolean(.isNull(try presence(of: a)))
    case .between(let a, let low, let high):
      return boolean(try between(try typed(a), try typed(low), try typed(high)))
    case .membership(let a, let members): return boolean(try membership(a, members))
    case .like(let a, let pattern, let escape, let ignoringCase):
      let value = try text(a, of: ignoringCase ? "ilike" : "like")
      return boolean(.matches(value.expression, try like(pattern, escape: escape, ignoringCase: ignoringCase)))
    case .matches(let a, let pattern):
      let value = try text(a, of: "matches")
      let pattern = try constant(pattern, "the pattern")
      return boolean(.matches(value.expression, try regularExpression(pattern.text, pattern.range)))
    case .cast(let a, let type): return try cast(try typed(a), to: type, range)
    case .choice(let operand, let branches, let otherwise): return try choice(operand, branches, otherwise, range)
    }
  }

  /// What is null where a value is. Of a column it is asked whether there is a value at all, of whatever type; of a cast,
  /// whether there is one of that type.
  private func presence(of syntax: ExpressionSyntax) throws(ExpressionError) -> RowExpression {
    let value = try typed(syntax)
    guard case .cast = syntax.node, value.isColumn, let type = value.type, let choice = Self.choice(of: type) else {
      return value.retyped(as: .string).expression
    }
    let none = Typed.null(value.range).retyped(as: type).expression
    return .call(choice, [.truth(.yes), value.expression, none])
  }

  func compare(
    _ comparison: RowExpression.Comparison, _ left: Typed, _ right: Typed
  ) throws(ExpressionError) -> RowExpression {
    if [.equal, .notEqual].contains(comparison), let one = left.undeclaredColumn, let other = right.undeclaredColumn,
      hint(for: left) == nil, hint(for: right) == nil
    {
      let columns = [one, other].map { RowExpression.column(ColumnReading($0, as: .string)) }
      if let same = RowFunction.byName["same_value"]?.overloads.first {
        return comparison == .equal ? .call(same, columns) : .not(.call(same, columns))
      }
    }
    let (a, b) = try aligned(left, right)
    return .comparison(comparison, a.expression, b.expression)
  }

  /// Two values as such that can be compared.
  func aligned(_ left: Typed, _ right: Typed) throws(ExpressionError) -> (Typed, Typed) {
    let range = min(left.range.lowerBound, right.range.lowerBound)..<max(left.range.upperBound, right.range.upperBound)
    for side in [left, right] {
      if side.isNull {
        throw ExpressionError(
          "a comparison with null is neither true nor false", range, hint: "write: … is null, or: … is not null")
      }
      try requireFixedLength(side)
    }
    var (a, b) = (left, right)
    switch (a.type, b.type) {
    case (nil, nil):
      throw ExpressionError(
        "the rules declare the type of neither column, so they cannot be compared", range,
        hint: hint(for: a) ?? hint(for: b)
          ?? "declare one in the rules, or say it here: cast(… as number)")
    case (nil, let type?): a = a.retyped(as: type == .integer && !b.isColumn ? .number : type)
    case (let type?, nil): b = b.retyped(as: type == .integer && !a.isColumn ? .number : type)
    default: break
    }
    (a, b) = (try temporal(a, like: b), try temporal(b, like: a))
    guard let x = a.type, let y = b.type, x == y || (x.isNumeric && y.isNumeric) else {
      let (x, y) = (a.type?.words ?? "a value", b.type?.words ?? "a value")
      throw ExpressionError("\(x) cannot be compared with \(y)", range, hint: Self.advice(a.type, b.type))
    }
    return (a, b)
  }

  /// A text literal beside a date, a time or a timestamp is one, and must read as one.
  func temporal(_ operand: Typed, like other: Typed) throws(ExpressionError) -> Typed {
    guard let text = operand.text, let type = other.type, type.isTemporal else { return operand }
    guard let read = operand.read(as: type) else { throw Self.isNo(type, text, operand.range) }
    return read
  }

  func requireFixedLength(_ typed: Typed) throws(ExpressionError) {
    guard typed.months != 0 else { return }
    throw ExpressionError(
      "months and years have no fixed length, so they can only be added to a date or a timestamp", typed.range,
      hint: "count them: date_diff('month', …, …)")
  }

  /// The name of a declared column that an undeclared one was probably meant to be; every letter is near every other.
  func hint(for typed: Typed) -> String? {
    guard let column = typed.undeclaredColumn, column.count > 2 else { return nil }
    return nearest(column, among: types.keys.sorted()).map { "did you mean the column \"\($0)\"?" }
  }

  private func between(_ value: Typed, _ low: Typed, _ high: Typed) throws(ExpressionError) -> RowExpression {
    let (above, least) = try aligned(value, low)
    let (below, greatest) = try aligned(value, high)
    // A column without a type may be read as another one beside each limit.
    guard above.expression == below.expression else {
      return .and(
        .comparison(.greaterOrEqual, above.expression, least.expression),
        .comparison(.lessOrEqual, below.expression, greatest.expression))
    }
    return .between(above.expression, least.expression, greatest.expression)
  }

  private func membership(
    _ operand: ExpressionSyntax, _ members: [ExpressionSyntax]
  ) throws(ExpressionError) -> RowExpression {
    var value = try typed(operand)
    var alternatives: [RowExpression] = []
    for member in members {
      let other = try typed(member)
      if other.isNull, !value.isNull {
        throw ExpressionError(
          "null equals nothing, so it is no member of a set", member.range,
          hint: "leave it out, and write beside it: … or … is null")
      }
      let (a, b) = try aligned(value, other)
      // The first member decides what a column without a type is read as.
      value = a
      alternatives.append(b.expression)
    }
    return alternatives.count == 1
      ? .comparison(.equal, value.expression, alternatives[0]) : .membership(value.expression, alternatives)
  }

  private func literal(_ type: RowType, _ content: Typed) throws(ExpressionError) -> Typed {
    guard let text = content.text else { return content }
    if type == .interval {
      guard let interval = IntervalLiteral(text) else {
        throw ExpressionError(
          "\"\(text)\" is no interval", content.range, hint: "write numbers with units: interval '1 day 12 hours'")
      }
      return Typed(
        expression: .integer(interval.microseconds), type: .interval, range: content.range, months: interval.months)
    }
    guard let read = content.read(as: type) else { throw Self.isNo(type, text, content.range) }
    return read
  }

  private static func isNo(_ type: RowType, _ text: String, _ range: Range<Int>) -> ExpressionError {
    if type == .timestamp, Literal.moment(text) != nil {
      return ExpressionError(
        "\"\(text)\" has digits below the microsecond", range,
        hint: "at_least: and at_most: of the column take nanoseconds")
    }
    let example = type == .date ? "'2013-01-31'" : type == .time ? "'23:59:00'" : "'2013-01-31T23:59:00Z'"
    return ExpressionError("\"\(text)\" is no \(type.rawValue)", range, hint: "write it as \(example)")
  }

  /// What to do about two types that do not go together.
  private static func advice(_ a: RowType?, _ b: RowType?) -> String? {
    switch Set([a, b]) {
    case [.date, .timestamp]: "take the day of the timestamp: date(…)"
    case [.time, .timestamp]: "take the time of day of the timestamp: cast(… as time)"
    case [.string, .integer], [.string, .number]: "read the text as a number: cast(… as number)"
    case [.interval, .integer], [.interval, .number]: "write a length of time: interval '3 hours', or take epoch(…)"
    default: nil
    }
  }
}
