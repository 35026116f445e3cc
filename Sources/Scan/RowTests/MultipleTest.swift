/// Every number is a multiple of a step, as decimal numbers: exactly on the text of the value where the file has one,
/// else on the shortest decimal that reads back as the value. NaN and the infinities are multiples of nothing.
package struct MultipleTest: RowTest {
  package var reading: ColumnReading
  package var step: DecimalStep

  /// - Parameter type: `integer` or `number`: what is neither is malformed.
  package init(_ column: String, as type: ValueType, of step: DecimalStep) {
    reading = ColumnReading(column, as: type)
    self.step = step
  }

  package var readings: [ColumnReading] { [reading, ColumnReading(reading.column, as: .string)] }
  package var shownColumns: [String] { [reading.column] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    judgeTexts(reading.column, batch, into: &verdicts) { step.divides($0) }
    let states = reading.type == .integer ? batch.integers(reading).states : batch.numbers(reading).states
    for row in states.indices where states[row] == CellState.malformed.rawValue { verdicts[row] = .malformed }
  }
}
