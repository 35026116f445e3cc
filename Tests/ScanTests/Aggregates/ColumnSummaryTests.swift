import Testing

@testable import Scan

@Suite struct ColumnSummaryTests {
  private static func summary(
    _ type: StoredType, _ values: StoredColumn, readings: [ValueType] = []
  ) -> ColumnSummary {
    var batch = Batch()
    batch.rowCount = values.rowCount
    batch.fields = [Field("a", type)]
    batch.stored = [values]
    batch.slots = ["a": 0]
    for reading in readings { batch.derived[ColumnReading("a", as: reading)] = values.read(type, as: reading) }
    var summary = ColumnSummary("a")
    summary.update(batch)
    return summary
  }

  private static func texts(_ values: [String]) -> TextColumn {
    var column = TextColumn()
    for value in values {
      column.starts.append(Int32(column.bytes.count))
      column.bytes += Array(value.utf8)
      column.ends.append(Int32(column.bytes.count))
    }
    return column
  }

  /// Strings that look like numbers, numbers, and both in turn; few different ones and many.
  @Test(arguments: [[TokenKind.string], [.number], [.number, .string]], [20, 3000])
  func whatAChecksReadsMakesNoDifference(kinds: [TokenKind], distinct: Int) {
    let texts = Self.texts((0..<3000).map { "\($0 % distinct)" })
    let tokens = StoredColumn.tokens(texts, kinds: (0..<3000).map { kinds[$0 % kinds.count].rawValue })
    let alone = Self.summary(.tokens, tokens)
    let beside = Self.summary(.tokens, tokens, readings: ValueType.allCases)
    #expect(alone.census == beside.census && alone.moments == beside.moments && alone.digest == beside.digest)
    let numbers = kinds == [.number] ? 3000 : kinds == [.string] ? 0 : 1500
    #expect(alone.moments.count == numbers && alone.quantiles.count == numbers)
  }

  @Test func zeroIsOneValueWhateverItsSign() {
    let values: [Double] = [0, -0.0, 1, .nan, .nan]
    let column = StoredColumn.numbers(Column(values: values, states: [1, 1, 1, 1, 1]))
    let summary = Self.summary(.float(bits: 64), column)
    #expect(summary.distinct.estimate.rounded() == 2 && summary.moments.nanCount == 2 && summary.nulls == 0)
    #expect(summary.frequent.rows.map(\.lowerBound) == [2, 1])
  }
}
