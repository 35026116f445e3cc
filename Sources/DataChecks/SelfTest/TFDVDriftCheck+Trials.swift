extension TFDVDriftCheck: Violable {
  /// One value in all rows, which the baseline does not have.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let changes: [Trials.Change] = members.map { column in
      { mutation in mutation.set(column, specimen.rows, to: specimen.unknownKey(column)) }
    }
    return Trials(changes)
  }
}
