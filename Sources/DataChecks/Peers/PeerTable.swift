internal import Language
package import Scan
internal import Verdict

/// Another dataset, whose header is read.
package struct PeerTable: Sendable {
  package var dataset: PeerDataset
  package var fields: [Field]

  package var name: String { dataset.name }

  /// The names of its files as messages show them.
  var files: [String] { dataset.source.files.map(\.name) }

  /// Whether values of some of the columns must not be shown.
  func hides(_ columns: some Sequence<String>) -> Bool { !dataset.rules.sensitive.isDisjoint(with: columns) }

  /// What is wrong when some columns are not there.
  func problem(without columns: [String]) -> ScanError? {
    let types = ColumnTypes(fields)
    guard let absent = columns.first(where: { types[$0] == nil }) else { return nil }
    let names = fields.prefix(20).map(\.name).joined(separator: ", ") + (fields.count > 20 ? ", …" : "")
    return ScanError(
      .unreadable, "\(dataset.source.name) has no column \"\(absent)\"",
      hint: types.hint(at: absent) ?? "it has the columns \(names)")
  }
}

/// The other datasets that a check looks at.
package struct PeerTables: Sendable {
  var tables: [String: PeerTable] = [:]

  /// The dataset of that name, which the check has said that it needs.
  subscript(name: Located<String>) -> PeerTable {
    guard let table = tables[name.value] else { preconditionFailure("a check looks at a dataset that it did not name") }
    return table
  }
}

extension PlannedCheck {
  /// The finding of a check that another dataset does not answer.
  func unanswered(by peer: String, _ error: ScanError) -> Finding {
    finding(
      .errored, "the dataset \"\(peer)\" does not answer: \(error.message)",
      reason: error.kind == .limit ? .limit : .io,
      evidence: Evidence(notes: error.hint.map { [$0] } ?? []))
  }

  /// The finding of a check for which another dataset holds nothing.
  func unanswered(byEmpty peer: String, _ what: String = "has no rows") -> Finding {
    finding(.errored, "the dataset \"\(peer)\" \(what)", reason: .nothingToEvaluate)
  }
}
