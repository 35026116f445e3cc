internal import Language
package import Planning
internal import Scan
package import Verdict

/// A column that the rules name is in the table.
package struct PresentCheck: TableCheck {
  package var column: String
  /// The kind of the check that compares it with that of another table, when no rule names it.
  package var comparedBy: String?

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "present",
    summary:
      "A column that the rules name is in the table. Planned for every named column unless it is optional, and for every column of the baseline, or of the other dataset, that a check compares with columns: all.",
    why: "A renamed column is the most common break between two teams; its checks must not pass for want of it.",
    example: "columns:\n  carrier: {}\n  note: {optional: true}",
    fix: "Restore the column, rename it in the rules, or say optional: true.")

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    if table.types[column] != nil {
      let finding = table.planned.finding(.passed, "the column \"\(column)\" is there")
      return { _ in finding }
    }
    if let fields = table.types.fields(of: column) {
      let words = "the column \"\(column)\" is there: a struct, whose fields are the columns \(fields)"
      return { _ in table.planned.finding(.passed, words) }
    }
    let late = plan.require(LateColumns.Specification())
    return { absent(table, $0[late]) }
  }

  /// No column, or one that comes so late that nothing can be said of it.
  private func absent(_ table: TableContext, _ late: LateColumns) -> Finding {
    if let words = late.words(for: column, in: table.files) {
      let hint = "save the stream to a file: there, columns that the rules name are looked for to its end"
      return table.planned.finding(.errored, words, reason: .limit, evidence: Evidence(notes: [hint]))
    }
    // Where the header is none, a name may have megabytes.
    let shown = table.columns.prefix(20).map { $0.utf8.count > 120 ? "\($0.prefix(60))…" : $0 }.joined(separator: ", ")
    let rest = table.columns.count > 20 ? ", … (\(table.columns.count) columns)" : ""
    let evidence = Evidence(
      observedText: "absent", limit: .text("present"), notes: ["the table has the columns \(shown)\(rest)"] + reasons)
    let hint = table.types.hint(at: column).map { "; \($0)" } ?? Self.hint(at: column, among: table.columns)
    return table.planned.finding(.failed, "the table has no column \"\(column)\"\(hint)", evidence: evidence)
  }

  /// Why a column is needed that no rule names.
  private var reasons: [String] {
    comparedBy.map { ["\($0) compares it with that of another table; except: [\(column)] leaves it out"] } ?? []
  }

  /// What the column may have been meant to be.
  private static func hint(at column: String, among columns: [String]) -> String {
    func bare(_ name: String) -> String {
      String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    let folded = column.lowercased()
    if let other = columns.first(where: { $0.lowercased() == folded }) { return "; it has \"\(other)\"" }
    if let other = columns.first(where: { bare($0) == bare(column) }) {
      return "; it has \"\(other)\": one of the names has white space around it"
    }
    // Every letter is near every other.
    let near = column.count > 2 ? nearest(column, among: columns.prefix(namesToCompare)) : nil
    return near.map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// Rules may name as many columns as a table has, and the names are compared pair by pair.
  private static let namesToCompare = 1000
}

extension PlannedCheck {
  /// The finding of a check on a column that is not there: that it is there is a claim of its own.
  func skipped(becauseAbsent column: String) -> Finding {
    skipped(because: CheckID(suite: id.suite, subject: id.subject, column: column, check: PresentCheck.kind))
  }
}
