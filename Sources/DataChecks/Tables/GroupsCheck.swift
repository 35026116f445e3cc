package import Language
package import Planning
internal import Scan
package import Verdict

/// `groups: [{by: carrier, as_in: last_month}]`: the values of some columns are those of another dataset.
package struct GroupsCheck: TableRule {
  package var columns: [String] = []
  package var dataset = Located<String>.unwritten
  package var new = Policy.fail
  package var vanished = Policy.fail

  /// What a group means that only one of the datasets has.
  package enum Policy: String, Sendable, CaseIterable { case fail, allow }

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "groups",
    summary:
      "The rows form the same groups, by the values of some columns, as those of another dataset of the config: none is new, and none has vanished. Either may be allowed. Up to 5000 groups.",
    why: "A new category is unknown to the model, and one that vanished is a part of the data that nobody delivered.",
    example:
      "groups:\n  - {by: carrier, as_in: last_month}\n  - {by: [carrier, origin], as_in: last_month, new: allow}",
    fix: "Look at the listed groups: a renamed category is new and vanished at once.")

  package static let isList = true

  package static let settings: CheckSettings.Kinds = .condition
  package var needsAllRows: String? { vanished == .fail ? "which groups have vanished" : nil }
  package static let refused = ["group_by": "\"groups\" is about the groups of its own by:"]

  package static var keys: [Key<GroupsCheck>] {
    [
      .key("by", \.columns, .oneOrMoreColumns, "The columns whose values make the groups.", required: true),
      .key(
        "as_in", \.dataset, Shape<String>.string.located, "The other dataset, as data: names it.", required: true),
      .key("new", \.new, .choice, "What a group means that only this table has: fail, or allow."),
      .key("vanished", \.vanished, .choice, "What a group means that only the other dataset has: fail, or allow."),
    ]
  }

  package static func validate(_ rule: GroupsCheck, _ node: Node, _ problems: inout Problems) {
    if rule.new == .allow, rule.vanished == .allow {
      problems.report("new and vanished groups are both allowed, so there is nothing to check", at: node.location)
    }
  }

  package var name: String? { "groups " + columns.joined(separator: "+") }
  package var peers: [PeerReference] { [PeerReference(dataset, columns: columns)] }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let scope = RowScope(by: columns, as: table.keyTypes(columns, and: [table.peers[dataset]]))
    let (count, slot) = plan.within(scope) { $0.require(RowCount.Specification()) }
    let others = plan.require(
      ScopedAggregate<RowCount.Specification>.Specification(RowCount.Specification(), in: scope), of: dataset.value)
    if new == .fail { judgeRows(in: scope, slot, others, &plan) }
    return { measurements in
      do throws(ScanError) {
        let there = try measurements[others].get()
        if let excess = there.excess { return table.planned.unanswered(by: columns, excess) }
        let parts: [(group: RowGroup, measurements: Measurements)]
        do throws(GroupExcess) {
          parts = try measurements.parts(slot)
        } catch {
          return table.planned.unanswered(by: columns, error)
        }
        return judge(
          parts.map { ($0.group, $0.measurements[count].rows) },
          there.groups.map { ($0, (there.result(of: $0) as? RowCount)?.rows ?? 0) }, table)
      } catch {
        return table.planned.unanswered(by: dataset.value, error)
      }
    }
  }

  /// The rows of new groups are those that violate.
  private func judgeRows(
    in scope: RowScope, _ slot: ScopeSlot, _ others: PeerSlot<ScopedAggregate<RowCount.Specification>>,
    _ plan: inout Plan
  ) {
    plan.judgeRows { measurements in
      guard let here = try? measurements.parts(slot), let there = try? measurements[others].get(),
        there.excess == nil, !there.groups.isEmpty
      else { return nil }
      return GroupTest(scope, isNoneOf: Set(here.map(\.group)).subtracting(there.groups))
    }
  }

  private typealias Group = (group: RowGroup, rows: Int)

  private func judge(_ here: [Group], _ there: [Group], _ table: TableContext) -> Finding {
    let peer = table.peers[dataset]
    let named = { (groups: [Group]) in groups.contains { $0.group.values.contains { $0 != nil } } }
    guard !there.isEmpty else { return table.planned.unanswered(byEmpty: dataset.value) }
    guard named(there) else {
      return table.planned.unanswered(byEmpty: dataset.value, "has no value in \(columns.joined(separator: ", "))")
    }
    guard named(here) else {
      let what = here.isEmpty ? "the table has no rows" : "no row has a value in \(columns.joined(separator: ", "))"
      return table.planned.finding(.errored, what, reason: .nothingToEvaluate)
    }
    let (mine, theirs) = (Set(here.map(\.group)), Set(there.map(\.group)))
    let added = new == .fail ? here.filter { !theirs.contains($0.group) } : []
    let lost = vanished == .fail ? there.filter { !mine.contains($0.group) } : []
    let isHidden = !table.rules.sensitive.isDisjoint(with: columns) || peer.hides(columns)
    let samples = isHidden ? [] : self.samples("new", added) + self.samples("vanished", lost)
    let rows = here.reduce(0) { $0 + $1.rows }
    let counts = Evidence.Counts(
      rows: rows, nulls: 0, evaluated: rows, violating: new == .fail ? added.reduce(0) { $0 + $1.rows } : nil)
    let evidence = Evidence(
      observed: Quantity(Double(added.count + lost.count)), limit: .text("the groups of \(peer.name)"),
      counts: counts, samples: samples)
    let by = columns.joined(separator: ", ")
    guard !added.isEmpty || !lost.isEmpty else {
      return table.planned.finding(.passed, "\(here.count) groups by \(by) as in \(peer.name)", evidence: evidence)
    }
    let facts = [
      added.isEmpty ? nil : "\(added.count) of \(here.count) groups by \(by) \(added.count == 1 ? "is" : "are") new",
      lost.isEmpty
        ? nil : "\(lost.count) of the \(there.count) in \(peer.name) \(lost.count == 1 ? "has" : "have") vanished",
    ].compactMap { $0 }
    let first = (added + lost).first.map { ": " + $0.group.words(columns) } ?? ""
    return table.planned.finding(
      .failed, facts.joined(separator: ", ") + (isHidden ? "" : first), evidence: evidence)
  }

  private func samples(_ what: String, _ groups: [Group]) -> [Evidence.Sample] {
    groups.prefix(10).map { group, rows in
      Evidence.Sample(key: what, value: "\(group.words(columns)): \(Quantity(Double(rows), .rows))")
    }
  }
}
