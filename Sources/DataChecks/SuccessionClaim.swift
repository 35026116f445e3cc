internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The claim that each value of a column stands in a relation with the one before it.
struct SuccessionClaim: Sendable {
  var relation: SuccessiveValues.Relation
  /// The relation as a limit: `not less than the value before`.
  var limit: String
  /// What violating values do.
  var violation: String

  /// What is wrong with the claim on this column: which of two values comes first follows from their type.
  static func problem(_ kind: String, on column: ColumnContext) -> Diagnostic? {
    guard column.type == nil else { return nil }
    return Diagnostic(
      "\"\(kind)\" needs the type of \"\(column.name)\"", at: column.planned.location,
      help: ["declare it, such as type: integer; as text, 10 comes before 9"])
  }

  func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(SuccessiveValues.Specification(column.name, as: column.type?.value ?? .string, relation))
    let claim = ValueClaim(
      column: column, limit: .text(limit), violation: violation, names: ["value", "before"], earlier: "in")
    // A group of one is no reason to doubt the others: it is an error where there are none.
    let outcome: Outcome = plan.isGrouped ? .skipped : .errored
    return { measurements in
      let summary = measurements[slot].summary
      // A value by itself stands in no order; NaN, which stands in none anyway, violates.
      guard summary.evaluated != 1 || summary.violating > 0 else {
        return column.planned.finding(
          outcome, "there is one value, and none before it to compare it with", reason: .nothingToEvaluate,
          evidence: claim.evidence(summary))
      }
      return claim.judge(summary)
    }
  }
}

/// How strictly an order is kept.
package enum Strictness: Sendable {
  case none
  /// Equal values may follow each other.
  case weak
  case strict

  private enum Word: String, CaseIterable { case strictly }

  static var shape: Shape<Strictness> {
    let strict = Shape<Word>.choice.map { _ in Strictness.strict }
    return Shape<Bool>.bool.map { $0 ? .weak : Strictness.none }.when({ !$0.isWord }, otherwise: strict)
  }
}

extension Node {
  /// Whether the node is a word other than `true` and `false`.
  fileprivate var isWord: Bool {
    if case .scalar(let text, _) = content {
      text.lowercased() != "true" && text.lowercased() != "false"
    } else {
      false
    }
  }
}
