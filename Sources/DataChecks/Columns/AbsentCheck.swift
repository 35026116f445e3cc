package import Language
package import Planning
internal import Scan
package import Verdict

/// `absent: true`: the table has no such column.
package struct AbsentCheck: ColumnCheck {
  package var isClaim: Bool

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "absent",
    summary:
      "The table has no such column. Planned also for a column whose environments do not name the one that is checked.",
    why: "A label in the serving data, or a name that was deleted for privacy, must not come back unseen.",
    example: "columns:\n  ssn: {absent: true}\n  label: {type: integer, environments: [training]}",
    fix: "Drop the column upstream.")

  package static let concernsPresence = true
  package static let settings: CheckSettings.Kinds = []
  package static var shape: Shape<AbsentCheck> { Shape<Bool>.bool.map { AbsentCheck(isClaim: $0) } }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let late = plan.require(LateColumns.Specification())
    return { measurements in
      column.judgePresence(measurements[late]) { isPresent in
        let evidence = Evidence(observedText: isPresent ? "present" : "absent", limit: .text("absent"))
        return isPresent
          ? column.planned.finding(.failed, "the table has the column \"\(column.name)\"", evidence: evidence)
          : column.planned.finding(.passed, "the table has no column \"\(column.name)\"", evidence: evidence)
      }
    }
  }
}
