/// The values of some columns make none of certain groups.
package struct GroupTest: RowTest {
  package var columns: [String]
  /// The forbidden ones.
  package var groups: Set<RowGroup>

  package init(_ columns: [String], isNoneOf groups: Set<RowGroup>) {
    self.columns = columns
    self.groups = groups
  }

  package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let found = BatchGroups(columns, batch, among: (0..<batch.rowCount).map { Int32(truncatingIfNeeded: $0) })
    for (group, rows) in zip(found.groups, found.rows) {
      let verdict = groups.contains(group) ? RowVerdict.violated : .holds
      for row in rows { verdicts[Int(row)] = verdict }
    }
  }
}
