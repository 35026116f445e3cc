internal import Language
internal import Scan

// What is said of several splits of the data: a row of another one comes into this one.

extension RowOverlapCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let other = try specimen.neighbour(of: splits[0].value)
    let compared =
      columns.isEmpty
      ? specimen.table.fields.map(\.name).filter { name in
        !ignored.contains(name) && splits.allSatisfy { specimen.neighbours[$0.value]?.table.index(of: name) != nil }
      } : columns
    return try specimen.copying(compared, from: other) { row in compared.contains { other.table[row, $0] != .null } }
  }
}

extension KeyOverlapCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let other = try specimen.neighbour(of: splits[0].value)
    return try specimen.copying(key, from: other) { row in key.allSatisfy { other.table[row, $0] != .null } }
  }
}

extension TimeOverlapCheck: Violable {
  /// A moment of another split, which is neither before nor after all of it.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let other = try specimen.neighbour(of: splits[0].value)
    return try specimen.copying([column], from: other) { row in other.table[row, column] != .null }
  }
}

extension NewLabelsCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (label, rows) = (label, try specimen.violators(among: specimen.present([label])))
    return Trials { $0.set(label, rows, to: specimen.unknownKey(label)) }
  }
}

extension LabelConflictsCheck: Violable {
  /// Rows once more, with another label.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (label, rows) = (label, try specimen.violators(among: specimen.present([label])))
    let table = specimen.table
    let labels = specimen.present([label]).compactMap { table.text($0, label) }
    return Trials { mutation in
      let first = mutation.table.rowCount
      mutation.repeatRows(rows, times: 1)
      mutation.change(label, first..<first + rows.count) { _, old in
        labels.first { $0 != old } ?? specimen.unknownKey(label)
      }
    }
  }
}

extension ClassBalanceCheck: Violable {
  /// All rows but one are of the same class.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (label, table, rows) = (label, specimen.table, specimen.present([label]))
    guard let first = rows.first, let kept = rows.first(where: { table[$0, label] != table[first, label] }) else {
      throw Unviolated(rowsNeeded: 2)
    }
    let text = table.text(first, label)
    return Trials { mutation in
      mutation.set(label, rows.filter { $0 != kept }, to: text)
      mutation.repeatRow(first, times: 1000)
    }
  }
}

extension LabelLeakCheck: Violable {
  /// A feature that is the label.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (label, table) = (label, specimen.table)
    let feature =
      features.named?.first
      ?? table.fields.map(\.name).first { $0 != label && !features.ignored.contains($0) }
    guard let feature else { throw Unviolated("the table has no column besides \"\(label)\" that is a feature") }
    return Trials { mutation in
      mutation.change(feature, specimen.rows, from: label) { row, _ in table.text(row, label) }
    }
  }
}

extension Specimen {
  /// The first rows of another dataset.
  func neighbour(of name: String) throws(Unviolated) -> Neighbour {
    guard let found = neighbours[name], found.table.rowCount > 0 else { throw Unviolated("\"\(name)\" has no rows") }
    return found
  }

  /// The values of some columns, taken from a row of another dataset, in as many rows as it takes.
  func copying(
    _ columns: [String], from other: Neighbour, where isFit: (Int) -> Bool
  ) throws(Unviolated) -> Trials {
    guard let source = (0..<other.table.rowCount).first(where: isFit) else {
      throw Unviolated("the first rows of the other dataset have no value to compare")
    }
    let rows = try violators(among: rows)
    return Trials { mutation in
      for column in columns {
        mutation.change(column, rows, isHidden: other.sensitive.contains(column)) { _, _ in
          other.table.text(source, column)
        }
      }
    }
  }
}
