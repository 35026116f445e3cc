package import Language
package import Planning
internal import Scan
package import Verdict

/// `values: {superset_of: [AA, UA]}`: how the set of the column's different values stands to a given one.
package struct ValuesCheck: ColumnCheck {
  /// The relation to the given set, by its key.
  package enum Relation: String, Sendable, CaseIterable {
    case subset = "subset_of"
    case superset = "superset_of"
    case equal = "equal_to"
  }

  package var relation = Relation.equal
  package var members = Members(values: [])

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "values",
    summary:
      "The set of the column's different values is a subset of the given one, a superset of it, or equal to it: subset_of, superset_of, equal_to. What is missing and what is unexpected is listed. Compared in the column's type; rows without a value are left out.",
    why:
      "in says that no value is wrong. A category that no longer comes is wrong as well, and every single value is valid.",
    example:
      "columns:\n  origin: {values: {equal_to: [EWR, JFK, LGA]}}\n  carrier: {values: {superset_of: [AA, DL, UA]}}",
    fix: "Look for the feed that brought the missing values; add new values to the set, and retrain.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { relation == .subset ? nil : "which values do not occur" }

  package static var shape: Shape<ValuesCheck> {
    let keys = Relation.allCases.map { relation in
      Key<[ValuesCheck]>.each(relation.rawValue, Members.shape, words(relation)) { members, _, root in
        root.append(ValuesCheck(relation: relation, members: members))
      }
    }
    return Shape<[ValuesCheck]>.object([], keys).map { checks, node, problems in
      if checks.count == 1 { return checks[0] }
      problems.report("\"values\" holds exactly one of subset_of, superset_of and equal_to", at: node.location)
      return nil
    }
  }

  private static func words(_ relation: Relation) -> String {
    switch relation {
    case .subset: "No value is outside the set."
    case .superset: "Every member of the set occurs."
    case .equal: "Every member of the set occurs, and no other value."
    }
  }

  package func problems(on column: ColumnContext) -> [Diagnostic] { members.problems(on: column, isNegated: false) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let test: MembershipTest
    do throws(Diagnostic) { test = try members.test(on: column, isNegated: false) } catch { return column.unfit(error) }
    // No row is one too many for a superset.
    let rows = plan.require(Violations.Specification(test), judgesRows: relation != .superset)
    let set = plan.require(ObservedMembers.Specification(test))
    return { judge(column, $0[rows].summary, $0[set]) }
  }

  private func judge(_ column: ColumnContext, _ rows: ViolationSummary, _ set: ObservedMembers) -> Finding {
    let limit = Bound.text("\(relation.rawValue) \(members.text)")
    let claim = ValueClaim(column: column, limit: limit, violation: "are not in \(members.text)")
    var evidence = claim.evidence(rows)
    if let finding = claim.beyondReading(rows, evidence) { return finding }
    guard rows.evaluated > 0 else { return claim.nothingEvaluated(rows, evidence) }
    let missing = relation == .subset ? [] : missing(set, column)
    let hasOthers = relation != .superset && rows.violating > 0
    evidence.observed = nil
    if !hasOthers {
      evidence.samples = []
      evidence.counts?.violating = 0
    }
    guard !missing.isEmpty || hasOthers else {
      return column.planned.finding(.passed, holds, evidence: evidence)
    }
    let facts = (missing.isEmpty ? [] : [words(missing)]) + (hasOthers ? [words(set, rows, column)] : [])
    evidence.observedText = facts.joined(separator: "; ")
    return column.planned.finding(.failed, facts.joined(separator: "; "), evidence: evidence)
  }

  private var holds: String {
    let count = members.values.count
    let all = count == 1 ? "the value of the set occurs" : "all \(count) values of the set occur"
    return switch relation {
    case .subset: "no value is outside the set"
    case .superset: all
    case .equal: "\(all), and no other"
    }
  }

  /// The members that no row has, also those that no value of the column can be.
  private func missing(_ set: ObservedMembers, _ column: ColumnContext) -> [String] {
    let possible = members.possible(on: column).values
    let seen = Set(Set(possible.indices).subtracting(set.missing).map { ExactText(possible[$0].value) })
    return members.values.map(\.value).filter { !seen.contains(ExactText($0)) }
  }

  private func words(_ missing: [String]) -> String {
    let shown = missing.prefix(10).joined(separator: ", ")
    let rest = missing.count > 10 ? ", …" : ""
    let all = members.values.count
    let count = missing.count == 1 ? "one of the \(all) values does" : "\(missing.count) of the \(all) values do"
    return "\(count) not occur: \(shown)\(rest)"
  }

  private func words(_ set: ObservedMembers, _ rows: ViolationSummary, _ column: ColumnContext) -> String {
    let others = set.others
    let count =
      others.count == 1 && set.areAll ? "one value is" : "\(set.areAll ? "" : "more than ")\(others.count) values are"
    let shown = others.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
    let rest = others.count > 10 || !set.areAll ? ", …" : ""
    let list = column.isSensitive ? "" : ": \(shown)\(rest)"
    return "\(count) not in the set, in \(Quantity(Double(rows.violating), .rows))\(list)"
  }
}
