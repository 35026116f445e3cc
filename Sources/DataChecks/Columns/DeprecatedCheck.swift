package import Language
package import Planning
internal import Scan
package import Verdict

/// `deprecated: use fare_total`: a column that is on its way out.
package struct DeprecatedCheck: ColumnCheck {
  package var isClaim: Bool
  /// What to use instead, or why it goes.
  package var reason: String?

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "deprecated",
    summary:
      "A warning while the table still has the column, which may be absent already: true, or a text that says why or what takes its place. With severity: block it is a failure.",
    why: "Who learns of a column's end from its absence learns it too late.",
    example: "columns:\n  fare: {type: number, deprecated: use fare_total}",
    fix: "Move what reads the column to its successor, then say absent: true.")

  package static let concernsPresence = true
  package static let settings: CheckSettings.Kinds = []
  package var severity: Severity? { .warn }

  package static var shape: Shape<DeprecatedCheck> {
    Shape<String>.string.map { text in
      let isFlag = text == "true" || text == "false"
      return DeprecatedCheck(isClaim: text != "false", reason: isFlag ? nil : text)
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let late = plan.require(LateColumns.Specification())
    let words = reason.map { ": \($0)" } ?? ""
    return { measurements in
      column.judgePresence(measurements[late]) { isPresent in
        isPresent
          ? column.planned.finding(.failed, "the deprecated column \"\(column.name)\" is still there\(words)")
          : column.planned.finding(.passed, "the deprecated column \"\(column.name)\" is gone")
      }
    }
  }
}
