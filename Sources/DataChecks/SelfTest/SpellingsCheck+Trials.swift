internal import Language
internal import Scan
internal import Verdict

// What is odd about texts beside the others of their column.

extension SpellingsCheck: Violable {
  /// The most common value with a mark behind it.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (table, column, rows) = (specimen.table, specimen.column, specimen.present([specimen.column]))
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    let found = Dictionary(grouping: rows) { table.text($0, column) ?? "" }.filter {
      $0.key.contains(where: \.isLetter)
    }
    let commonest = found.max { ($0.value.count, $1.value[0]) < ($1.value.count, $0.value[0]) }?.key ?? "Deep"
    let few = rows.suffix(min(rows.count, specimen.excess(of: rows.count, allow: specimen.allow)))
    return Trials([
      { mutation in
        if rows.count == 1 { mutation.repeatRow(first) }
        mutation.set(column, rows.count == 1 ? [mutation.table.rowCount - 1] : Array(few), to: commonest + "!")
      },
      { mutation in mutation.change(column, rows) { row, _ in row % 2 == 0 ? commonest : commonest + "!" } },
    ])
  }
}

extension Specimen {
  /// Values of a kind in one row more than the limits allow, or none of them where there must be some.
  fileprivate func sharing(_ odd: [String], _ limits: Limits, plain: String) throws(Unviolated) -> Trials {
    let column = column
    if let most = (limits.equals ?? limits.atMost)?.value {
      let rows = try violators(among: present([column]), allow: most)
      let changes: [Trials.Change] = odd.map { value in { $0.set(column, rows, to: value) } }
      return Trials(changes)
    }
    return Trials { $0.set(column, present([column]), to: plain) }
  }
}

extension SpecialCharactersCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.sharing(["---"], limits, plain: "a")
  }
}

extension TruncatedCheck: Violable {
  /// Texts as long as common columns are wide, or numbers at the end of their type.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let type = specimen.rules.types[specimen.column] ?? .string
    let odd = type == .string ? [255, 4000, 65535].map { String(repeating: "x", count: $0) } : ["2147483647"]
    return try specimen.sharing(odd, limits, plain: type == .string ? "a" : "1")
  }
}

extension LengthOutliersCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    var trials = try specimen.sharing([String(repeating: "x", count: 100_000)], limits, plain: "a")
    // So many long texts may be the usual ones.
    trials.areViolations = false
    return trials
  }
}

extension MixedTypesCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.sharing(["a word", "12"], limits, plain: "a word")
  }
}

extension RowsWhereCheck: Violable {
  /// Values of the columns that the expression reads, one column at a time: at the ends of what occurs and beyond, in
  /// the place of one another, and none at all.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let columns = columns.filter { specimen.table.index(of: $0) != nil }
    guard !specimen.rows.isEmpty else { throw Unviolated(rowsNeeded: 1) }
    let count = specimen.excess(of: specimen.rows.count, allow: specimen.allow)
    var changes: [Trials.Change] = []
    for rows in [Array(specimen.rows.prefix(count)), specimen.rows] {
      for column in columns {
        changes += specimen.extremes(of: column).map { value in { $0.set(column, rows, to: value) } }
        changes += columns.filter { $0 != column }.map { other in
          { $0.change(column, rows, from: other) { row, _ in specimen.table.text(row, other) } }
        }
        changes.append { $0.set(column, rows, to: nil) }
      }
    }
    // That an expression is false for none of these does not make it one that is always true.
    return Trials(changes, areViolations: false)
  }
}

extension Specimen {
  fileprivate func extremes(of column: String) -> [String] {
    let type = self.type(of: column)
    switch type {
    case .boolean: return ["true", "false"]
    case .time: return ["00:00:00", "23:59:59"]
    case .date, .timestamp:
      return [Int64(-36_525), 36_525].map { Literal.text($0 * (type == .date ? 1 : Instant.perDay), as: type) }
    case .integer, .number, .string:
      let values = numbers(column).map(\.value)
      let ends = [values.min().map { $0 - 1 }, values.max().map { $0 + 1 }].compactMap { $0 }
      let numbers = (ends + [0, 1, -1, 1e9, -1e9]).map { Quantity.text($0) }
      return type == .string ? ["", "other", "?", "0"] + (values.isEmpty ? [] : numbers) : numbers
    }
  }
}
