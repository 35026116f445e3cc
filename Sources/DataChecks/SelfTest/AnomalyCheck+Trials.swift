internal import Language
internal import Scan

// What is compared with earlier runs: those that are made up for the test measured about what the data are like.

extension AnomalyCheck: Violable {
  /// How far the band reaches, and on which side, depends on the strategy: no change is one for sure.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (column, rows) = (specimen.column, specimen.present([specimen.column]))
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    let value = specimen.table.text(first, column)
    var trials: Trials
    switch number?.value ?? .mean {
    case .missing:
      let missing = specimen.rows.filter { specimen.table[$0, column] == .null }
      trials = Trials([{ $0.set(column, rows, to: nil) }, { $0.set(column, missing, to: value) }])
    case .distinct:
      trials = Trials([
        { $0.set(column, rows, to: value) }, { $0.makeDistinct(column, rows, on: specimen) },
      ])
    case .mean, .median, .quantile, .min, .max, .std, .sum:
      trials = try specimen.movingNumbers(of: column, Limits())
    }
    trials.areViolations = false
    return trials
  }
}

extension TableAnomalyCheck: Violable {
  /// A part of the rows or columns, and many more of them.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = specimen.rows
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    if number?.value == .columns {
      let dropped = specimen.table.fields.map(\.name).dropFirst()
      let name = specimen.newName
      return Trials(
        [
          { mutation in for index in 0..<1000 { mutation.addColumn("\(name)\(index)") } },
          { mutation in for name in dropped { mutation.dropColumn(name) } },
        ], areViolations: false)
    }
    let changes: [Trials.Change] = [
      { $0.dropRows(Array(rows.dropFirst((rows.count + 1) / 2))) }, { $0.dropRows(Array(rows.dropFirst())) },
      { $0.repeatRow(first, times: rows.count) },
      { $0.repeatRow(first, times: min(100 * rows.count, Mutation.countLimit)) },
    ]
    return Trials(changes, areViolations: false)
  }
}
