/// What a first look at a column finds: how many values, of which types, how many different ones, how small.
package struct ColumnCensus: Aggregate, Equatable {
  /// More different values than this are not remembered.
  package static let distinctLimit = 13

  package private(set) var present = 0
  package private(set) var nulls = 0
  /// The types that every present value reads as; `string` is always one of them.
  package private(set) var types = Set(ValueType.allCases)
  /// The smallest number, when every value is one; NaN when one of them is.
  package private(set) var minimum = Double.infinity
  /// The different values, sorted, up to one more than is worth remembering.
  package private(set) var distinct: [String] = []
  private let column: String

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }
    package var empty: ColumnCensus { ColumnCensus(column: column) }
  }

  private init(column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    let text = batch.texts(column)
    let values = text.ends.count { $0 >= 0 }
    present += values
    nulls += text.ends.count - values
    types = types.filter { $0 == .string || allRead(text, of: batch.bytes, as: $0) }
    for row in text.ends.indices where distinct.count <= Self.distinctLimit {
      if let value = batch.string(column, row: row) { remember(value) }
    }
  }

  package mutating func merge(_ other: ColumnCensus) {
    present += other.present
    nulls += other.nulls
    types.formIntersection(other.types)
    minimum = minimum.isNaN || other.minimum.isNaN ? .nan : min(minimum, other.minimum)
    for value in other.distinct { remember(value) }
  }

  private mutating func allRead(_ text: TextColumn, of bytes: [UInt8], as type: ValueType) -> Bool {
    switch decode(text, of: bytes, as: type) {
    case .text: return true
    case .integer(let column): return !column.states.contains(CellState.malformed.rawValue)
    case .number(let column):
      for (value, state) in zip(column.values, column.states) where state == CellState.valid.rawValue {
        minimum = value.isNaN || minimum.isNaN ? .nan : min(minimum, value)
      }
      return !column.states.contains(CellState.malformed.rawValue)
    }
  }

  private mutating func remember(_ value: String) {
    guard distinct.count <= Self.distinctLimit else { return }
    let index = distinct.firstIndex { $0 >= value } ?? distinct.count
    if index == distinct.count || distinct[index] != value { distinct.insert(value, at: index) }
  }
}
