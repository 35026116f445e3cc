/// For every group of a scope a test of its own. Rows of other groups, and those that the scope leaves out, are not
/// selected.
package struct GroupedTest: RowTest {
  private let scope: RowScope
  private let tests: [RowGroup: any RowTest]

  package init(_ tests: [RowGroup: any RowTest], in scope: RowScope) {
    self.tests = tests
    self.scope = scope
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.scope == b.scope && a.tests.mapValues { AnyHashable($0) } == b.tests.mapValues { AnyHashable($0) }
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(scope) }

  package var readings: [ColumnReading] { scope.readings + tests.values.flatMap(\.readings) }
  package var shownColumns: [String] { tests.values.first?.shownColumns ?? [] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    for row in verdicts.indices { verdicts[row] = .unselected }
    let groups = BatchGroups(scope, batch, among: scope.selected(batch))
    for (group, rows) in zip(groups.groups, groups.rows) {
      guard let test = tests[group] else { continue }
      var judged = [RowVerdict](repeating: .null, count: rows.count)
      test.judge(batch.selecting(rows), into: &judged)
      for (row, verdict) in zip(rows, judged) { verdicts[Int(row)] = verdict }
    }
  }
}
