internal import Scan

// What is compared with a baseline, which stays as it is: as few rows of this side change as are a drift.

extension DriftCheck: Violable {
  /// Less rows than these decide nothing.
  package var rowsNeeded: Int { 200 }

  package var testsMembers: Bool { true }
  /// Only a share of columns is a limit of its own.
  package var testsWhole: Bool { share != nil }

  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.drifting(specimen.column.isEmpty ? members : [specimen.column])
  }
}

extension LabelDriftCheck: Violable {}
extension PredictionDriftCheck: Violable {}

extension RoleDriftRule where Self: Violable {
  package var rowsNeeded: Int { drift.rowsNeeded }

  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials { try specimen.drifting(columns) }
}

extension CorrelationChangeCheck: Violable {
  package var rowsNeeded: Int { 200 }

  /// Columns that are copies of the first, and such that have nothing to do with it.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let names = columns.isEmpty ? specimen.table.fields.map(\.name).filter { !choice.except.contains($0) } : columns
    let numeric = names.filter { !specimen.numbers($0).isEmpty }
    guard let first = numeric.first, numeric.count > 1 else { throw Unviolated("there are no two columns of numbers") }
    let (table, rows) = (specimen.table, specimen.rows)
    return Trials([
      { mutation in
        for column in numeric.dropFirst() {
          mutation.change(column, rows, from: first) { row, _ in table.text(row, first) }
        }
      },
      { mutation in
        for (place, column) in numeric.enumerated() {
          mutation.change(column, rows) { row, _ in String(row >> place & 1) }
        }
      },
    ])
  }
}

extension Specimen {
  /// More and more rows with a value of their own range, with one that is new, or with none, in each of some columns.
  fileprivate func drifting(_ columns: [String]) throws(Unviolated) -> Trials {
    let columns = columns.filter { table.index(of: $0) != nil }
    guard !columns.isEmpty else { throw Unviolated("the table has none of the columns that are compared") }
    let known = columns.map { (column: $0, value: extreme($0)) }
    let new = columns.map { (column: $0, value: newValue($0)) }
    return Trials(
      gradual: [known, new, columns.map { ($0, nil) }].map { changes in
        Trials.Gradual(rows: rows) { mutation, rows in
          for change in changes { mutation.set(change.column, rows, to: change.value) }
        }
      })
  }

  /// The greatest number of a column, or else its rarest value.
  private func extreme(_ column: String) -> String? {
    if areNumbers(column), let greatest = numbers(column).max(by: { $0.value < $1.value }) {
      return table.text(greatest.row, column)
    }
    let counts = present([column]).reduce(into: [String: Int]()) { $0[table.text($1, column) ?? "", default: 0] += 1 }
    return counts.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  /// A value that the column does not have, of the kind that it has.
  private func newValue(_ column: String) -> String? {
    if type(of: column) == .boolean { return extreme(column) }
    return areNumbers(column) ? "987654321987" : unknownKey(column)
  }

  private func areNumbers(_ column: String) -> Bool {
    let count = numbers(column).count
    return count > 0 && count == present([column]).count
  }
}
