internal import Language
internal import Scan

/// `cast` and `case`.
extension ExpressionChecker {
  /// What the types are called by.
  private static let typeNames: [String: RowType] = [
    "string": .string, "text": .string, "varchar": .string, "integer": .integer, "int": .integer, "bigint": .integer,
    "number": .number, "double": .number, "float": .number, "boolean": .boolean, "bool": .boolean, "date": .date,
    "time": .time, "timestamp": .timestamp,
  ]

  func cast(_ operand: Typed, to word: ExpressionSyntax.Word, _ range: Range<Int>) throws(ExpressionError) -> Typed {
    guard let result = Self.typeNames[word.text] else {
      let types = ValueType.allCases.map(\.rawValue)
      let near = nearest(word.text, among: Self.typeNames.keys.sorted())
      throw ExpressionError(
        "there is no type \"\(word.text)\"", word.range,
        hint: near.map { "did you mean \"\($0)\"?" } ?? "it is one of \(types.alternatives)")
    }
    try requireFixedLength(operand)
    guard let type = operand.type else {
      // The column is read as that type, as if the rules declared it.
      var typed = operand.retyped(as: result)
      typed.range = range
      return typed
    }
    guard let overload = RowFunction.cast(from: type, to: result) else {
      let targets = RowFunction.targets(from: type).map(\.words)
      throw ExpressionError(
        "\(type.words) cannot be cast to \(result.words)", range,
        hint: targets.count > 1 ? "it can become \(targets.alternatives)" : "take epoch(…), its seconds")
    }
    let expression = RowExpression.call(overload, [operand.expression]).folded(result)
    return Typed(expression: expression, type: result, range: range)
  }

  /// A chain of choices between two values.
  func choice(
    _ operand: ExpressionSyntax?, _ branches: [ExpressionSyntax.Branch], _ otherwise: ExpressionSyntax?,
    _ range: Range<Int>
  ) throws(ExpressionError) -> Typed {
    let subject = try operand.map { (syntax) throws(ExpressionError) in try typed(syntax) }
    var values: [Typed] = []
    var conditions: [RowExpression] = []
    for branch in branches {
      if let subject {
        conditions.append(try compare(.equal, subject, try typed(branch.condition)))
      } else {
        conditions.append(try claim(branch.condition))
      }
      values.append(try typed(branch.value))
    }
    if let otherwise { values.append(try typed(otherwise)) }
    let type = try commonType(of: values, range)
    var result = Typed.null(range).retyped(as: type).expression
    for (index, value) in values.enumerated().reversed() {
      let value = (value.read(as: type) ?? value.retyped(as: type)).expression
      guard index < conditions.count, let choice = Self.choice(of: type) else {
        result = value
        continue
      }
      result = RowExpression.call(choice, [conditions[index], value, result]).folded(type)
    }
    return Typed(expression: result, type: type, range: range)
  }

  static func choice(of type: RowType) -> RowFunction.Overload? {
    RowFunction.byName["if"]?.overloads.first { $0.result == type }
  }

  /// The type that all values of a choice have, or can take.
  private func commonType(of values: [Typed], _ range: Range<Int>) throws(ExpressionError) -> RowType {
    for value in values { try requireFixedLength(value) }
    let types = values.compactMap(\.type)
    guard let first = types.first(where: { $0 != .string }) ?? types.first else {
      throw ExpressionError(
        "nothing says of what type the values of this case are", range,
        hint: values.lazy.compactMap { hint(for: $0) }.first ?? "write: cast(… as number)")
    }
    // A column of which nothing says that it holds whole numbers may hold others.
    let isOpen = types.contains(.number) || values.contains { $0.undeclaredColumn != nil }
    let type = first == .integer && isOpen ? .number : first
    for value in values {
      guard let other = value.type, other != type, !(other == .integer && type == .number), value.read(as: type) == nil
      else { continue }
      throw ExpressionError(
        "this is \(other.words), and another value of the case is \(type.words)", value.range,
        hint: "all values of a case are of one type")
    }
    return type
  }
}
