package import Language
package import Planning
internal import Scan
package import Verdict

/// `special_characters: {at_most: 0.1%}`: how many texts have neither a letter nor a digit.
package struct SpecialCharactersCheck: ColumnCheck {
  package var limits: Limits

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "special_characters",
    summary:
      "The share or number of values that have neither a letter nor a digit, of any script, lies within the limits: ---, ???, n-dashes, blanks, the empty text.",
    why: "What a person types to get past a mandatory field is punctuation; it passes as text and means nothing.",
    example: "columns:\n  carrier: {special_characters: {at_most: 0.1%}}",
    fix: "Look at the listed rows; name the placeholders in missing_values, and missing counts them.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static var shape: Shape<SpecialCharactersCheck> {
    Shape<Limits>.limits(of: .tolerance).map { SpecialCharactersCheck(limits: $0) }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(Violations.Specification(WordTest(column.name)))
    let claim = ShareClaim(ValueClaim(column: column), limits)
    return { claim.judge($0[slot].summary, "have neither a letter nor a digit") }
  }
}
