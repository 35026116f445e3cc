/// What a first look at a column finds: how many values, of which types, how many different ones, how small.
package struct ColumnCensus: Aggregate, Equatable {
  /// More different values than this are not remembered.
  package static let distinctLimit = 12

  package private(set) var present = 0
  package private(set) var nulls = 0
  /// The types that every present value reads as; in a text file `string` is always one of them.
  package private(set) var types = Set(ValueType.allCases)
  /// The smallest number; NaN when one of them is, and infinite when not every value is a number.
  package private(set) var minimum = Double.infinity
  /// The different values by their bytes, sorted; nil when they are too many.
  package var distinct: [String]? { members?.map { String(decoding: $0, as: UTF8.self) } }
  private var members: [[UInt8]]? = []
  private let column: String

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }
    package var empty: ColumnCensus { ColumnCensus(column: column) }
  }

  private init(column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    guard let (field, values) = batch.stored(column) else { return }
    let text = batch.texts(column)
    let nulls = (0..<batch.rowCount).count { text.isNull($0) }
    present += batch.rowCount - nulls
    self.nulls += nulls
    types = types.filter { allRead(values, field.type, as: $0) }
    if !types.contains(.number) { minimum = .infinity }
    for row in 0..<batch.rowCount {
      guard members != nil else { break }
      if let range = text.range(row) { remember(text.bytes[range]) }
    }
  }

  package mutating func merge(_ other: ColumnCensus) {
    present += other.present
    nulls += other.nulls
    types.formIntersection(other.types)
    minimum = minimum.isNaN || other.minimum.isNaN ? .nan : min(minimum, other.minimum)
    if !types.contains(.number) { minimum = .infinity }
    guard let others = other.members else { return members = nil }
    for value in others { remember(value[...]) }
  }

  private mutating func allRead(_ values: StoredColumn, _ stored: StoredType, as type: ValueType) -> Bool {
    switch values.read(stored, as: type) {
    case .text:
      return stored.isText || (0..<values.rowCount).allSatisfy { values.isNull($0) || values.isString($0) }
    case .integer(let column): return !column.states.contains(CellState.malformed.rawValue)
    case .number(let column):
      for (value, state) in zip(column.values, column.states) where state == CellState.valid.rawValue {
        minimum = value.isNaN || minimum.isNaN ? .nan : min(minimum, value)
      }
      return !column.states.contains(CellState.malformed.rawValue)
    }
  }

  private mutating func remember(_ value: ArraySlice<UInt8>) {
    guard let known = members else { return }
    let index = known.firstIndex { !$0.lexicographicallyPrecedes(value) } ?? known.count
    if index < known.count, known[index].elementsEqual(value) { return }
    guard known.count < Self.distinctLimit else { return members = nil }
    members?.insert(Array(value), at: index)
  }
}
