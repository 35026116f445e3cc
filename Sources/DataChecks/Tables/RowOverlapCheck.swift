package import Language
package import Planning
internal import Scan
package import Verdict

/// `row_overlap: {with: [valid, test]}`: no row stands in another split, too.
package struct RowOverlapCheck: TableRule {
  package var splits: [Located<String>] = []
  package var columns: [String] = []
  package var ignored: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "row_overlap",
    summary:
      "No row of this split is a row of another split of the config, too; all that with names are looked at. Rows are equal when they are so in every column that all of the splits have, in those that columns names, or in all but those that ignore names. Exact at any size; a missing value equals a missing value, and a row without any value is left out. Values are compared as in references: across formats by what they are; where all splits are CSV files, texts that are numbers as numbers: 5 is 5.0. The share that allow speaks of is one of this split's rows.",
    why: "A model that is judged on rows it was trained on looks better than it is, and nobody sees why.",
    example: "row_overlap: {with: [valid, test], ignore: [id], allow: 0.1%}",
    fix: "Look at the listed rows of both splits; drop repetitions before the data is split, not after.")

  package static let settings: CheckSettings.Kinds = [.tolerance, .condition]
  package static let refused = ["group_by": "\"row_overlap\" compares with all rows of the other splits: see columns"]

  package static var keys: [Key<RowOverlapCheck>] {
    [
      PeerReference.with(\.splits),
      .key("columns", \.columns, .columns(), "The columns that are compared; all that the splits share when left out."),
      .key("ignore", \.ignored, .columns(), "Columns that are not compared, such as a row number."),
    ]
  }

  package static func validate(_ rule: RowOverlapCheck, _ node: Node, _ problems: inout Problems) {
    guard !rule.columns.isEmpty, !rule.ignored.isEmpty else { return }
    problems.report("columns says what is compared, and so there is nothing to ignore", at: node.location)
  }

  package var peers: [PeerReference] { splits.map { PeerReference($0, columns: columns) } }

  package var readsAllColumns: Bool { columns.isEmpty }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let others = splits.map { table.peers[$0] }
    let types = others.map { ColumnTypes($0.fields) }
    let compared =
      columns.isEmpty
      ? table.columns.filter { name in !ignored.contains(name) && types.allSatisfy { $0[name] != nil } } : columns
    guard !compared.isEmpty else {
      let finding = table.planned.finding(
        .errored, "the splits have no column to compare in common", reason: .nothingToEvaluate)
      return { _ in finding }
    }
    if let finding = unread(compared, table.types, types, table.planned) { return { _ in finding } }
    let claim = SplitOverlapClaim(table, compared, with: splits, ofWholeRows: true, "stand also in")
    let evaluate = claim.prepare(&plan)
    let left = columns.isEmpty ? uncompared(table.columns, others, compared) : []
    return { measurements in
      var finding = evaluate(measurements)
      if !left.isEmpty {
        finding.evidence.notes.append(
          "columns that not all of the splits have, not compared: \(TableContext.words(left))")
      }
      return finding
    }
  }

  private func uncompared(_ here: [String], _ others: [PeerTable], _ compared: [String]) -> [String] {
    let known = Set((compared + ignored).map { ExactText($0) })
    var seen: Set<ExactText> = []
    return (here + others.flatMap { $0.fields.columns.map(\.name) }).filter {
      !known.contains(ExactText($0)) && seen.insert(ExactText($0)).inserted
    }
  }

  private func unread(
    _ compared: [String], _ here: ColumnTypes, _ others: [ColumnTypes], _ planned: PlannedCheck
  ) -> Finding? {
    for name in compared {
      for types in [here] + others {
        guard case .unsupported? = types[name], let words = types[name]?.words else { continue }
        return planned.finding(
          .errored, "the column \"\(name)\" is \(words), which is not read: rows cannot be compared by it",
          reason: .undefined, evidence: Evidence(notes: ["leave it out: ignore: [\(name)]"]))
      }
    }
    return nil
  }
}
