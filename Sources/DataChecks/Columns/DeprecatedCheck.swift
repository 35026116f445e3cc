package import Language
package import Planning
internal import Scan
package import Verdict

/// `deprecated: use fare_total`: a column that is on its way out.
package struct DeprecatedCheck: ColumnCheck {
  package var isClaim = true
  /// What to use instead, or why it goes.
  package var reason: String?
  /// The last day on which it may be there, as it is written.
  package var until: Located<String>?

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "deprecated",
    summary:
      "A warning while the table still has the column, which may be absent already: true, or a text that says why or what takes its place. With severity: block it is a failure; so it is, whatever the severity, once the last day that until names is over (UTC): {until: 2027-01-31, reason: use fare_total}. cupel run --now fixes the clock.",
    why: "Who learns of a column's end from its absence learns it too late.",
    example: "columns:\n  fare: {type: number, deprecated: {until: 2099-12-31, reason: use fare_total}}",
    fix: "Move what reads the column to its successor, then say absent: true.")

  package static let concernsPresence = true
  package static let settings: CheckSettings.Kinds = []
  package var severity: Severity? { .warn }

  package static var shape: Shape<DeprecatedCheck> {
    let short = Shape<String>.string.map { text -> DeprecatedCheck in
      let isFlag = ["true", "false"].contains(text.lowercased())
      return DeprecatedCheck(isClaim: text.lowercased() != "false", reason: isFlag ? nil : text)
    }
    let day = Shape<String>.string.located.map { text, node, problems -> Located<String>? in
      if Literal.integer(text.value, as: .date) != nil { return text }
      problems.report("\"\(text.value)\" is no date such as 2027-01-31", at: node.location)
      return nil
    }
    let long = Shape<DeprecatedCheck>.object(
      DeprecatedCheck(),
      [
        .key("until", \.until, day.optional, "The last day on which it may be there (UTC).", required: true),
        .optional("reason", \.reason, .string, "Why it goes, or what takes its place."),
      ])
    return short.when({ !$0.isMapping }, otherwise: long)
  }

  /// Whether the last day is over at a moment in microseconds since 1970.
  private func isOver(at now: Int64) -> Bool {
    guard let until, let day = Literal.integer(until.value, as: .date) else { return false }
    return Instant.value(notAfter: now, as: .date) > day
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let late = plan.require(LateColumns.Specification())
    let isOver = isOver(at: column.now)
    let limit = until.map { isOver ? ", and its last day was \($0.value)" : ", as it may be until \($0.value)" }
    let words = (limit ?? "") + (reason.map { ": \($0)" } ?? "")
    var column = column
    if isOver { column.planned.severity = .block }
    let location = isOver ? until?.location : nil
    return { [column] measurements in
      column.judgePresence(measurements[late]) { isPresent in
        isPresent
          ? column.planned.finding(
            .failed, "the deprecated column \"\(column.name)\" is still there\(words)", location: location)
          : column.planned.finding(.passed, "the deprecated column \"\(column.name)\" is gone")
      }
    }
  }
}
