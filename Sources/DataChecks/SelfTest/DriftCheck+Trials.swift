internal import Scan

// What is compared with a baseline, which stays as it is: all rows of this side change, since a few of them are no drift.

extension DriftCheck: Violable {
  /// Less rows than these decide nothing.
  package var rowsNeeded: Int { 200 }

  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.drifting(members)
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
  /// Each of some columns with one new value in all rows, or with none.
  fileprivate func drifting(_ columns: [String]) throws(Unviolated) -> Trials {
    let columns = columns.filter { table.index(of: $0) != nil }
    guard !columns.isEmpty else { throw Unviolated("the table has none of the columns that are compared") }
    return Trials([
      { mutation in for column in columns { mutation.set(column, rows, to: unknownKey(column)) } },
      { mutation in for column in columns { mutation.set(column, rows, to: nil) } },
    ])
  }
}
