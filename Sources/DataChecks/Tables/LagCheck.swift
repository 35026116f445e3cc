package import Language
package import Planning
internal import Scan
package import Verdict

/// `lag: [{event: happened_at, load: loaded_at, at_most: 6h}]`: how long rows take to arrive.
package struct LagCheck: TableRule {
  package var event: Located<String>?
  package var load: Located<String>?
  package var limit: Located<Quantity>?

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "lag",
    summary:
      "Every row is loaded at most so long after its event, and not before it: two columns of dates or timestamps, a date being its midnight in UTC. With allow: 1% the limit is one for the 99% quantile of all lags. Rows that lack one of the two are left out; a value that is no time makes the check an error where no type check lists it.",
    why: "Events that arrive late are missing from every total that was made before, and from what models see.",
    example: "lag:\n  - {event: scheduled_at, load: loaded_at, at_most: 6h, allow: 1%}",
    fix: "Look at the listed rows; of loads before their event, at the time zones of both columns.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = .all

  package static var keys: [Key<LagCheck>] {
    let column = Shape<String>.string.located.optional
    return [
      .key("event", \.event, column, "The column that says when it happened.", required: true),
      .key("load", \.load, column, "The column that says when the row was loaded.", required: true),
      .key("at_most", \.limit, Shape<Quantity>.duration.located.optional, "The longest lag: 6h.", required: true),
    ]
  }

  package var columns: [String] { [event, load].compactMap { $0?.value } }
  package var name: String? { "lag " + columns.joined(separator: "+") }
  package var location: SourceLocation? { limit?.location }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    let before = problems.failures
    for column in [event, load].compactMap({ $0 }) {
      guard let type = rules.types[column.value], type != .date, type != .timestamp else { continue }
      problems.report("\"\(column.value)\" is declared as \(type.rawValue), which is no time", at: column.location)
    }
    if let event, let load, event.value == load.value {
      problems.report("a column is not compared with itself", at: load.location)
    }
    return problems.failures == before
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let readings = columns.map { ColumnReading(time: $0, declared: table.rules.types[$0], stored: table.types[$0]) }
    let quantity = limit?.value ?? Quantity(0, .seconds)
    let test = LagTest(from: readings[0], to: readings[1], atMost: quantity.microseconds)
    let claim = table.rowClaim(
      of: columns, limit: .text("at most \(quantity) after \(columns[0])"),
      violation: "are loaded more than \(quantity) after their event, or before it")
    let slot = plan.require(Violations.Specification(test))
    let unread = UnreadRows(table.planned, "lag", readings, advice: table.adviceOnUnread)
    return { measurements in
      let found = measurements[slot].summary
      return unread.finding(found, claim.evidence(found)) ?? claim.judge(found)
    }
  }
}
