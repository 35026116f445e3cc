/// Every present value is of a type.
package struct CastTest: RowTest {
  package var reading: ColumnReading

  package init(_ column: String, as type: ValueType) { reading = ColumnReading(column, as: type) }

  package var readings: [ColumnReading] { [reading] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    switch reading.type {
    case .string: judgeTexts(reading.column, batch, into: &verdicts) { _ in true }
    case .number: judgeValues(batch.numbers(reading), into: &verdicts) { _ in true }
    default: judgeValues(batch.integers(reading), into: &verdicts) { _ in true }
    }
    // What cannot be cast is the violation here, and not a value that the test cannot judge.
    for row in verdicts.indices where verdicts[row] == .malformed { verdicts[row] = .violated }
  }
}
