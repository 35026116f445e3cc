/// All that a profile says of one column, in a few kilobytes: counts, moments, quantiles, distinct and frequent values,
/// a histogram, lengths and types. See the sketches for what each is and how exact.
///
/// Numbers are summarised wherever a value reads as one: in typed files dates and timestamps too, in their own unit.
/// Distinct and frequent values are those of the text in text files, of the value in typed ones.
package struct ColumnSummary: Aggregate {
  package let column: String
  package internal(set) var type: StoredType?
  package internal(set) var rows = 0
  package internal(set) var nulls = 0
  package internal(set) var moments = Moments()
  package internal(set) var quantiles = KLLSketch()
  package internal(set) var histogram = Histogram()
  package internal(set) var distinct = HyperLogLog()
  package internal(set) var frequent = FrequentItems()
  package internal(set) var lengths = LengthSummary()
  package internal(set) var census = TypeCensus()
  /// A sum of the hashes of all values: equal for equal values in any order, different for all others but by chance.
  package internal(set) var digest = Murmur3.Hash(0, 0)

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column), ColumnReading(column, as: .number)] }
    package var empty: ColumnSummary { ColumnSummary(column) }
  }

  package init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    guard let (field, values) = batch.stored(column) else { return }
    type = field.type
    rows += batch.rowCount
    switch values {
    case .texts(let texts), .tokens(let texts, _):
      add(CountedTexts(texts), isText: true)
      if field.type.mayHoldNumbers {
        add(Numbers(batch.numbers(ColumnReading(column, as: .number))))
      }
    case .numbers(let column):
      let numbers = Numbers(column)
      add(numbers)
      add(CountedTexts(numbers.values.map(\.bitPattern)), isText: false)
    case .integers(let column):
      let isSigned = field.type != .integer(bits: 64, isSigned: false)
      add(Numbers(column, isSigned: isSigned))
      let valid = zip(column.values, column.states).filter { $1 == CellState.valid.rawValue }
      add(CountedTexts(valid.map { UInt64(bitPattern: $0.0) }), isText: false)
    }
    nulls += (0..<batch.rowCount).count { values.isNull($0) }
  }

  private mutating func add(_ numbers: Numbers) {
    moments.update(numbers)
    quantiles.update(numbers)
    histogram.update(numbers)
  }

  private mutating func add(_ values: CountedTexts, isText: Bool) {
    let hashes = Murmur3.hashes(values)
    let (texts, combined) = values.combined(hashes)
    distinct.update(texts, combined)
    frequent.update(texts, combined)
    texts.forEach { _, index, count in
      digest.h1 &+= combined[index].h1 &* UInt64(count)
      digest.h2 &+= combined[index].h2 &* UInt64(count)
    }
    guard isText else { return }
    lengths.update(texts)
    census.update(texts)
  }

  package mutating func merge(_ other: ColumnSummary) {
    type = type ?? other.type
    rows += other.rows
    nulls += other.nulls
    moments.merge(other.moments)
    quantiles.merge(other.quantiles)
    histogram.merge(other.histogram)
    distinct.merge(other.distinct)
    frequent.merge(other.frequent)
    lengths.merge(other.lengths)
    census.merge(other.census)
    digest.h1 &+= other.digest.h1
    digest.h2 &+= other.digest.h2
  }
}

extension StoredType {
  /// Whether texts of this type may be numbers.
  fileprivate var mayHoldNumbers: Bool {
    switch self {
    case .untyped, .tokens, .decimal: true
    default: false
    }
  }
}
