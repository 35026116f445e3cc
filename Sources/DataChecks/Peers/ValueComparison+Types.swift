internal import Language
internal import Scan

extension ValueComparison {
  /// How the values of a column that two tables have are compared: as what the rules declare, or else as what one of the
  /// files stores.
  init(of column: String, in table: TableContext, and peer: PeerTable, within tolerance: Distance?) {
    let stored = [table.types[column], ColumnTypes(peer.fields)[column]].compactMap { $0?.meaning }
    let declared = table.rules.types[column] ?? peer.dataset.rules.types[column]
    switch declared ?? stored.max(by: { $1 == .timestamp && $0 == .date }) {
    case .integer, .number: self = .number(tolerance: tolerance.map { Tolerance($0) })
    case .string: self = .text
    case let type?: self = .reading(type)
    // What looks like numbers may be codes, and 01234 is another than 1234.
    case nil: self = .text
    }
  }
}

extension ValueComparison.Tolerance {
  init(_ distance: Distance) {
    switch distance {
    case .absolute(let distance): self = .absolute(distance)
    case .relative(let share): self = .relative(share)
    }
  }
}
