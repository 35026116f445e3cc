package import Planning
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
    let finding = judge(table)
    return { _ in finding }
  }

  private func judge(_ table: TableContext) -> Finding {
    if table.columns.contains(column) {
      return table.planned.finding(.passed, "the column \"\(column)\" is there")
    }
    let shown = table.columns.prefix(20).joined(separator: ", ")
    let rest = table.columns.count > 20 ? ", … (\(table.columns.count) columns)" : ""
    let evidence = Evidence(
      observedText: "absent", limit: .text("present"), notes: ["the table has the columns \(shown)\(rest)"])
    let folded = column.lowercased()
    let similar = table.columns.first { $0.lowercased() == folded }
    let hint = similar.map { "; it has \"\($0)\"" } ?? ""
    return table.planned.finding(.failed, "the table has no column \"\(column)\"\(hint)", evidence: evidence)
  }
}
