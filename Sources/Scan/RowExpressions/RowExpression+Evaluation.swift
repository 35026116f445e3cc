/// Evaluation a batch at a time: every node makes one vector, so a row costs no dispatch.
extension RowExpression {
  /// The truth of a boolean expression in every row of the batch.
  func truths(_ batch: Batch) -> [Truth] {
    switch self {
    case .truth(let truth): return [Truth](repeating: truth, count: batch.rowCount)
    case .and(let a, let b): return zip(a.truths(batch), b.truths(batch)).map { $0 && $1 }
    case .or(let a, let b): return zip(a.truths(batch), b.truths(batch)).map { $0 || $1 }
    case .not(let a): return a.truths(batch).map { !$0 }
    case .isNull(let a): return a.presence(batch).map { $0 ? .no : .yes }
    case .comparison(let comparison, let a, let b):
      if a.isText { return compareTexts(comparison, a.texts(batch), b.texts(batch), batch) }
      return compareNumbers(comparison, a.numbers(batch), b.numbers(batch))
    case .column:
      return numbers(batch).map { $0.isKnown ? ($0.value != 0 ? .yes : .no) : .unknown }
    case .number, .text, .negation, .arithmetic:
      return [Truth](repeating: .unknown, count: batch.rowCount)
    }
  }

  private var isText: Bool {
    switch self {
    case .text: true
    case .column(let reading): reading.type == .string
    default: false
    }
  }

  /// Whether a value stands there: of a column, that its field is not null, whatever it holds.
  private func presence(_ batch: Batch) -> [Bool] {
    if case .column(let reading) = self {
      guard let (_, values) = batch.stored(reading.column) else {
        return [Bool](repeating: false, count: batch.rowCount)
      }
      return (0..<batch.rowCount).map { !values.isNull($0) }
    }
    if isText { return [Bool](repeating: true, count: batch.rowCount) }
    return numbers(batch).map(\.isKnown)
  }
}

/// A number of a row, or that there is none.
private struct MaybeNumber {
  var value: Double
  var isKnown: Bool
}

extension RowExpression {
  private func numbers(_ batch: Batch) -> [MaybeNumber] {
    switch self {
    case .number(let value):
      return [MaybeNumber](repeating: MaybeNumber(value: value, isKnown: true), count: batch.rowCount)
    case .column(let reading) where reading.type == .number:
      return known(batch.numbers(reading)) { $0 }
    case .column(let reading):
      return known(batch.integers(reading)) { Double($0) }
    case .negation(let a):
      return a.numbers(batch).map { MaybeNumber(value: -$0.value, isKnown: $0.isKnown) }
    case .arithmetic(let operation, let a, let b):
      return zip(a.numbers(batch), b.numbers(batch)).map { a, b in
        // A division by zero has no value, as in SQL engines that return null for it.
        let isDefined = b.value != 0 || (operation != .divide && operation != .remainder)
        return MaybeNumber(value: operation.apply(a.value, b.value), isKnown: a.isKnown && b.isKnown && isDefined)
      }
    default:
      return truths(batch).map { MaybeNumber(value: $0 == .yes ? 1 : 0, isKnown: $0 != .unknown) }
    }
  }

  private func known<Value>(_ column: Column<Value>, _ convert: (Value) -> Double) -> [MaybeNumber] {
    zip(column.values, column.states).map {
      MaybeNumber(value: convert($0), isKnown: $1 == CellState.valid.rawValue)
    }
  }

  private func compareNumbers(_ comparison: Comparison, _ a: [MaybeNumber], _ b: [MaybeNumber]) -> [Truth] {
    zip(a, b).map { a, b in
      // A comparison with NaN is false, and so would its negation be: neither is a verdict.
      guard a.isKnown, b.isKnown, !a.value.isNaN, !b.value.isNaN else { return .unknown }
      return comparison.holds(a.value, b.value) ? .yes : .no
    }
  }
}

/// The texts of one side of a comparison.
private enum TextOperand {
  case constant([UInt8])
  case column(TextColumn)

  func field(_ row: Int) -> ArraySlice<UInt8>? {
    switch self {
    case .constant(let text): text[...]
    case .column(let column): column.range(row).map { column.bytes[$0] }
    }
  }
}

extension RowExpression {
  private func texts(_ batch: Batch) -> TextOperand {
    switch self {
    case .column(let reading): .column(batch.texts(reading.column))
    case .text(let text): .constant(Array(text.utf8))
    default: .constant([])
    }
  }

  private func compareTexts(_ comparison: Comparison, _ a: TextOperand, _ b: TextOperand, _ batch: Batch) -> [Truth] {
    (0..<batch.rowCount).map { row in
      guard let a = a.field(row), let b = b.field(row) else { return .unknown }
      let order = a.elementsEqual(b) ? 0.0 : a.lexicographicallyPrecedes(b) ? -1 : 1
      return comparison.holds(order, 0) ? .yes : .no
    }
  }
}

extension RowExpression.Arithmetic {
  fileprivate func apply(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .remainder: a.truncatingRemainder(dividingBy: b)
    }
  }
}

extension RowExpression.Comparison {
  fileprivate func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}
