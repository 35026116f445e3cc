package import Language
package import Planning
internal import Scan
package import Verdict

/// `complete_rows: {at_least: 95%}`: how many rows have a value in every column of the table.
package struct CompleteRowsCheck: TableRule {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "complete_rows",
    summary: "The share or number of rows that have a value in every column of the table lies within the limits.",
    why: "Who drops incomplete rows before training drops one for every gap in any column.",
    example: "complete_rows: {at_least: 95%}",
    fix: "The finding names the columns that lack values; complete bounds the ones that matter by themselves.")

  package static var keys: [Key<CompleteRowsCheck>] { Shape<Limits>.keys(\.limits, of: .tolerance) }
  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static func validate(_ rule: CompleteRowsCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package var readsAllColumns: Bool { true }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    if let finding = table.unread(among: table.columns) { return { _ in finding } }
    let test = CompletenessTest(table.columns, .all)
    let slot = plan.require(Violations.Specification(test))
    let counts = table.columns.map { ($0, plan.require(PresenceCount.Specification($0))) }
    let claim = ShareClaim(table.rowClaim(of: []), limits)
    let places = SampleRows(files: table.files, isSensitive: false)
    return { measurements in
      let summary = measurements[slot].summary
      var evidence = claim.base.evidence(summary)
      guard summary.evaluated > 0 else { return claim.base.nothingEvaluated(summary, evidence) }
      evidence.samples = summary.first.map { row in
        let names = zip(test.shownColumns, row.values).filter { $1 == nil }.map(\.0).joined(separator: ", ")
        return places.sample(row.place, "no value in \(names.isEmpty ? "a further column" : names)")
      }
      let lacking = counts.map { (name: $0, missing: summary.rows - measurements[$1].present) }
      evidence.notes += Self.notes(lacking.filter { $0.missing > 0 })
      let complete = summary.evaluated - summary.violating
      return claim.judge(complete, of: summary.evaluated, "have a value in every column", evidence)
    }
  }

  private static let shown = 10

  /// The columns that lack values, those that lack most first.
  private static func notes(_ lacking: [(name: String, missing: Int)]) -> [String] {
    guard !lacking.isEmpty else { return [] }
    let most = lacking.sorted { $0.missing > $1.missing }.prefix(shown).map { "\($0.name) in \($0.missing)" }
    let rest = lacking.count > shown ? ", and \(lacking.count - shown) more columns" : ""
    return ["rows without a value: \(most.joined(separator: ", "))\(rest)"]
  }
}
