/// Evaluation a batch at a time: every node makes one vector, so a row costs no dispatch.
extension RowExpression {
  /// The truth of a boolean expression in every row of the batch.
  package func truths(_ batch: Batch) -> [Truth] {
    let column = inWidth(of: batch).values(batch).booleans
    guard column.states.count == batch.rowCount else {
      return [Truth](repeating: Truth(column[0]), count: batch.rowCount)
    }
    return column.states.indices.map { Truth(column[$0]) }
  }

  /// The numbers that an expression is in the rows of the batch.
  func numbers(_ batch: Batch) -> Column<Double> {
    let column = inWidth(of: batch).values(batch).numbers
    guard column.states.count != batch.rowCount, let first = column.states.first else { return column }
    return Column(
      values: [Double](repeating: column.values[0], count: batch.rowCount),
      states: [UInt8](repeating: first, count: batch.rowCount))
  }

  /// The values in the rows of the batch; one when it is the same in all.
  func values(_ batch: Batch) -> RowValues {
    switch self {
    case .column(let reading): batch.values(reading)
    case .integer(let value): .integers(Column(value))
    case .number(let value): .numbers(Column(value))
    case .text(let text): RowValues(text.string)
    case .truth(let truth): .booleans(Column(truth.value))
    case .unknown(let type): .unknown(type)
    case .comparison(let comparison, let a, let b): .booleans(comparison.holds(Self.compared([a, b], batch)))
    case .between(let a, let low, let high): .booleans(Self.between(Self.compared([a, low, high], batch)))
    case .membership(let a, let members): .booleans(Self.membership(Self.compared([a] + members, batch)))
    case .matches(let a, let pattern): .booleans(a.values(batch).texts.matches(pattern))
    case .and(let a, let b): .booleans(Self.joined(a.values(batch), b.values(batch)) { $0 && $1 })
    case .or(let a, let b): .booleans(Self.joined(a.values(batch), b.values(batch)) { $0 || $1 })
    case .not(let a): .booleans(a.values(batch).booleans.map { !$0 })
    case .isNull(.column(let reading)): .booleans(batch.nulls(reading.column))
    case .isNull(let a): .booleans(a.values(batch).presence.map { !$0 })
    case .call(let function, let arguments) where function.comparesArguments && function.result == .boolean:
      function.evaluate(Self.compared(arguments, batch)).computed
    case .call(let function, let arguments): function.evaluate(arguments.map { $0.values(batch) }).computed
    }
  }

  /// The same as a constant where no column takes part.
  package func folded(_ type: RowType) -> RowExpression {
    guard readings.isEmpty else { return self }
    var row = Batch()
    row.rowCount = 1
    return switch values(row) {
    case .booleans(let column): .truth(Truth(column[0]))
    case .integers(let column): column[0].map { .integer($0) } ?? .unknown(type)
    case .numbers(let column): column[0].map { .number($0) } ?? .unknown(type)
    case .texts(let text):
      text.range(0).map { .text(ExactText(String(decoding: text.bytes[$0], as: UTF8.self))) } ?? .unknown(type)
    }
  }

  /// - Parameter values: of what lies between, and of both limits.
  private static func between(_ values: [RowValues]) -> Column<Bool> {
    let (above, below) = (
      Comparison.greaterOrEqual.holds(values[0], values[1]), Comparison.lessOrEqual.holds(values[0], values[2])
    )
    return joined(.booleans(above), .booleans(below)) { $0 && $1 }
  }

  private static func joined(_ a: RowValues, _ b: RowValues, _ join: (Truth, Truth) -> Truth) -> Column<Bool> {
    let (a, b) = (a.booleans, b.booleans)
    return Column(count: RowValues.rowCount(a.states.count, b.states.count)) { join(Truth(a[$0]), Truth(b[$0])).value }
  }
}

extension Batch {
  /// The values of a column in a reading; of a column that is not there, none.
  fileprivate func values(_ reading: ColumnReading) -> RowValues {
    let type = reading.type ?? .string
    switch derived[reading] {
    case .number(let column)? where column.states.count == rowCount: return .numbers(column)
    case .integer(let column)? where column.states.count == rowCount:
      guard type == .boolean else { return .integers(column) }
      return .booleans(Column(values: column.values.map { $0 != 0 }, states: column.states))
    case .text(let text)? where text.rowCount == rowCount: return .texts(text)
    default: return .unknown(RowType(type))
    }
  }

  /// Whether nothing stands in the fields of a column, whatever it would be read as.
  fileprivate func nulls(_ column: String) -> Column<Bool> {
    let null = CellState.null.rawValue
    switch stored(column)?.values {
    case .texts(let text)?, .tokens(let text, _)?: return Column(count: text.rowCount) { text.isNull($0) }
    case .numbers(let column)?: return Column(count: column.states.count) { column.states[$0] == null }
    case .integers(let column)?: return Column(count: column.states.count) { column.states[$0] == null }
    case nil: return Column(true)
    }
  }
}

extension TextColumn {
  fileprivate func matches(_ pattern: Pattern) -> Column<Bool> {
    let matched = pattern.matches(self)
    let count = max(ends.count, codes == nil ? 0 : 1)
    return gathered(
      Column(count: count) { entry in
        // What could not be matched is unknown.
        entry < ends.count && ends[entry] >= 0 && matched[entry] <= 1 ? matched[entry] == 1 : nil
      })
  }
}
