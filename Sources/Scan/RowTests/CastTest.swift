/// Every present value is of a type.
package struct CastTest: RowTest {
  package var column: String
  package var type: ValueType
  /// Whether a text is what it reads as, also where the format has better to write such values with.
  package var looksIntoTexts = false

  package init(_ column: String, as type: ValueType, looksIntoTexts: Bool = false) {
    self.column = column
    self.type = type
    self.looksIntoTexts = looksIntoTexts
  }

  package var readings: [ColumnReading] { [ColumnReading(column, as: type == .string ? nil : type)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let reading = ColumnReading(column, as: type)
    if looksIntoTexts, type != .string, let text = texts(in: batch) {
      switch text.decoded(as: type) {
      case .number(let numbers): return judge(numbers.states, into: &verdicts)
      case .integer(let integers): return judge(integers.states, into: &verdicts)
      case .text: return
      }
    }
    switch type {
    case .string: judgeText(batch, into: &verdicts)
    case .number: judge(batch.numbers(reading).states, into: &verdicts)
    case .integer where batch.stored(column)?.field.type.hasIntegersBeyondReading == true:
      // Every value is an integer, also those that the reading has no place for.
      if case .integers(let integers)? = batch.stored(column)?.values { judge(integers.states, into: &verdicts) }
    default: judge(batch.integers(reading).states, into: &verdicts)
    }
  }

  /// The texts of a column that stores texts, or values that each have a kind of their own.
  private func texts(in batch: Batch) -> TextColumn? {
    switch batch.stored(column) {
    case (let field, .texts(let text))? where field.type == .text: text
    case (_, .tokens(let text, _))?: text
    default: nil
    }
  }

  /// What cannot be cast is the violation here, and not a value that the test cannot judge.
  private func judge(_ states: [UInt8], into verdicts: inout [RowVerdict]) {
    judgeStates(states, into: &verdicts) { $0 == .null ? .null : $0 == .valid ? .holds : .violated }
  }

  /// Text is always read, so that what is no text is found; when its facts are known, it was.
  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    summary(of: column, statistics) { column in
      switch type {
      case .string: column.type.isText && column.texts != nil
      case .number: column.type.isFloat || column.numbers != nil
      default: column.integers(as: type) != nil
      }
    }
  }

  /// Everything in a text file is text; in a typed file only text is.
  private func judgeText(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    guard let (field, values) = batch.stored(column) else { return }
    let isText = field.type.isText
    switch values {
    case .texts(let text):
      spread(text.ends.map { $0 < 0 ? .null : isText ? .holds : .violated }, text, into: &verdicts)
    case .tokens(let text, let kinds):
      for row in 0..<batch.rowCount {
        verdicts[row] = text.isNull(row) ? .null : kinds[row] == TokenKind.string.rawValue ? .holds : .violated
      }
    case .numbers(let column): judgeNoText(column.states, into: &verdicts)
    case .integers(let column): judgeNoText(column.states, into: &verdicts)
    }
  }

  private func judgeNoText(_ states: [UInt8], into verdicts: inout [RowVerdict]) {
    judgeStates(states, into: &verdicts) { $0 == .null ? .null : .violated }
  }
}
