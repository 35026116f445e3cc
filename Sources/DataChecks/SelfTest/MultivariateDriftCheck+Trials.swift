internal import Scan

// What is compared with rows of a baseline, which stays as it is: this side changes.

extension MultivariateDriftCheck: Violable {
  package var rowsNeeded: Int { 2000 }

  /// A column that has lost all of its values.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let changes: [Trials.Change] = try terms.columns(of: specimen).map { column in
      { mutation in mutation.set(column, specimen.rows, to: nil) }
    }
    return Trials(changes)
  }
}

extension ReconstructionDriftCheck: Violable {
  package var rowsNeeded: Int { 2000 }

  /// A column that has lost all of its values, or half of them; what that does depends on the others.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let columns = try terms.columns(of: specimen)
    let half = specimen.rows.filter { $0 % 2 == 0 }
    let changes: [Trials.Change] = [specimen.rows, half].flatMap { rows in
      columns.map { column -> Trials.Change in { mutation in mutation.set(column, rows, to: nil) } }
    }
    return Trials(changes, areViolations: false)
  }
}

extension RowDriftTerms {
  /// Some columns that are looked at.
  fileprivate func columns(of specimen: Specimen) throws(Unviolated) -> [String] {
    let names = choice.named ?? specimen.table.fields.map(\.name).filter { !specimen.rules.rowKey.contains($0) }
    let columns = names.filter { !choice.except.contains($0) && !specimen.present([$0]).isEmpty }
    guard !columns.isEmpty else { throw Unviolated("there is no column with values") }
    return Array(columns.prefix(8))
  }
}
