internal import Language
internal import Scan
internal import Verdict

extension DatasetSubject {
  /// Violates each of some checks on purpose, on the first rows of the data, and tells whether it fails.
  ///
  /// A claim that so few rows leave undecided, or cannot break, is tried on more of them. Memory is bounded by the number
  /// of values.
  func selfTest(_ selected: [TestedCheck], in context: RunContext) async -> [Finding] {
    var (waiting, found) = ([TestedCheck](), [CheckID: Finding]())
    for check in selected {
      if check.claim.violation.check != nil {
        waiting.append(check)
      } else {
        found[check.planned.id] = check.planned.selfTest.finding(
          .skipped, "nobody knows yet how to violate \"\(check.planned.kind)\" on purpose")
      }
    }
    let sizes = source.canBeReadAgain ? Self.sizes : Array(Self.sizes.suffix(1))
    var source = source
    source.options.expectedColumns = selected.flatMap(\.claim.columns)
    source.options.temporaryFolder = resources(context).temporaryFolder
    for size in sizes where !waiting.isEmpty {
      context.progress("violating \(source.name) on purpose")
      do {
        let (table, isWhole) = try MemoryTable.beginning(of: source, rows: size, cells: Self.cells)
        var part = SelfTestPart(
          subject: self, context: context, table: table, isWhole: isWhole, isLast: isWhole || size == sizes.last)
        try await part.makeUpHistory(of: waiting.map(\.claim))
        let controls = try await part.controls(of: waiting)
        for (check, control) in zip(waiting, controls) {
          if Task.isCancelled { return Array(found.values) }
          if let finding = try await part.finding(of: check, control) { found[check.planned.id] = finding }
        }
        waiting = waiting.filter { found[$0.planned.id] == nil }
      } catch {
        guard error.kind != .cancelled else { break }
        for check in waiting {
          found[check.planned.id] = check.planned.selfTest.finding(
            .errored, error.message, reason: error.kind == .limit ? .limit : .io,
            evidence: Evidence(notes: error.hint.map { [$0] } ?? []))
        }
        waiting = []
      }
    }
    return selected.compactMap { found[$0.planned.id] }
  }

  /// How many rows are tried, as long as fewer of them do not do.
  private static var sizes: [Int] { [1000, 10_000, 100_000] }
  private static var cells: Int { 1_500_000 }
}
