package import Scan
internal import Verdict

/// A change of a table that is made on purpose, and what a person is told of it.
package struct Mutation: Sendable {
  package private(set) var table: MemoryTable
  /// What was changed, step by step.
  private var steps: [String] = []
  private let sensitive: SensitiveColumns

  package init(of table: MemoryTable, hiding sensitive: SensitiveColumns) {
    self.table = table
    self.sensitive = sensitive
  }

  /// `row 17: age 41 -> 101`. Values of sensitive columns are not shown.
  package var description: String {
    steps.prefix(3).joined(separator: ", ") + (steps.count > 3 ? ", …" : "")
  }

  /// Whether it changes anything more than another one.
  func goes(beyond other: Mutation) -> Bool { steps.count > other.steps.count }

  // MARK: - Values

  /// Sets values of a column, each by the one that stands there; nil is no value.
  ///
  /// - Parameters:
  ///   - other: the column whose values they are made of, when it is another one, which may be sensitive.
  ///   - isHidden: whether the values must not be shown, although the column is not sensitive here.
  mutating func change(
    _ column: String, _ rows: some Sequence<Int>, from other: String? = nil, isHidden: Bool = false,
    _ new: (Int, String?) -> String?
  ) {
    let isHidden = isHidden || sensitive.contains(column) || other.map(sensitive.contains) == true
    var values: [(row: Int, text: String?)] = []
    var first: String?
    for row in rows {
      let old = table.text(row, column)
      let text = new(row, old)
      guard text != old else { continue }
      if first == nil { first = "row \(row + 1): \(column) \(shown(old, isHidden)) -> \(shown(text, isHidden))" }
      values.append((row, text))
    }
    guard let first else { return }
    let type = table.fields.first { $0.name == column }?.type
    table.set(column, values)
    let rest = values.count - 1
    let others = rest == 0 ? "" : " and \(Quantity.grouped(rest)) more \(rest == 1 ? "row" : "rows") like it"
    steps.append(first + others)
    if let now = table.fields.first(where: { $0.name == column })?.type, let type, now != type {
      steps.append("stored as \(now.words) instead of \(type.words)")
    }
  }

  mutating func set(_ column: String, _ rows: some Sequence<Int>, to text: String?) {
    change(column, rows) { _, _ in text }
  }

  private func shown(_ text: String?, _ isHidden: Bool) -> String {
    guard let text else { return "(no value)" }
    if isHidden { return "(hidden)" }
    let isBare = Literal.number(text) != nil || Literal.integer(text, as: .timestamp) != nil
    return isBare ? text : "\"\(TextValue(text).display)\""
  }

  // MARK: - Rows

  mutating func repeatRow(_ row: Int, times: Int = 1) {
    table.repeatRow(row, times: times)
    steps.append("row \(row + 1) repeated\(times == 1 ? "" : " \(Quantity.grouped(times)) times")")
  }

  /// Repeats some rows, all of them so many times: for what takes more rows than there are.
  mutating func repeatRows(_ rows: [Int], times: Int) {
    for _ in 0..<times { for row in rows { table.repeatRow(row) } }
    let what = rows.count == 1 ? "row \(rows[0] + 1)" : "\(Quantity.grouped(rows.count)) rows"
    steps.append("\(what) repeated\(times == 1 ? "" : " \(Quantity.grouped(times)) times")")
  }

  mutating func dropRows(_ rows: [Int]) {
    guard let first = rows.first else { return }
    let all = rows.count == table.rowCount
    table.dropRows(Set(rows))
    let others = rows.count == 1 ? "" : " and \(Quantity.grouped(rows.count - 1)) more"
    steps.append(all ? "all rows dropped" : "row \(first + 1)\(others) dropped")
  }

  mutating func swapRows(_ a: Int, _ b: Int) {
    table.swapRows(a, b)
    steps.append("rows \(a + 1) and \(b + 1) swapped")
  }

  // MARK: - Columns

  mutating func addColumn(_ name: String, copying other: String? = nil) {
    table.addColumn(name, copying: other, text: "x")
    steps.append("column \"\(name)\" added\(other.map { ", a copy of \"\($0)\"" } ?? "")")
  }

  mutating func dropColumn(_ name: String) {
    table.dropColumn(name)
    steps.append("column \"\(name)\" removed")
  }

  mutating func renameColumn(_ name: String, to other: String) {
    table.renameColumn(name, to: other)
    steps.append("column \"\(name)\" renamed to \"\(other)\"")
  }

  mutating func swapColumns(_ a: String, _ b: String) {
    table.swapColumns(a, b)
    steps.append("columns \"\(a)\" and \"\(b)\" swapped")
  }

  mutating func retype(_ name: String, as type: StoredType) {
    guard let old = table.fields.first(where: { $0.name == name })?.type, old != type else { return }
    table.retype(name, as: type)
    steps.append("column \"\(name)\" stored as \(type.words) instead of \(old.words)")
  }
}
