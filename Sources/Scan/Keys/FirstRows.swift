/// The first of some rows in the order of their places, and how many there are.
package struct FirstRows<Row: Sendable>: Sendable {
  package private(set) var first: [(place: RowPlace, row: Row)] = []
  package private(set) var count = 0

  init() {}

  /// Whether a row at that place is one of the first so far.
  func keeps(_ place: RowPlace) -> Bool {
    first.count < ViolationSummary.sampleLimit || place < first[first.count - 1].place
  }

  /// Counts a row; it is made only when it is one of the first.
  mutating func add(at place: RowPlace, _ row: @autoclosure () -> Row) {
    count += 1
    if keeps(place) { keep(row(), at: place) }
  }

  /// Counts rows that are none of the first.
  mutating func add(further rows: Int) { count += rows }

  mutating func merge(_ other: FirstRows) {
    count += other.count
    for (place, row) in other.first where keeps(place) { keep(row, at: place) }
  }

  private mutating func keep(_ row: Row, at place: RowPlace) {
    if first.count == ViolationSummary.sampleLimit { first.removeLast() }
    first.insert((place, row), at: first.firstIndex { $0.place > place } ?? first.count)
  }
}
