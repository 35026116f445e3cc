package import Language
package import Planning
package import Verdict

/// `new_labels: {label: y, with: train}`: every label of this split is one of another.
package struct NewLabelsCheck: TableRule {
  package var label = ""
  package var dataset = Located<String>.unwritten

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "new_labels",
    summary:
      "Every label of this split is one that another split of the config has, too: the one that a model is trained on. Exact; rows without a label are left out, and values are compared as in references. groups says the same of the labels that have vanished.",
    why: "A class that is not in the training data is one that the model never answers.",
    example: "new_labels: {label: carrier, with: train, allow: 0.1%}",
    fix: "Look at the listed labels: a new spelling is no new class; a new class needs rows to learn it from.")

  package static let settings: CheckSettings.Kinds = .all

  package static var keys: [Key<NewLabelsCheck>] {
    [
      .key("label", \.label, .string, "The column that holds the label.", required: true),
      .key(
        "with", \.dataset, Shape<String>.string.located, "The split that has all labels, as data: names it.",
        required: true),
    ]
  }

  package var columns: [String] { [label] }
  package var peers: [PeerReference] { [PeerReference(dataset, columns: [label])] }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let peer = table.peers[dataset]
    var rows = table.rowClaim(
      of: [label], limit: .text("the labels of \(peer.name)"), violation: "have a label that is not in \(peer.name)")
    rows.column.isSensitive = rows.column.isSensitive || peer.hides([label])
    let types = [table.rules.types[label]]
    return ForeignKeyClaim(
      columns: [label], peer: peer, targets: [label], types: types, stored: [table.types[label]], rows: rows
    ).prepare(&plan)
  }
}
