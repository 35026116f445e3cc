internal import Language
internal import Scan
internal import Verdict

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

extension IdentifierLeakCheck: Violable {
  /// Fewer rows decide nothing.
  package var rowsNeeded: Int { 200 }

  /// Identifiers that were given class by class.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (rows, numbers) = (specimen.present([label]), specimen.numbers(label))
    let texts = rows.compactMap { specimen.table.text($0, label) }
    let classes = Set(texts).sorted()
    guard classes.count > 1 else { throw Unviolated("\"\(label)\" is the same in all rows") }
    // A label of many numbers has two classes, of which the median is the border.
    let median = numbers.count == rows.count ? numbers.map(\.value).sorted()[rows.count / 2] : nil
    func place(_ text: String) -> Int {
      if classes.count > 20, let median { return (Literal.number(text) ?? median) < median ? 0 : 1 }
      return classes.firstIndex(of: text) ?? 0
    }
    let identifiers = Dictionary(
      zip(rows, texts).map { row, text in (row, String((100 + place(text)) * 10_000_000 + row)) }
    ) { first, _ in first }
    let change: Trials.Change = { $0.change(identifier, rows, from: label) { row, old in identifiers[row] ?? old } }
    return Trials([change], areViolations: (limit?.value.value ?? 0) < 0.9)
  }
}

extension SplitSizeCheck: Violable {
  /// Hardly any row is left in this split, or almost all are in it; how many the others have is not known here.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = specimen.rows
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    var changes: [Trials.Change] = [{ $0.dropRows(Array(rows.dropFirst())) }]
    for factor in [10, 1000, 100_000] {
      changes.append { $0.repeatRow(first, times: min(factor * rows.count, Mutation.countLimit)) }
    }
    return Trials(changes, areViolations: false)
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
