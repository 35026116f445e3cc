internal import Language
package import Scan
package import Verdict

/// The small part of a dataset on which a check is tried: the first rows, of the user's own data.
package struct Specimen: Sendable {
  package var table: MemoryTable
  /// The rows that the check speaks of: those that its condition selects, and with groups those of the largest one.
  package var rows: [Int]
  /// The column of a check on one.
  package var column = ""
  /// How much may violate.
  package var allow: Quantity?
  package var rules: RulesContext
  /// The first rows of the other datasets that the check looks at, by their names.
  package var neighbours: [String: Neighbour] = [:]
  /// Whether these are all rows of the dataset.
  package var isWhole: Bool
  /// The moment of the run, in microseconds since 1970.
  package var now: Int64

  /// Another dataset, of which some columns may be sensitive.
  package struct Neighbour: Sendable {
    package var table: MemoryTable
    package var sensitive: SensitiveColumns
  }

  package init(_ table: MemoryTable, rows: [Int], rules: RulesContext, isWhole: Bool, now: Int64) {
    self.table = table
    self.rows = rows
    self.rules = rules
    self.isWhole = isWhole
    self.now = now
  }

  /// The type that the rules declare for a column, or else that its numbers, dates or times are stored as.
  func type(of column: String) -> ValueType {
    if let declared = rules.types[column] { return declared }
    return switch table.index(of: column).map({ table.fields[$0].type }) {
    case .integer?: .integer
    case .float?, .decimal?: .number
    case .boolean?: .boolean
    case .date?: .date
    case .time?: .time
    case .timestamp?: .timestamp
    default: .string
    }
  }

  /// The rows with a value in all of the columns.
  func present(_ columns: [String]) -> [Int] {
    rows.filter { row in columns.allSatisfy { table[row, $0] != .null } }
  }

  // MARK: - How many rows it takes

  /// One row more than may violate of those that can, or all of them where that is not enough: where any share may
  /// violate, and where there are no more rows.
  func violators(among rows: [Int], allow: Quantity? = nil) throws(Unviolated) -> [Int] {
    let allow = allow ?? self.allow
    let count = excess(of: rows.count, allow: allow)
    if rows.isEmpty || count > rows.count && allow?.unit == .rows && !isWhole { throw Unviolated(rowsNeeded: count) }
    return Array(rows.prefix(count))
  }

  /// How many times all rows are repeated, so that more of them have values than may violate: a tolerance of 10 rows is
  /// not exceeded by a table of 6. Nil when there is no need.
  func repetitions(of columns: [String]) -> Int? {
    guard let allow, allow.unit == .rows else { return nil }
    let (count, wanted) = (max(1, present(columns).count), excess(of: rows.count, allow: allow))
    guard !rows.isEmpty, count < wanted, wanted / count * rows.count < Mutation.rowLimit else { return nil }
    return (wanted - 1) / count
  }

  /// The same where the claim cannot hold without so many rows.
  func repetitions(for needed: Int) -> Int? {
    guard !rows.isEmpty, rows.count < needed, needed <= Mutation.countLimit else { return nil }
    return (needed - 1) / rows.count
  }

  /// One more than so many rows may violate.
  func excess(of rows: Int, allow: Quantity?) -> Int {
    guard let allow else { return 1 }
    if allow.unit == .rows { return Int(min(allow.value.rounded(.down), 1e12)) + 1 }
    // Divided, as the check does it: 29 of 100 is the very double that 29% is.
    var count = max(0, Int(allow.value * Double(rows)) - 1)
    while count <= rows, Double(count) <= 0 || Double(count) / Double(rows) <= allow.value { count += 1 }
    return count
  }

  // MARK: - Numbers

  /// The finite numbers of a column, with their rows.
  func numbers(_ column: String) -> [(row: Int, value: Double)] {
    rows.compactMap { row in
      table.text(row, column).flatMap { Literal.number($0) }.flatMap { $0.isFinite ? (row: row, value: $0) : nil }
    }
  }

  /// Whether the numbers of a column are integers.
  func holdsIntegers(_ column: String) -> Bool { type(of: column) == .integer }

  /// A number as text, in integer columns the next one away from zero.
  func words(_ value: Double, _ column: String) -> String {
    guard holdsIntegers(column) || rules.types[column] == nil && hasIntegers(column) else {
      return Quantity.text(value)
    }
    let whole = value.rounded(.awayFromZero)
    return abs(whole) < 9e18 ? String(Int64(whole)) : "\(whole)"
  }

  private func hasIntegers(_ column: String) -> Bool {
    rows.allSatisfy { table.text($0, column).map { Int64($0) != nil } ?? true }
  }
}

extension Specimen {
  /// Each of some values in the place of present ones, in as many rows as it takes.
  ///
  /// - Parameter values: what takes the place of a value.
  func replacing(_ values: [@Sendable (String) -> String?]) throws(Unviolated) -> Trials {
    let (column, rows) = (column, try violators(among: present([column])))
    let changes: [Trials.Change] = values.map { value in
      { mutation in mutation.change(column, rows) { _, old in old.flatMap(value) ?? old } }
    }
    return Trials(changes)
  }

  /// The same with values that do not depend on what stands there.
  func replacing(with values: [String]) throws(Unviolated) -> Trials {
    try replacing(values.map { value in { _ in value } })
  }
}
