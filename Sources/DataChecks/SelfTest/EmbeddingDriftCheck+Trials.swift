extension EmbeddingDriftCheck: Violable {
  package var rowsNeeded: Int { 2000 }

  /// A vector of another length.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = try specimen.violators(among: specimen.present([column]))
    return Trials([{ $0.set(column, rows, to: "[0]") }, { $0.set(column, rows, to: "[0, 1]") }])
  }
}
