/// A test of the rows of a scope; the others are not selected.
struct ScopedTest<Base: RowTest>: RowTest {
  var base: Base
  var scope: RowScope

  init(_ base: Base, in scope: RowScope) {
    self.base = base
    self.scope = scope
  }

  var readings: [ColumnReading] { base.readings + scope.readings }
  var shownColumns: [String] { base.shownColumns }

  func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    base.judge(batch, into: &verdicts)
    guard let truths = scope.condition?.truths(batch) else { return }
    for row in truths.indices where truths[row] != .yes { verdicts[row] = .unselected }
  }

  func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    let rows = statistics.rowCount
    switch scope.condition?.truths(by: statistics) ?? [.yes] {
    case [.yes]: return base.summary(from: statistics)
    case let truths where !truths.contains(.yes): return ViolationSummary(rows: rows, unselected: rows)
    default: return nil
    }
  }
}
