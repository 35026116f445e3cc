/// The least and the greatest value of a column, in the order of a reading: numbers as doubles, texts by their bytes,
/// which is the order of their Unicode scalars, all other types as 64-bit integers. NaN has no place in the order and is
/// counted apart.
package struct Extremes: Aggregate, Equatable {
  private let reading: ColumnReading
  private var summary = ViolationSummary()
  package private(set) var nanCount = 0
  /// Of a reading of numbers; nil while there are none.
  package private(set) var numbers: ClosedRange<Double>?
  /// Numbers at the ends of batches whose doubles may be those of others. An end is that of all numbers when it has its
  /// double.
  package private(set) var decimals: ClosedRange<DecimalNumber>?
  /// Of a reading of texts; nil while there are none.
  package private(set) var texts: ClosedRange<TextValue>?
  /// Of any other reading; nil while there are no values.
  package private(set) var integers: ClosedRange<Int64>?
  /// Of a reading of timestamps, to the nanosecond; nil while there are no values.
  package private(set) var moments: ClosedRange<Moment>?

  package struct Specification: AggregateSpecification {
    package var reading: ColumnReading

    package init(_ reading: ColumnReading) { self.reading = reading }
    package var readings: [ColumnReading] { [reading] }
    package var empty: Extremes { Extremes(reading) }
  }

  private init(_ reading: ColumnReading) { self.reading = reading }

  package mutating func update(_ batch: Batch) {
    switch reading.type {
    case .number:
      let column = batch.numbers(reading)
      summary.count(column.states)
      let values = Numbers(column)
      nanCount += values.nanCount
      let range = Self.range(values.values)
      numbers = ClosedRange(numbers, with: range)
      if let range { noteDigits(range, column, batch) }
    case .string: update(batch.texts(reading.column))
    default:
      let column = batch.integers(reading)
      summary.count(column.states)
      let valid = zip(column.values, column.states).lazy.filter { $1 == CellState.valid.rawValue }.map { $0.0 }
      integers = ClosedRange(integers, with: Self.range(valid))
      if reading.type == .timestamp { moments = ClosedRange(moments, with: Self.moments(column, batch, reading)) }
    }
  }

  /// Notes the numbers at the ends of a batch, where their doubles may be those of others.
  private mutating func noteDigits(_ range: ClosedRange<Double>, _ column: Column<Double>, _ batch: Batch) {
    guard let type = batch.stored(reading.column)?.field.type else { return }
    let ends = [range.lowerBound, range.upperBound].filter(type.hasDigits)
    guard !ends.isEmpty else { return }
    for row in column.states.indices where column.states[row] == CellState.valid.rawValue {
      guard ends.contains(column.values[row]), let number = batch.decimal(reading.column, row: row) else { continue }
      decimals = ClosedRange(decimals, with: number...number)
    }
  }

  private mutating func update(_ text: TextColumn) {
    var (least, greatest): (Range<Int>?, Range<Int>?)
    let bytes = text.bytes.span
    var count = 0
    for row in 0..<text.rowCount {
      guard let range = text.range(row) else { continue }
      count += 1
      let value = bytes.extracting(range)
      if least.map({ value.precedes(bytes.extracting($0)) }) ?? true { least = range }
      if greatest.map({ bytes.extracting($0).precedes(value) }) ?? true { greatest = range }
    }
    summary.merge(ViolationSummary(rows: text.rowCount, nulls: text.rowCount - count))
    guard let least, let greatest else { return }
    texts = ClosedRange(texts, with: TextValue(text.bytes[least])...TextValue(text.bytes[greatest]))
  }

  package var footprint: Int {
    texts.map { Footprint.of($0.lowerBound.bytes) + Footprint.of($0.upperBound.bytes) } ?? 0
  }

  package mutating func merge(_ other: Extremes) {
    summary.merge(other.summary)
    nanCount += other.nanCount
    numbers = ClosedRange(numbers, with: other.numbers)
    decimals = ClosedRange(decimals, with: other.decimals)
    texts = ClosedRange(texts, with: other.texts)
    integers = ClosedRange(integers, with: other.integers)
    moments = ClosedRange(moments, with: other.moments)
  }

  /// The counts of rows, nulls and values that are not of the reading's type; all others are evaluated.
  package var counts: ViolationSummary { summary }

  private static func moments(
    _ column: Column<Int64>, _ batch: Batch, _ reading: ColumnReading
  ) -> ClosedRange<Moment>? {
    let nanoseconds = batch.nanoseconds(reading)
    return range(
      column.values.indices.lazy.filter { column.states[$0] == CellState.valid.rawValue }.map {
        Moment(column.values[$0], nanoseconds: nanoseconds?[$0] ?? 0)
      })
  }

  private static func range<Values: Sequence>(_ values: Values) -> ClosedRange<Values.Element>?
  where Values.Element: Comparable {
    var range: ClosedRange<Values.Element>?
    for value in values {
      guard let known = range else {
        range = value...value
        continue
      }
      if value < known.lowerBound { range = value...known.upperBound }
      if value > known.upperBound { range = known.lowerBound...value }
    }
    return range
  }
}
