internal import Language
internal import Scan
internal import Verdict

// What is almost another row, or another column.

extension NearDuplicatesCheck: Violable {
  /// A row that is repeated, or a row of another split.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    guard let split = splits.first else { return try specimen.repeating(key: compared) }
    let other = try specimen.neighbour(of: split.value)
    return try specimen.copying(compared, from: other) { row in compared.contains { other.table[row, $0] != .null } }
  }
}

extension SimilarColumnsCheck: Violable {
  package var rowsNeeded: Int { 10 }

  /// A copy of a column with edits in half as many rows as there may be, and one without.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let names = specimen.table.fields.map(\.name).filter { !ignored.contains($0) }
    guard let column = names.first(where: { specimen.present([$0]).count >= rowsNeeded }) else {
      throw Unviolated(rowsNeeded: rowsNeeded)
    }
    let (copy, rows) = (specimen.newName, specimen.present([column]))
    let edits = Int(Double(rows.count) * (1 - equal.value) / 2)
    return Trials([
      { mutation in
        mutation.addColumn(copy, copying: column)
        mutation.set(copy, rows.prefix(edits), to: nil)
      },
      { $0.addColumn(copy, copying: column) },
    ])
  }
}
