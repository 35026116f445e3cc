/// What a first look at a column finds: how many values, of which types, how many different ones, how small.
package struct ColumnCensus: Aggregate, Equatable {
  /// More different values than this are not remembered.
  package static let distinctLimit = 12

  package private(set) var present = 0
  package private(set) var nulls = 0
  /// The types that every present value reads as; `string` is always one of them.
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
    let text = batch.texts(column)
    let values = text.ends.count { $0 >= 0 }
    present += values
    nulls += text.ends.count - values
    types = types.filter { $0 == .string || allRead(text, of: batch.bytes, as: $0) }
    if !types.contains(.number) { minimum = .infinity }
    for row in text.ends.indices where !text.isNull(row) {
      guard members != nil else { break }
      remember(batch.bytes[Int(text.starts[row])..<Int(text.ends[row])])
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

  private mutating func remember(_ value: ArraySlice<UInt8>) {
    guard let known = members else { return }
    let index = known.firstIndex { !$0.lexicographicallyPrecedes(value) } ?? known.count
    if index < known.count, known[index].elementsEqual(value) { return }
    guard known.count < Self.distinctLimit else { return members = nil }
    members?.insert(Array(value), at: index)
  }
}
