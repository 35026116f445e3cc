internal import Expressions
package import Language
package import Planning
internal import Scan
package import Verdict

/// `rows_where`: an expression over the columns that every row satisfies.
package struct RowsWhereCheck: TableRule {
  /// What must be true in every selected row, as it is written.
  package var expect: Located<String>?
  /// Which rows are selected; all when it is left out.
  package var when: Located<String>?
  private var expectation: Expression?
  private var condition: Expression?

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "rows_where",
    summary:
      "An expression over the columns is true in every row that the condition selects; `cupel explain expressions` tells what can be written. Where the expression is unknown the row is not evaluated; where the condition is unknown it is not selected. Of a row with a value that the expression cannot read as a number or a time nothing can be told: the type check lists it when the rules declare the column's type; without one, this check is an error.",
    why:
      "Most real constraints lie between columns: an arrival after its departure, a total that is the sum of its parts.",
    example:
      "rows_where:\n  - {id: late-arrivals-departed, expect: dep_time is not null, when: arr_delay > 0, allow: 10 rows}",
    fix: "Look at the listed rows with the values of the columns that take part.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = [.tolerance, .groups]
  package static let refused = ["where": "\"rows_where\" has when: for the rows that it speaks of"]

  package static var keys: [Key<RowsWhereCheck>] {
    let text = Shape<String>.string.located
    return [
      .key("expect", \.expect, text.optional, "What must be true in every selected row.", required: true),
      .optional("when", \.when, text, "Which rows are selected; all when it is left out."),
    ]
  }

  package static var short: Shape<RowsWhereCheck>? {
    Shape<String>.string.located.map { text in
      var rule = RowsWhereCheck()
      rule.expect = text
      return rule
    }
  }

  package var location: SourceLocation? { expect?.location }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    expectation = expect?.expression(over: rules, &problems)
    condition = when?.expression(over: rules, &problems)
    return expectation != nil && (when == nil) == (condition == nil)
  }

  /// The columns that take part, each once, in the order of their appearance.
  package var columns: [String] {
    var columns = expectation?.columns ?? []
    for column in condition?.columns ?? [] where !columns.contains(column) { columns.append(column) }
    return columns
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    guard let expectation else { preconditionFailure("a rule is resolved before it is prepared") }
    let test = ExpressionTest(expectation.compiled, when: condition?.compiled)
    let limit = expectation.text + (condition.map { " when \($0.text)" } ?? "")
    let claim = table.rowClaim(
      of: test.shownColumns, limit: .text(limit),
      violation: "do not satisfy \(expectation.text)")
    let slot = plan.require(Violations.Specification(test))
    let unread = UnreadRows(table.planned, expectation.text, test.readings, advice: table.adviceOnUnread)
    return { measurements in
      let found = measurements[slot].summary
      return unread.finding(found, claim.evidence(found)) ?? claim.judge(found)
    }
  }
}
