package import Language
package import Planning
package import Scan
internal import Verdict

/// A table rule on which of some columns have a value in a row: what differs between such rules is the claim and the
/// words.
package protocol PresenceRule: TableRule, Violable {
  static var claim: CompletenessTest.Claim { get }
  /// The fewest columns that the claim makes sense for.
  static var fewestColumns: Int { get }
  /// The limit as it is shown beside the observed value.
  static var limit: String { get }
  /// What violating rows do, after "3 of 100 rows …".
  static var violation: String { get }
  var columns: [String] { get set }
}

extension PresenceRule {
  package static var fewestColumns: Int { 2 }
  package static var isList: Bool { true }
  package static var settings: CheckSettings.Kinds { .all }

  package static var keys: [Key<Self>] {
    [.key("columns", \.columns, .columns(atLeast: fewestColumns), "The columns.", required: true)]
  }

  package static var short: Shape<Self>? {
    Shape<[String]>.columns(atLeast: fewestColumns).map { columns in
      var rule = Self()
      rule.columns = columns
      return rule
    }
  }

  /// The kind and the columns, joined.
  package var name: String? { "\(Self.kind) \(columns.joined(separator: "+"))" }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let test = CompletenessTest(columns, Self.claim)
    let slot = plan.require(Violations.Specification(test))
    let claim = table.rowClaim(of: test.shownColumns, limit: .text(Self.limit), violation: Self.violation)
    return { claim.judge($0[slot].summary) }
  }
}
