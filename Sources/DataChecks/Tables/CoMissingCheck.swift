package import Scan
package import Verdict

/// `co_missing: [[lat, lon]]`: some columns have a value in the same rows.
package struct CoMissingCheck: PresenceRule {
  package var columns: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "co_missing",
    summary:
      "The listed columns are missing together: a row has a value in each of them or in none. Rows with none are not evaluated.",
    why: "Half a pair (a latitude without longitude, an amount without currency) is a broken join or a lost column.",
    example: "co_missing:\n  - [lat, lon]\n  - {columns: [amount, currency], allow: 10 rows, id: priced}",
    fix: "Look at the listed rows: the columns come from one source, which wrote only some of them.")

  package static let claim = CompletenessTest.Claim.allOrNone
  package static let limit = "a value in every column or in none"
  package static let violation = "have a value in some of the columns and lack one in others"
}
