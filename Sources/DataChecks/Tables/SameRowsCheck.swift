package import Language
package import Planning
internal import Scan
package import Verdict

/// `same_rows_as: {dataset: other, key: [id], columns: all}`: the rows are those of another dataset.
package struct SameRowsCheck: TableRule {
  package var dataset = Located<String>.unwritten
  package var key: [String] = []
  /// The columns whose values are compared; nil for all that both have.
  package var compared: [String]?
  /// How far numbers may lie apart.
  package var tolerance: Distance?

  private enum AllColumns: String, CaseIterable { case all }

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "same_rows_as",
    summary:
      "The rows are those of another dataset of the config, matched by a key: none is only here, none is only there, none has other values, and no key comes twice. columns is all (those that both have, the default) or a list. Keys and values are compared as text, and as what they mean where the rules declare a type or a file stores one; tolerance is a distance of those that are numbers. Exact at any size; rows without a key are left out. where picks the rows of both.",
    why: "Features that are computed twice, for training and for serving, drift apart one column at a time.",
    example:
      "same_rows_as: {dataset: served, key: [id], columns: [income, score], tolerance: 1e-9 absolute, allow: 0.1%}\ncolumns:\n  income: {type: number}\n  score: {type: number}",
    fix: "Look at the columns with the most mismatches first, then at the listed rows of both sides.")

  package static let settings: CheckSettings.Kinds = [.tolerance, .condition]
  package var needsAllRows: String? { "which rows are only in the other dataset" }
  package static let peerSettings: CheckSettings.Kinds = .condition
  package static let refused = [
    "group_by": "\"same_rows_as\" compares row by row, and a row is the same in any group: where picks some of them"
  ]

  package static var keys: [Key<SameRowsCheck>] {
    let names = Shape<String>.string
    let all = Shape<AllColumns>.choice.map { _ in [String]?.none }
    let list = names.list.map { names, node, problems -> [String]?? in
      if !names.isEmpty { return names }
      problems.report(
        "no column is compared", at: node.location,
        help: ["foreign_keys says that the keys are those of another dataset"])
      return nil
    }
    let columns = all.when({ !$0.isSequence }, otherwise: list)
    return [
      PeerReference.key(\.dataset),
      .key("key", \.key, .oneOrMoreColumns, "The columns that name a row.", required: true),
      .key("columns", \.compared, columns, "The columns whose values are compared: all, or a list."),
      .optional("tolerance", \.tolerance, .distance, "How far numbers may lie apart: 1e-9 absolute, 0.1% relative."),
    ]
  }

  package static func validate(_ rule: SameRowsCheck, _ node: Node, _ problems: inout Problems) {
    guard let compared = rule.compared, compared.allSatisfy(rule.key.contains) else { return }
    problems.report(
      "rows are matched by these columns, and so no other is compared", at: node[key: "columns"]?.value.location)
  }

  package var columns: [String] { key + (compared ?? []).filter { !key.contains($0) } }
  package var peers: [PeerReference] { [PeerReference(dataset, columns: columns)] }

  package var readsAllColumns: Bool { compared == nil }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let peer = table.peers[dataset]
    let theirs = ColumnTypes(peer.fields)
    let names = (compared ?? table.columns).filter { !self.key.contains($0) && theirs[$0] != nil }
    let comparisons = names.map { ValueComparison(of: $0, in: table, and: peer, within: tolerance) }
    let texts = tolerance == nil ? [] : zip(names, comparisons).filter { $1 == .text }.map(\.0)
    let (key, other) = (key, peer.name)
    let rows = KeyedRows.Specification(key: key, as: table.keyTypes(key, and: [peer]), values: names)
    let slot = plan.require(rows, of: other, .selected) { there in
      MatchedRows.Specification(key: key, columns: names, comparisons, with: there, of: other)
    }
    let claim = SameRowsClaim(
      table: table, peer: peer, key: key, columns: names,
      uncompared: compared == nil ? uncompared(table, peer) : [],
      untyped: texts.filter { table.rules.types[$0] == nil && peer.dataset.rules.types[$0] == nil })
    return { measurements in
      do throws(ScanError) {
        return claim.judge(try measurements[slot].get())
      } catch {
        return table.planned.unanswered(by: other, error)
      }
    }
  }

  /// The columns that only one of the tables has.
  private func uncompared(_ table: TableContext, _ peer: PeerTable) -> [String] {
    let there = ColumnTypes(peer.fields)
    return (table.columns.filter { there[$0] == nil })
      + peer.fields.columns.map(\.name).filter { table.types[$0] == nil }
  }
}
