/// The columns that first occur behind the rows from which a format without a header takes its columns. They are no
/// columns of the table that is read, and nobody may think that it has none but those.
package struct LateColumns: Aggregate {
  /// How many are told.
  package static let limit = 1000
  /// The names with the places of their first values, in that order.
  package private(set) var columns: [(name: String, place: RowPlace)] = []
  /// Whether these are all.
  package private(set) var areAll = true
  private var names: Set<String> = []

  package struct Specification: AggregateSpecification {
    package init() {}
    package var readings: [ColumnReading] { [] }
    package var empty: LateColumns { LateColumns() }
    /// They are those of the table, whatever its rows are.
    package func scoped(to scope: RowScope) -> any AggregateSpecification { self }
  }

  package init() {}

  /// Those of some lines of a chunk.
  init(_ lines: [(name: String, line: Int)], areAll: Bool) {
    self.areAll = areAll
    for (name, line) in lines.sorted(by: { $0.line < $1.line }) { add(name, RowPlace(number: line)) }
  }

  package mutating func update(_ batch: Batch) { merge(batch.lateColumns) }

  package mutating func merge(_ other: LateColumns) {
    areAll = areAll && other.areAll
    for column in other.columns { add(column.name, column.place) }
  }

  package mutating func move(after origin: RowPlace) {
    for index in columns.indices { columns[index].place = columns[index].place.moved(after: origin) }
  }

  private mutating func add(_ name: String, _ place: RowPlace) {
    guard !names.contains(name) else { return }
    guard columns.count < Self.limit else {
      areAll = false
      return
    }
    names.insert(name)
    columns.append((name, place))
  }
}
