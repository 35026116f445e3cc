package import Language
package import Planning
package import Verdict

/// `references: airports.code`: every value is one of a column of another dataset.
package struct ReferencesCheck: ColumnCheck {
  package var target = ColumnReference()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "references",
    summary:
      "Every present value is a value of a column of another dataset of the config, or of the same. Exact at any size. Values are compared by the type that the rules of either dataset declare: 1, 1.0 and 01 are one number. Without one a point in time, a truth value or a number that one of the files stores tells how to read the text of the other; among CSV files alone the text is the value: 1 is another than 1.0 and 01.",
    why: "A key without its row drops out of an inner join and becomes nulls in an outer one, without a word.",
    example:
      "columns:\n  origin: {references: airports.code}\n  dest: {references: {dataset: airports, column: code}, allow: 0.1%}",
    fix: "Look at the listed values: a look-up table that is older than the data is the usual cause.")

  package static var shape: Shape<ReferencesCheck> { ColumnReference.shape.map { ReferencesCheck(target: $0) } }

  package var peers: [PeerReference] { [PeerReference(target.dataset, columns: [target.column])] }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let peer = column.peers[target.dataset]
    var shown = column
    shown.isSensitive = column.isSensitive || peer.hides([target.column])
    let rows = ValueClaim(column: shown, limit: .text("in \(target)"), violation: "are not in \(target)")
    return ForeignKeyClaim(
      columns: [column.name], peer: peer, targets: [target.column], types: [column.type?.value],
      stored: [column.stored], rows: rows
    ).prepare(&plan)
  }
}
