package import Language
package import Planning
internal import Scan
package import Verdict

/// `schema_as: training`: the table has the columns and types of another dataset.
package struct SchemaAsCheck: TableRule {
  package var dataset = Located<String>.unwritten
  /// Whether the columns stand in the same order.
  package var isOrdered = false
  /// Whether the stored types are the same.
  package var comparesTypes = true

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "schema_as",
    summary:
      "The table has the columns of another dataset of the config, no others, and stores them as the same types; with order: true in the same order. Types are compared where both files declare them: CSV declares none.",
    why: "A model is served with what it was trained on, or it guesses.",
    example: "schema_as: {dataset: training, order: true, types: false}",
    fix: "Look at the listed differences; cast, rename or drop columns upstream until both agree.")

  package static var keys: [Key<SchemaAsCheck>] {
    [
      PeerReference.key(\.dataset),
      .key("order", \.isOrdered, .bool, "Whether the columns stand in the same order: false."),
      .key("types", \.comparesTypes, .bool, "Whether the types that the files store are the same: true."),
    ]
  }

  package static var short: Shape<SchemaAsCheck>? {
    Shape<String>.string.located.map { dataset in
      var rule = SchemaAsCheck()
      rule.dataset = dataset
      return rule
    }
  }

  package var peers: [PeerReference] { [PeerReference(dataset)] }

  package var readsAllColumns: Bool { true }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let peer = table.peers[dataset]
    let differences = differences(table.fields, peer.fields.columns)
    var evidence = Evidence(
      observed: Quantity(Double(differences.count)), limit: .text("the schema of \(peer.name)"),
      notes: differences.count > 1 ? Array(differences.prefix(20)) : [])
    if differences.count > 20 { evidence.notes.append("and \(differences.count - 20) more") }
    let untyped = comparesTypes ? untypedCount(table, peer) : 0
    if untyped > 0 {
      let columns = Quantity(Double(untyped), .columns)
      evidence.notes.append("of \(columns) a file declares no type, so that none is compared")
    }
    let finding =
      differences.isEmpty
      ? table.planned.finding(
        .passed, "\(Quantity(Double(table.fields.count), .columns)) as in \(peer.name)", evidence: evidence)
      : table.planned.finding(
        .failed,
        differences.count == 1
          ? differences[0] : "\(differences.count) differences from \(peer.name): \(differences[0]), …",
        evidence: evidence)
    return { _ in finding }
  }

  private func differences(_ here: [Field], _ there: [Field]) -> [String] {
    let other = dataset.value
    let (mine, theirs) = (ColumnTypes(here), ColumnTypes(there))
    var differences = there.filter { mine[$0.name] == nil }.map { "the column \"\($0.name)\" of \(other) is missing" }
    differences += here.filter { theirs[$0.name] == nil }.map { "\(other) has no column \"\($0.name)\"" }
    let shared = here.filter { theirs[$0.name] != nil }
    for field in shared where comparesTypes {
      guard let type = theirs[field.name], type != field.type, type.isDeclared, field.type.isDeclared else { continue }
      differences.append("\"\(field.name)\" is stored as \(field.type.words), and as \(type.words) in \(other)")
    }
    let order = there.map(\.name).filter { mine[$0] != nil }
    if isOrdered, let index = shared.indices.first(where: { $0 < order.count && shared[$0].name != order[$0] }) {
      differences.append("\"\(shared[index].name)\" stands where \(other) has \"\(order[index])\"")
    }
    return differences
  }

  private func untypedCount(_ table: TableContext, _ peer: PeerTable) -> Int {
    let theirs = ColumnTypes(peer.fields)
    return table.fields.count { field in
      theirs[field.name].map { !$0.isDeclared || !field.type.isDeclared } ?? false
    }
  }
}
