internal import Language
internal import Scan

// What is compared with another dataset, which stays as it is: this side changes.

extension SameRowsCheck: Violable {
  /// Rows that are in the other dataset alone.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = try specimen.violators(among: specimen.present(key))
    return Trials([{ $0.dropRows(rows) }, { $0.set(key[0], specimen.rows, to: specimen.unknownKey(key[0])) }])
  }
}

extension GroupsCheck: Violable {
  /// A group that only this table has, or one that it has lost.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (table, columns) = (specimen.table, columns)
    guard let first = specimen.present(columns).first else { throw Unviolated(rowsNeeded: 1) }
    let alike = specimen.rows.filter { row in columns.allSatisfy { table[row, $0] == table[first, $0] } }
    var changes: [Trials.Change] = []
    if new == .fail { changes.append { $0.set(columns[0], [first], to: specimen.unknownKey(columns[0])) } }
    if vanished == .fail { changes.append { $0.dropRows(alike) } }
    return Trials(changes)
  }
}

extension AggregateMatchCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (column, rows) = (column, specimen.present([column]))
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    switch aggregate {
    case .sum, .min, .max, .mean: return try specimen.movingNumbers(of: column, Limits())
    case .count:
      return Trials([{ $0.set(column, [first], to: nil) }, { $0.repeatRow(first, times: 100 * rows.count) }])
    case .distinct:
      return Trials([
        { $0.set(column, [first], to: specimen.unknownKey(column)) }, { $0.makeDistinct(column, rows, on: specimen) },
        { $0.set(column, rows, to: specimen.unknownKey(column)) },
        { mutation in
          let start = mutation.table.rowCount
          mutation.repeatRow(first, times: min(10_000, 100 * rows.count))
          mutation.makeDistinct(column, rows + Array(start..<mutation.table.rowCount), on: specimen)
        },
      ])
    }
  }
}
