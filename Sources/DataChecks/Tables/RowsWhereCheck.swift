package import Expressions
package import Language
package import Planning
internal import Scan
package import Verdict

/// `rows_where`: an expression over the columns that every row satisfies.
package struct RowsWhereCheck: TableCheck {
  package var expect: Expression
  package var when: Expression?
  package var allow: Quantity?

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "rows_where",
    summary:
      "An expression over the columns is true in every row that the condition selects: comparison, arithmetic, and, or, not, in, between, is null. Where the expression is unknown the row is not evaluated; where the condition is unknown it is not selected.",
    why:
      "Most real constraints lie between columns: an arrival after its departure, a total that is the sum of its parts.",
    example:
      "rows_where:\n  - {id: late-arrivals-departed, expect: dep_time is not null, when: arr_delay > 0, allow: 10 rows}",
    fix: "Look at the listed rows with the values of the columns that take part.")

  /// The columns that take part, each once, in the order of their appearance.
  var columns: [String] {
    var columns = expect.columns
    for column in when?.columns ?? [] where !columns.contains(column) { columns.append(column) }
    return columns
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let test = ExpressionTest(expect.compiled, when: when?.compiled)
    let slot = plan.require(Violations.Specification(test))
    let limit = expect.text + (when.map { " when \($0.text)" } ?? "")
    let claim = table.rowClaim(
      of: test.shownColumns, allow: allow, limit: .text(limit), violation: "do not satisfy \(expect.text)")
    return { claim.judge($0[slot].summary) }
  }
}

/// A `rows_where` as it is written, before the types of the columns are known.
package struct RowsWhereDeclaration: Sendable {
  package var id: Located<String>?
  package var expect: Located<String>?
  package var when: Located<String>?
  package var allow: Quantity?
  package var severity: Severity?

  static var shape: Language.Shape<RowsWhereDeclaration> {
    let text = Shape<String>.string.located
    let short = text.map { RowsWhereDeclaration(expect: $0) }
    let long = Shape<RowsWhereDeclaration>.object(
      RowsWhereDeclaration(),
      [
        .optional("id", \.id, text, "A name of its own for the check."),
        .key("expect", \.expect, text.optional, "What must be true in every selected row.", required: true),
        .optional("when", \.when, text, "Which rows are selected; all when it is left out."),
        .optional("allow", \.allow, .tolerance, "How many rows may violate: 1% or 10 rows."),
        .optional("severity", \.severity, .choice, "block or warn."),
      ])
    return long.when({ $0.isMapping }, otherwise: short)
  }

  /// The check with its expressions compiled; reports what is wrong with them, with carets, and returns nil.
  func compiled(types: [String: ValueType], _ problems: inout Problems) -> RowsWhereCheck? {
    guard let expect else { return nil }
    let expectation = Self.compile(expect, types, &problems)
    let condition = when.map { Self.compile($0, types, &problems) }
    guard let expectation else { return nil }
    switch condition {
    case nil: return RowsWhereCheck(expect: expectation, allow: allow)
    case .some(nil): return nil
    case .some(let condition?): return RowsWhereCheck(expect: expectation, when: condition, allow: allow)
    }
  }

  private static func compile(
    _ text: Located<String>, _ types: [String: ValueType], _ problems: inout Problems
  ) -> Expression? {
    do {
      return try Expression(text.value, types: types)
    } catch {
      problems.report(
        error.message, at: text.location.part(error.range, of: text.value), help: error.hint.map { [$0] } ?? [])
      return nil
    }
  }
}

extension SourceLocation {
  /// The place of a part of a scalar that stands here. The scalar's text may differ from the line (quotes, escapes,
  /// interpolation): then the place is the whole scalar.
  fileprivate func part(_ range: Range<Int>, of text: String) -> SourceLocation {
    let line = Array(lineText.unicodeScalars)
    let scalars = Array(text.unicodeScalars)
    let start = [column - 1, column].first { start in
      start >= 0 && start + scalars.count <= line.count && Array(line[start..<start + scalars.count]) == scalars
    }
    guard let start else { return self }
    var part = self
    part.column = start + range.lowerBound + 1
    part.length = max(1, range.count)
    return part
  }
}
