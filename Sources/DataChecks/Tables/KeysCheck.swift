package import Language
package import Planning
internal import Scan
package import Verdict

/// `keys: [[carrier, flight, time_hour]]`: no combination of values comes twice.
package struct KeysCheck: TableCheck {
  package var columns: [String] = []
  package var allow: Quantity?
  package var severity: Severity?
  package var id: Located<String>?
  package var location: SourceLocation?

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "keys",
    summary:
      "No combination of values of the listed columns comes twice. Exact; rows that lack one of them are left out.",
    why: "A repeated key multiplies rows in every join.",
    example:
      "keys:\n  - [carrier, flight, time_hour]\n  - {columns: [origin, time_hour], id: one-departure, severity: warn}",
    fix: "Look at the listed pairs of lines; add the column that tells the rows apart, or drop the repetition.")

  static var shape: Language.Shape<KeysCheck> {
    let names = Shape<String>.string.list.map { names, node, problems -> [String]? in
      guard !names.isEmpty, Set(names).count == names.count else {
        problems.report("a key is a list of different columns", at: node.location)
        return nil
      }
      return names
    }
    let short = names.map { columns, node, _ in KeysCheck(columns: columns, location: node.location) }
    let long = Shape<KeysCheck>.object(
      KeysCheck(),
      [
        .key("columns", \.columns, names, "The columns that make the key.", required: true),
        .optional("allow", \.allow, .tolerance, "How many rows may repeat a key: 1% or 10 rows."),
        .optional("severity", \.severity, .choice, "block or warn."),
        .optional("id", \.id, Shape<String>.string.located, "A name of its own for the check."),
      ]
    ).map { check, node, _ in
      var check = check
      check.location = node.location
      return check
    }
    return short.when({ $0.isSequence }, otherwise: long)
  }

  /// The check's name in its identity: the columns, joined.
  package var name: String { id?.value ?? "key " + columns.joined(separator: "+") }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(DuplicateKeys.Specification(columns))
    let claim = table.rowClaim(
      of: columns, allow: allow, limit: .text("every key once"), violation: "repeat the key of an earlier row")
    return { claim.judge($0[slot].summary) }
  }
}
