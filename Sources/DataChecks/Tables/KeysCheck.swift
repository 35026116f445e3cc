package import Language
package import Planning
internal import Scan
package import Verdict

/// `keys: [[carrier, flight, time_hour]]`: no combination of values comes twice.
package struct KeysCheck: TableRule {
  package var columns: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "keys",
    summary:
      "No combination of values of the listed columns comes twice. Exact. By value where the rules declare the type (1, 1.0 and 01 are one number), else by the text. Rows that lack one of them are left out. group_by adds columns that may lack a value, and counts every group by itself.",
    why: "A repeated key multiplies rows in every join.",
    example:
      "keys:\n  - [carrier, flight, time_hour]\n  - {columns: [origin, time_hour], id: one-departure, severity: warn}",
    fix: "Look at the listed pairs of lines; add the column that tells the rows apart, or drop the repetition.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = .all

  package static var keys: [Key<KeysCheck>] {
    [.key("columns", \.columns, .columns(), "The columns that make the key.", required: true)]
  }

  package static var short: Shape<KeysCheck>? {
    Shape<[String]>.columns().map { columns in
      var rule = KeysCheck()
      rule.columns = columns
      return rule
    }
  }

  /// The check's name in its identity: the columns, joined.
  package var name: String? { "key " + columns.joined(separator: "+") }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(DuplicateKeys.Specification(columns, as: table.keyTypes(columns)))
    let claim = table.rowClaim(
      of: columns, limit: .text("every key once"), violation: "repeat the key of an earlier row")
    return { claim.judge($0[slot].summary) }
  }
}
