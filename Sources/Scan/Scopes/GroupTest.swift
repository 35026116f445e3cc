/// The rows of a scope are in none of certain groups.
package struct GroupTest: RowTest {
  package var scope: RowScope
  /// The forbidden ones.
  package var groups: Set<RowGroup>

  package init(_ scope: RowScope, isNoneOf groups: Set<RowGroup>) {
    self.scope = scope
    self.groups = groups
  }

  package var readings: [ColumnReading] { scope.readings }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    for row in verdicts.indices { verdicts[row] = .unselected }
    let found = BatchGroups(scope, batch, among: scope.selected(batch))
    for (group, rows) in zip(found.groups, found.rows) {
      let verdict = groups.contains(group) ? RowVerdict.violated : .holds
      for row in rows { verdicts[Int(row)] = verdict }
    }
  }
}
