/// The numbers of a column in a batch, equal ones counted where there are few different ones, and what became of the
/// other rows. Made once for all summaries of the column, which would each look at every row otherwise.
struct CountedNumbers: Sendable {
  let numbers: Numbers
  /// The counts of rows, nulls and values that are no numbers; every number is evaluated, NaN too.
  private(set) var rows = ViolationSummary()

  /// O(rows); of a dictionary each entry is read once.
  init(_ column: String, of batch: Batch) {
    guard let (field, values) = batch.stored(column) else {
      numbers = Numbers([])
      return
    }
    switch values {
    case .texts(let texts) where texts.hasDictionary:
      let counts = CountedTexts(texts).counts
      let dictionary = StoredColumn.texts(texts.dictionary)
      let entries = dictionary.numbers(field.type)
      numbers = Numbers(entries, counts: counts) { dictionary.integers(field.type) }
      rows.count(entries.states, counts ?? [], of: texts.rowCount)
    case .integers(let integers) where field.type.isInteger:
      numbers = Numbers(integers: CountedWords(integers), isSigned: field.type != .integer(bits: 64, isSigned: false))
      rows.count(integers.states)
    default:
      let known = batch.derived[ColumnReading(column, as: .number)]
      let integers = batch.derived[ColumnReading(column, as: .integer)]
      let column = if case .number(let column)? = known { column } else { values.numbers(field.type) }
      numbers =
        Numbers(column) {
          if case .integer(let column)? = integers { column } else { values.integers(field.type) }
        }
        .counted()
      rows.count(column.states)
    }
  }
}

extension StoredColumn {
  /// The column read as numbers.
  fileprivate func numbers(_ type: StoredType) -> Column<Double> {
    if case .number(let column) = read(type, as: .number) { column } else { Column() }
  }

  /// The texts of the column read as integers; nil when it has none.
  func integers(_ type: StoredType) -> Column<Int64>? {
    switch self {
    case .texts, .tokens: if case .integer(let column) = read(type, as: .integer) { column } else { nil }
    case .numbers, .integers: nil
    }
  }
}

extension StoredType {
  /// Whether its values are numbers without a fraction.
  fileprivate var isInteger: Bool { if case .integer = self { true } else { false } }
}

extension ViolationSummary {
  /// Counts what became of some rows, so many of each entry of a dictionary, which has a state; the others are null.
  fileprivate mutating func count(_ states: [UInt8], _ counts: [Int], of rows: Int) {
    var (present, wrong) = (0, 0)
    for (state, count) in zip(states, counts) where state != CellState.null.rawValue {
      present += count
      if state == CellState.malformed.rawValue { wrong += count }
    }
    self.rows += rows
    nulls += rows - present
    malformed += wrong
    evaluated += present - wrong
  }
}
