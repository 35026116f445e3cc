internal import Language
internal import Scan
internal import Verdict

extension RequiredCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = try specimen.violators(among: specimen.present([specimen.column]))
    return Trials { [column = specimen.column] in $0.set(column, rows, to: nil) }
  }
}

extension MissingCheck: Violable {
  /// One value more that is missing than may be; or, where some must be missing, values in their place.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.emptying([specimen.column], limits, whole: specimen.rows.count)
  }
}

extension Specimen {
  /// Rows that lose the values of some columns, until one more lacks them than the limits allow; and rows that get
  /// them, until too few lack them.
  fileprivate func emptying(_ columns: [String], _ limits: Limits, whole: Int) throws(Unviolated) -> Trials {
    let lacking = Set(rows).subtracting(present(columns))
    var changes: [Trials.Change] = []
    if let most = (limits.equals ?? limits.atMost)?.value {
      let count = excess(of: whole, allow: most) - lacking.count
      let filled = rows.filter { !lacking.contains($0) }
      if count > filled.count, most.unit == .rows, !isWhole { throw Unviolated(rowsNeeded: count) }
      let emptied = filled.prefix(max(1, count))
      changes.append { mutation in for column in columns { mutation.set(column, emptied, to: nil) } }
    }
    if let filler = rows.first(where: { !lacking.contains($0) }) ?? rows.first {
      let least = (limits.equals ?? limits.atLeast)?.value
      let filled = Array(lacking.sorted())
      if least != nil {
        changes.append { mutation in
          for column in columns {
            let value = table.text(filler, column) ?? "1"
            mutation.change(column, filled) { _, old in old ?? value }
          }
        }
      }
    }
    return Trials(changes)
  }
}

extension PresenceRule {
  /// Values taken away, from as many rows as it takes: of one column, and where any of them would do, of all.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let columns = columns
    switch Self.claim {
    case .all, .allOrNone:
      let rows = try specimen.violators(among: specimen.present(columns))
      return Trials { $0.set(columns[0], rows, to: nil) }
    case .any:
      let rows = try specimen.violators(among: specimen.rows)
      return Trials { mutation in for column in columns { mutation.set(column, rows, to: nil) } }
    }
  }
}

extension CompleteRowsCheck: Violable {
  /// Values of the first column taken away until too few rows are complete; or none where too many are.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let columns = specimen.table.fields.map(\.name)
    let complete = specimen.present(columns)
    guard let first = complete.first, let column = columns.first else { throw Unviolated(rowsNeeded: 1) }
    if let least = (limits.equals ?? limits.atLeast)?.value {
      let kept = least.unit == .rows ? least.value : least.value * Double(specimen.rows.count)
      let count = complete.count - Int(min(kept.rounded(.up), 1e12)) + 1
      return Trials { $0.set(column, complete.prefix(max(1, count)), to: nil) }
    }
    return Trials { mutation in
      for column in columns {
        let value = specimen.table.text(first, column)
        mutation.change(column, specimen.rows) { _, old in old ?? value }
      }
    }
  }
}

extension EmptyRowsCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let columns = specimen.table.fields.map(\.name)
    guard !specimen.rows.isEmpty else { throw Unviolated(rowsNeeded: 1) }
    let allow = (limits.equals ?? limits.atMost)?.value
    let rows = try specimen.violators(among: specimen.rows, allow: allow ?? Quantity(0, .rows))
    if allow == nil {
      return Trials { mutation in mutation.change(columns[0], specimen.rows) { _, old in old ?? "1" } }
    }
    return Trials { mutation in for column in columns { mutation.set(column, rows, to: nil) } }
  }
}

extension EmptyColumnsCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let columns = columns.isEmpty ? specimen.table.fields.map(\.name) : columns
    let count = (limits.equals ?? limits.atMost).map { Int(min($0.value.value, 1e6)) + 1 } ?? 0
    let rows = specimen.rows
    return Trials([
      { mutation in for column in columns.prefix(count) { mutation.set(column, rows, to: nil) } },
      { mutation in for column in columns { mutation.set(column, rows, to: nil) } },
      { mutation in for column in columns { mutation.change(column, rows) { _, old in old ?? "1" } } },
    ])
  }
}

extension NullSpellingsCheck: Violable {
  /// More ways to say that a value is missing than there may be.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (column, rows) = (specimen.column, specimen.rows)
    let words = ["NA", "null", "None", "N/A", "nan", "-", "?", "nil", "undefined", "n.a.", "#N/A", "--", ".", "NULL"]
    let count = (limits.equals ?? limits.atMost).map { Int(min($0.value.value, 1000)) + 1 } ?? 0
    guard count <= words.count else { throw Unviolated("there are not so many ways to say that a value is missing") }
    guard rows.count >= count else { throw Unviolated(rowsNeeded: count) }
    if count > 0 {
      return Trials { mutation in
        mutation.change(column, rows.prefix(count)) { row, _ in words[rows.firstIndex(of: row) ?? 0] }
      }
    }
    return Trials { mutation in mutation.change(column, rows) { _, _ in "1" } }
  }
}

extension CastableCheck: Violable {
  /// Values that do not read as the type, until too few do; or ones that do.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (column, rows) = (specimen.column, specimen.present([specimen.column]))
    guard !rows.isEmpty else { throw Unviolated(rowsNeeded: 1) }
    if type == .string { throw Unviolated("every value reads as a text") }
    let least = (limits.equals ?? limits.atLeast)?.value
    let kept = least.map { $0.unit == .rows ? $0.value : $0.value * Double(rows.count) } ?? 0
    let count = max(1, rows.count - Int(min(kept.rounded(.up), 1e12)) + 1)
    let good =
      switch type {
      case .date?: "2000-01-01"
      case .time?: "12:00:00"
      case .timestamp?: "2000-01-01T00:00:00Z"
      default: "1"
      }
    return Trials([{ $0.set(column, rows.prefix(count), to: "x") }, { $0.set(column, rows, to: good) }])
  }
}
