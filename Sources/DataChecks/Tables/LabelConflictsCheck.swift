package import Language
package import Planning
internal import Scan
package import Verdict

/// `label_conflicts: {label: y}`: rows with the same features have the same label.
package struct LabelConflictsCheck: TableRule {
  package var label = ""
  var features = FeatureColumns()

  /// As many values of a row are shown, besides its label.
  private static let shownColumns = 7

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "label_conflicts",
    summary:
      "Rows with the same features have the same label. The features are all other columns, those of a list, or all but those that ignore names. Every row counts whose features come with another label, too: which of them is wrong nobody knows. Exact at any size; a missing feature equals a missing feature, rows without a label or without any feature are left out. No two rows share an identifier, so leave it out.",
    why: "No model can learn both, and at most one of them is true: what is measured on such rows has a ceiling.",
    example: "label_conflicts: {label: delayed, ignore: [id], allow: 0.5%}",
    fix: "Look at the listed pairs of rows: a feature is missing that tells them apart, or somebody mislabelled one.")

  package static let settings: CheckSettings.Kinds = [.tolerance, .condition]
  package static let refused = ["group_by": "a column of group_by is another feature: name it in features"]
  package var needsAllRows: String? { "which rows have the same features" }

  package static var keys: [Key<LabelConflictsCheck>] {
    [.key("label", \.label, .string, "The column that holds the label.", required: true)]
      + FeatureColumns.keys(\.features)
  }

  package static func validate(_ rule: LabelConflictsCheck, _ node: Node, _ problems: inout Problems) {
    rule.features.validate(beside: rule.label, node, &problems)
  }

  package var columns: [String] { [label] + (features.named ?? []) }

  package var readsAllColumns: Bool { features.named == nil }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let names = features.names(in: table, beside: label)
    guard !names.isEmpty else { return { _ in table.planned.unanswered(withoutFeatureBeside: label) } }
    let types = table.keyTypes(names + [label])
    let slot = plan.require(ConflictingValues.Specification(of: label, for: names, as: types))
    var claim = table.rowClaim(
      of: names + [label], limit: .text("one \(label) for the same features"),
      violation: "have the features of a row with another \(label)")
    let shown = Array(names.prefix(Self.shownColumns))
    claim.names = shown + [label]
    claim.earlier = "another one in"
    let unread = features.unread(in: table)
    return { [claim] measurements in
      let found = measurements[slot]
      let summary = found.summary.showing { $0.prefix(shown.count) + $0.suffix(1) }
      var finding = claim.judge(summary)
      if summary.evaluated > 0 {
        finding.evidence.notes.append(
          "rows with the features of an earlier one: \(Quantity.grouped(found.repeatedRows)), "
            + "features with several labels: \(Quantity.grouped(found.conflictingKeys))")
      }
      if !unread.isEmpty {
        finding.evidence.notes.append("columns that are not read, left out: \(TableContext.words(unread))")
      }
      return finding
    }
  }
}
