package import Language
package import Planning
internal import Scan
package import Verdict

/// `empty_rows: {at_most: 0 rows}`: how many rows have no value in any column.
package struct EmptyRowsCheck: TableRule {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "empty_rows",
    summary:
      "The share or number of rows without a value in any column of the table lies within the limits. Blank lines of a text file are no rows, unless it has only one column.",
    why: "Spreadsheets and failed joins leave rows of nothing, which count as observations everywhere.",
    example: "empty_rows: {at_most: 0 rows}",
    fix: "Drop the listed rows upstream.")

  package static var keys: [Key<EmptyRowsCheck>] { Shape<Limits>.keys(\.limits, of: .tolerance) }
  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static func validate(_ rule: EmptyRowsCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package var readsAllColumns: Bool { true }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(Violations.Specification(CompletenessTest(table.columns, .any)))
    // Where no column has a value, no value needs to be shown.
    let claim = ShareClaim(table.rowClaim(of: []), limits)
    return { measurements in
      let summary = measurements[slot].summary
      var evidence = claim.base.evidence(summary)
      guard summary.evaluated > 0 else { return claim.base.nothingEvaluated(summary, evidence) }
      evidence.samples = summary.first.map { row in
        SampleRows(files: table.files, isSensitive: false).sample(row.place, "no value in any column")
      }
      return claim.judge(summary.violating, of: summary.evaluated, "have no value in any column", evidence)
    }
  }
}
