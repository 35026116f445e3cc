/// A small table in memory whose rows, values and columns can be changed one by one, and which is read as files are.
package struct MemoryTable: Sendable {
  package private(set) var fields: [Field] = []
  private var columns: [[Cell]] = []
  /// The row of the columns that stands at each place of the table: rows are repeated, dropped and moved without a look
  /// at their values.
  private var order: [Int32] = []
  /// The records of its source, as far as it was read, that are no rows and so are left out.
  package internal(set) var defects = DefectCount()

  package init(fields: [Field] = []) {
    self.fields = fields
    columns = fields.map { _ in [] }
  }

  package var rowCount: Int { order.count }

  package func index(of column: String) -> Int? {
    let name = ExactText(column)
    return fields.firstIndex { ExactText($0.name) == name }
  }

  /// The value at a place; null for a column that is not there.
  package subscript(row: Int, column: String) -> Cell {
    index(of: column).map { columns[$0][Int(order[row])] } ?? .null
  }

  /// The value as people write it; nil for a null.
  package func text(_ row: Int, _ column: String) -> String? {
    guard let index = index(of: column) else { return nil }
    var text: [UInt8] = []
    let stored = StoredColumn([columns[index][Int(order[row])]], fields[index].type)
    return stored.append(0, of: fields[index].type, to: &text) ? String(decoding: text, as: UTF8.self) : nil
  }

  /// The values of a column in some rows of the table, for its reader.
  func stored(_ column: Int, _ rows: Range<Int>) -> StoredColumn {
    StoredColumn(order[rows].map { columns[column][Int($0)] }, fields[column].type)
  }

  /// Appends the first rows of a batch, at most so many.
  mutating func append(_ batch: Batch, atMost limit: Int) {
    let count = min(batch.rowCount, limit)
    for (index, stored) in batch.stored.enumerated() { columns[index] += (0..<count).map { stored.cell($0) } }
    order += (0..<Int32(clamping: count)).map { $0 + Int32(clamping: order.count) }
  }

  // MARK: - Rows

  /// Appends a row once more, so many times.
  package mutating func repeatRow(_ row: Int, times: Int = 1) {
    order += [Int32](repeating: order[row], count: times)
  }

  package mutating func dropRows(_ rows: Set<Int>) {
    order = order.indices.filter { !rows.contains($0) }.map { order[$0] }
  }

  /// Some of the rows, in any order, and as often as they are named.
  package func picking(_ rows: [Int]) -> MemoryTable {
    var table = self
    table.order = rows.map { order[$0] }
    return table
  }

  package mutating func swapRows(_ a: Int, _ b: Int) { order.swapAt(a, b) }

  // MARK: - Values

  /// Sets values of a column by their texts, nil for none. A column that has no place for one of them is stored anew as
  /// one that has: as doubles when all its values are numbers, else as text.
  package mutating func set(_ column: String, _ values: [(row: Int, text: String?)]) {
    guard let index = index(of: column) else { return }
    flatten()
    for (row, text) in values {
      guard let text else {
        columns[index][row] = .null
        continue
      }
      guard let cell = Cell(text, in: fields[index].type, like: likeness(index, row)) else {
        return storeAnew(index, column, values)
      }
      columns[index][row] = cell
    }
  }

  private mutating func storeAnew(_ index: Int, _ column: String, _ values: [(row: Int, text: String?)]) {
    var texts = (0..<rowCount).map { text($0, column) }
    for (row, text) in values { texts[row] = text }
    let areNumbers = texts.allSatisfy { $0.map { Literal.number($0) != nil } ?? true }
    store(texts, in: index, as: areNumbers ? .float(bits: 64) : .text)
  }

  /// The value that says of which kind those of a column of tokens are.
  private func likeness(_ column: Int, _ row: Int) -> Cell {
    let cell = columns[column][row]
    return cell == .null ? columns[column].first { $0 != .null } ?? .null : cell
  }

  private mutating func store(_ texts: [String?], in column: Int, as type: StoredType) {
    fields[column].type = type
    columns[column] = texts.map { $0.flatMap { Cell($0, in: type) } ?? .null }
  }

  /// Gives every place of the table a row of its own, in its order.
  private mutating func flatten() {
    guard columns.contains(where: { $0.count != order.count }) || order.indices.contains(where: { order[$0] != $0 })
    else { return }
    columns = columns.map { column in order.map { column[Int($0)] } }
    order = Array(0..<Int32(clamping: order.count))
  }

  // MARK: - Columns

  /// Appends a column of equal values, or with those of another one.
  package mutating func addColumn(_ name: String, copying other: String? = nil, text: String = "") {
    flatten()
    guard let index = other.flatMap({ self.index(of: $0) }) else {
      let type: StoredType = fields.contains { $0.type.isDeclared } ? .text : fields.first?.type ?? .untyped
      fields.append(Field(name, type))
      columns.append(order.map { _ in Cell(text, in: type) ?? .null })
      return
    }
    fields.append(Field(name, fields[index].type))
    columns.append(columns[index])
  }

  package mutating func dropColumn(_ name: String) {
    guard let index = index(of: name) else { return }
    fields.remove(at: index)
    columns.remove(at: index)
  }

  package mutating func renameColumn(_ name: String, to other: String) {
    if let index = index(of: name) { fields[index].name = other }
  }

  package mutating func swapColumns(_ a: String, _ b: String) {
    guard let a = index(of: a), let b = index(of: b) else { return }
    fields.swapAt(a, b)
    columns.swapAt(a, b)
  }

  /// Stores a column as another type; what that has no place for becomes null.
  package mutating func retype(_ name: String, as type: StoredType) {
    guard let index = index(of: name) else { return }
    flatten()
    store((0..<rowCount).map { text($0, name) }, in: index, as: type)
  }
}
