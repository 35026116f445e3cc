/// How often each pair of categories was observed: samples in the rows and categories in the columns, or two variables.
package struct ContingencyTable: Sendable, Hashable {
  package let rows: Int
  package let columns: Int
  /// Row after row.
  package let cells: [Double]
  package let rowTotals: [Double]
  package let columnTotals: [Double]
  package let total: Double

  /// Throws for rows of different lengths, and for what `Counts` throws.
  package init(_ table: [[Double]]) throws(Undefined) {
    let columns = table.first?.count ?? 0
    if let other = table.first(where: { $0.count != columns }) { throw .lengthsDiffer(columns, other.count) }
    let counts = try Counts(table.flatMap { $0 })
    self.columns = columns
    rows = table.count
    cells = counts.values
    total = counts.total
    rowTotals = table.map { $0.compensatedSum }
    columnTotals = (0..<columns).map { column in table.lazy.map { $0[column] }.compensatedSum }
  }

  package init(_ table: [[Int]]) throws(Undefined) {
    try self.init(table.map { $0.map { Double($0) } })
  }

  /// The counts of the same categories in two samples.
  package init(_ first: Counts, _ second: Counts) throws(Undefined) {
    try self.init([first.values, second.values])
  }

  package subscript(row: Int, column: Int) -> Double { cells[row * columns + column] }

  /// What the cells would hold on average if rows and columns were independent: row total times column total, divided
  /// by the total; row after row.
  package var expected: [Double] {
    rowTotals.flatMap { row in columnTotals.map { row * $0 / total } }
  }

  /// How many cells expect fewer than so many: below 5 in more than a fifth of the cells, or below 1 in any, the
  /// chi-squared distribution is a poor guide (Cochran, Biometrics 10, 1954).
  package func cells(expectingBelow limit: Double) -> Int { expected.count { $0 < limit } }

  package var transposed: ContingencyTable {
    get throws(Undefined) {
      try ContingencyTable((0..<columns).map { column in (0..<rows).map { self[$0, column] } })
    }
  }

  /// The table without the rows and columns in which nothing was observed, and the indices of those.
  package func withoutEmpty() throws(Undefined) -> (table: ContingencyTable, rows: [Int], columns: [Int]) {
    let (kept, keptColumns) = (
      rowTotals.indices.filter { rowTotals[$0] > 0 }, columnTotals.indices.filter { columnTotals[$0] > 0 }
    )
    let table = try ContingencyTable(kept.map { row in keptColumns.map { self[row, $0] } })
    return (
      table, rowTotals.indices.filter { rowTotals[$0] == 0 }, columnTotals.indices.filter { columnTotals[$0] == 0 }
    )
  }

  /// Throws when nothing was observed in a row or a column.
  func requireObserved() throws(Undefined) {
    if let row = rowTotals.firstIndex(of: 0) { throw .emptyCategory("row \(row + 1)") }
    if let column = columnTotals.firstIndex(of: 0) { throw .emptyCategory("column \(column + 1)") }
  }

  /// The four cells as whole numbers. Throws for another shape, and for counts that are not whole.
  func wholeTwoByTwo() throws(Undefined) -> (a: Int, b: Int, c: Int, d: Int) {
    guard rows == 2, columns == 2 else { throw .outsideDomain("the table must have two rows and two columns") }
    guard total <= Counts.greatest else { throw .outsideDomain("counts must be at most 2^53") }
    return try (
      Counts.whole(cells[0]), Counts.whole(cells[1]), Counts.whole(cells[2]), Counts.whole(cells[3])
    )
  }
}
