package import Language
package import Planning
package import Verdict

/// `foreign_keys: [{columns: [a, b], dataset: d, to: [x, y]}]`: the values of some columns, together, are in another
/// dataset.
package struct ForeignKeysCheck: TableRule {
  package var columns: [String] = []
  package var dataset = Located<String>.unwritten
  /// The columns of the other dataset in the same order; empty when they have the same names.
  package var to: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "foreign_keys",
    summary:
      "The values of some columns, together, are those of a row of another dataset of the config, or of the same: references for keys of several columns. Exact at any size. Compared as references does; rows that lack one of the values are left out.",
    why: "Two columns that are valid each by itself may be a pair that does not exist.",
    example:
      "foreign_keys:\n  - {columns: [origin, time_hour], dataset: weather}\n  - {columns: [carrier, tail], dataset: planes, to: [airline, tailnum], allow: 1%}",
    fix: "Look at the listed keys: a look-up table that is older than the data is the usual cause.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = .all
  /// A row may name another one of its table.
  package static let mayLookAtItself = true

  package static var keys: [Key<ForeignKeysCheck>] {
    [
      .key("columns", \.columns, .columns(), "The columns that make the key.", required: true),
      PeerReference.key(\.dataset),
      .key("to", \.to, .columns(), "The columns of that dataset, when they have other names."),
    ]
  }

  package static func validate(_ rule: ForeignKeysCheck, _ node: Node, _ problems: inout Problems) {
    if !rule.to.isEmpty, rule.to.count != rule.columns.count {
      problems.report(
        "\"to\" has \(rule.to.count) columns and \"columns\" \(rule.columns.count)", at: node[key: "to"]?.value.location
      )
    }
  }

  package var name: String? { "foreign_key " + columns.joined(separator: "+") }
  package var peers: [PeerReference] { [PeerReference(dataset, columns: targets)] }
  private var targets: [String] { to.isEmpty ? columns : to }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let peer = table.peers[dataset]
    let lookup = "\(peer.name) (\(targets.joined(separator: ", ")))"
    var rows = table.rowClaim(
      of: columns, limit: .text("in \(lookup)"), violation: "have a key that is not in \(lookup)")
    rows.column.isSensitive = rows.column.isSensitive || peer.hides(targets)
    let types = columns.map { table.rules.types[$0] }
    return ForeignKeyClaim(
      columns: columns, peer: peer, targets: targets, types: types, stored: columns.map { table.types[$0] },
      rows: rows
    ).prepare(&plan)
  }
}
