/// Every row has a value.
package struct PresenceTest: RowTest {
  package var column: String

  package init(_ column: String) { self.column = column }

  package var readings: [ColumnReading] { [ColumnReading(column)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    guard let (_, values) = batch.stored(column) else { return }
    switch values {
    case .texts(let text), .tokens(let text, _):
      spread(text.ends.map { $0 < 0 ? .violated : .holds }, text, null: .violated, into: &verdicts)
    case .numbers(let column): judge(column.states, into: &verdicts)
    case .integers(let column): judge(column.states, into: &verdicts)
    }
  }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    statistics.columns[column]?.nullCount == 0 ? ViolationSummary(rows: statistics.rowCount) : nil
  }

  private func judge(_ states: [UInt8], into verdicts: inout [RowVerdict]) {
    judgeStates(states, into: &verdicts) { $0 == .null ? .violated : .holds }
  }
}
