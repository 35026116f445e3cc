package import Scan
package import Verdict

/// `complete: [[street, city]]`: every row has a value in each of some columns.
package struct CompleteCheck: PresenceRule {
  package var columns: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "complete",
    summary: "Every row has a value in each of the listed columns.",
    why: "Features that are each missing in a few rows are together missing in many, and each such row is lost.",
    example:
      "complete:\n  - [street, city]\n  - {columns: [lat, lon], where: country = 'NO', allow: 1%, id: located}",
    fix: "Look at the listed rows; allow a share, or say with where which rows must be complete.")

  package static let claim = CompletenessTest.Claim.all
  package static let fewestColumns = 1
  package static let limit = "a value in every column"
  package static let violation = "lack a value in at least one column"
}
