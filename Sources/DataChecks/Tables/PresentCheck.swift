package import Planning
internal import Scan
package import Verdict

/// A column that the rules name is in the table.
package struct PresentCheck: TableCheck {
  package var column: String

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "present",
    summary: "A column that the rules name is in the table. Planned for every named column unless it is optional.",
    why: "A renamed column is the most common break between two teams; its checks must not pass for want of it.",
    example: "columns:\n  carrier: {}\n  note: {optional: true}",
    fix: "Restore the column, rename it in the rules, or say optional: true.")

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    if table.types[column] != nil {
      let finding = table.planned.finding(.passed, "the column \"\(column)\" is there")
      return { _ in finding }
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
      observedText: "absent", limit: .text("present"), notes: ["the table has the columns \(shown)\(rest)"])
    let folded = column.lowercased()
    let similar = table.columns.first { $0.lowercased() == folded }
    let hint = similar.map { "; it has \"\($0)\"" } ?? ""
    return table.planned.finding(.failed, "the table has no column \"\(column)\"\(hint)", evidence: evidence)
  }
}
