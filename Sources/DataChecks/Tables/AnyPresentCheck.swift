package import Scan
package import Verdict

/// `any_present: [[phone, email]]`: every row has a value in at least one of some columns.
package struct AnyPresentCheck: PresenceRule {
  package var columns: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "any_present",
    summary: "Every row has a value in at least one of the listed columns.",
    why: "A customer without phone may be fine, and one without email; one without either cannot be reached.",
    example: "any_present:\n  - [phone, email]\n  - {columns: [vat_id, birth_date], allow: 0.5%, id: known}",
    fix: "Look at the listed rows; allow a share, or say with where which rows must have a value.")

  package static let claim = CompletenessTest.Claim.any
  package static let limit = "a value in at least one column"
  package static let violation = "have a value in none of the columns"
}
