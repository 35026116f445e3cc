internal import Language
internal import Scan
internal import Verdict

extension Mutation {
  /// Gives each of some rows a value of its own.
  mutating func makeDistinct(_ column: String, _ rows: [Int], on specimen: Specimen) {
    let type = specimen.type(of: column)
    change(column, rows) { row, _ in
      switch type {
      case .integer, .number: String(1_000_000_007 + row)
      case .date, .time, .timestamp: Literal.text(Int64(row + 1) * Literal.step(of: type), as: type)
      case .string, .boolean: "value \(row + 1)"
      }
    }
  }
}

extension DistinctCheck: Violable {
  /// One value everywhere, or a new one in every row, of which there are enough.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = specimen.present([specimen.column])
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    let (column, most) = (specimen.column, limits.limits.equals ?? limits.limits.atMost)
    var changes: [Trials.Change] = []
    if let most {
      // A count beyond the limit takes as many rows and one more.
      let needed = most.value.unit == .share ? rows.count : Int(min(most.value.value, 1e12)) + 1
      guard needed <= Mutation.rowLimit else { throw Unviolated("it takes \(needed) different values") }
      changes.append { mutation in
        let start = mutation.table.rowCount
        if needed > rows.count { mutation.repeatRow(first, times: needed - rows.count) }
        mutation.makeDistinct(column, rows + Array(start..<mutation.table.rowCount), on: specimen)
      }
    }
    changes.append { $0.set(column, rows, to: specimen.table.text(first, column)) }
    return Trials(changes)
  }
}

extension EntropyCheck: Violable {
  /// One value everywhere, or a new one in every row.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.uniformOrDistinct()
  }
}

extension OccurringOnceCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.uniformOrDistinct()
  }
}

extension Specimen {
  fileprivate func uniformOrDistinct() throws(Unviolated) -> Trials {
    let (column, rows) = (column, present([column]))
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 2) }
    let value = table.text(first, column)
    // What so many rows do not reach, more of them may.
    return Trials(
      [
        { $0.set(column, rows, to: value) }, { $0.makeDistinct(column, rows, on: self) },
        {
          $0.repeatRow(first)
          $0.set(column, rows, to: value)
        },
      ], areViolations: isWhole)
  }
}

extension UniqueCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.repeating(key: [specimen.column])
  }
}

extension KeysCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials { try specimen.repeating(key: columns) }
}

extension PrimaryKeyCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials { try specimen.repeating(key: columns) }
}

extension DuplicateRowsCheck: Violable {
  /// More rows that repeat another one; or, for a lower limit, all rows different.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    guard let first = specimen.rows.first else { throw Unviolated(rowsNeeded: 1) }
    if let most = (limits.equals ?? limits.atMost)?.value {
      return try specimen.repeating(key: [], allow: most)
    }
    return Trials { $0.dropRows(specimen.rows.filter { $0 != first }) }
  }
}

extension Specimen {
  /// A row repeated until one row more than may violate repeats another one.
  func repeating(key columns: [String], allow: Quantity? = nil) throws(Unviolated) -> Trials {
    let rows = present(columns)
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    let allow = allow ?? self.allow
    var times = 1
    if let allow, allow.unit == .rows { times = excess(of: rows.count, allow: allow) }
    if let allow, allow.unit == .share {
      // Repeated rows are evaluated, too: x of n + x are to be more than the share, which no x is more than all.
      let whole = Double(rows.count)
      times = allow.value < 1 ? max(1, Int(min(allow.value * whole / (1 - allow.value), 1e12)) - 1) : rows.count
      while allow.value < 1, Double(times) / (whole + Double(times)) <= allow.value { times += 1 }
    }
    guard times <= Mutation.rowLimit else { throw Unviolated("it takes \(times) repeated rows") }
    return Trials { [times] in $0.repeatRow(first, times: times) }
  }
}

extension Mutation {
  /// More rows are not added for the sake of a test, and more of them whose values nobody looks at.
  static var rowLimit: Int { 100_000 }
  static var countLimit: Int { 10_000_000 }
}
