internal import Language
internal import Scan
internal import Verdict

extension Members {
  /// Values that are not in the set; where there are no others, as of booleans, all that there are.
  func outsiders(on specimen: Specimen) -> [String] {
    let type = specimen.rules.types[specimen.column] ?? .string
    switch type {
    case .boolean: return ["true", "false"]
    case .string: return [["other", "another one", "?", "~"].first { text in !contains(text) } ?? "\(text) too"]
    case .number:
      let greatest = values.compactMap { Literal.number($0.value) }.filter(\.isFinite).max() ?? 0
      return [Quantity.text(greatest + max(1, (greatest.magnitude / 1e9).rounded()))]
    case .integer, .date, .time, .timestamp:
      let numbers = values.compactMap { Literal.integer($0.value, as: type) }
      guard let greatest = numbers.max(), let least = numbers.min() else { return [] }
      let next = Literal.text(Literal.text(greatest, as: type), movedBy: 1, as: type)
      return [next ?? Literal.text(Literal.text(least, as: type), movedBy: -1, as: type)].compactMap { $0 }
    }
  }

  private func contains(_ text: String) -> Bool { values.contains { $0.value.utf8.elementsEqual(text.utf8) } }
}

extension InCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.replacing(with: members.outsiders(on: specimen))
  }
}

extension EqualsCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.replacing(with: Members(values: [value]).outsiders(on: specimen))
  }
}

extension NotInCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.replacing(with: Array(members.values.prefix(1).map(\.value)))
  }
}

extension ValuesCheck: Violable {
  /// A value that is none of the set, or one of the set that occurs no more.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = specimen.present([specimen.column])
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    let column = specimen.column
    if relation != .superset {
      let changes: [Trials.Change] = members.outsiders(on: specimen).map { value in
        { $0.set(column, [first], to: value) }
      }
      return Trials(changes)
    }
    let found = Dictionary(grouping: rows) { specimen.table.text($0, column) ?? "" }
    // The rarest gives way to the most common one.
    let byCount = found.sorted { ($0.value.count, $0.value[0]) < ($1.value.count, $1.value[0]) }
    guard let rarest = byCount.first, let commonest = byCount.last else { throw Unviolated(rowsNeeded: 1) }
    return Trials([
      { $0.set(column, rarest.value, to: commonest.key) }, { $0.set(column, rows, to: commonest.key) },
      { $0.set(column, rows, to: members.outsiders(on: specimen).first) },
    ])
  }
}

extension ModeCheck: Violable {
  /// A value that is none of the set, or another one, becomes the most common; or all values differ.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (column, rows) = (specimen.column, specimen.present([specimen.column]))
    guard !rows.isEmpty else { throw Unviolated(rowsNeeded: 1) }
    var changes: [Trials.Change] = []
    if let members {
      changes = members.outsiders(on: specimen).map { value in
        { $0.set(column, rows.prefix(rows.count / 2 + 1), to: value) }
      }
    }
    let found = Dictionary(grouping: rows) { specimen.table.text($0, column) ?? "" }
    let commonest = found.max { ($0.value.count, $1.value[0]) < ($1.value.count, $0.value[0]) }?.key
    changes.append { $0.set(column, rows, to: commonest) }
    changes.append { $0.makeDistinct(column, rows, on: specimen) }
    return Trials(changes)
  }
}
