package import Language
package import Planning
internal import Scan
package import Verdict

/// `class_balance: {label: y, at_least: 5%}`: no class is too rare, or too frequent.
package struct ClassBalanceCheck: TableRule {
  package var label = ""
  /// On the share of every class.
  package var limits = Limits()
  /// The least number of rows of a class for one row of the most frequent class.
  package var ratio: Located<Quantity>?

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "class_balance",
    summary:
      "The share of every class lies within the limits, among the rows that have a label; and with ratio: 0.1 the rarest class has at least a tenth of the rows of the most frequent one. Up to 5000 classes. A single class is an error: there is nothing to balance.",
    why: "A class that hardly occurs is one that no model learns, and that no metric of all rows misses.",
    example: "class_balance: {label: delayed, at_least: 10%, ratio: 0.1}",
    fix:
      "Collect more of the rare class, weight it or draw it more often in training; judge models by metrics per class.")

  package static let settings: CheckSettings.Kinds = .condition
  package static let refused = ["group_by": "the classes are the groups; where picks some of the rows"]

  package static var keys: [Key<ClassBalanceCheck>] {
    let ratio = Shape<Quantity>.plain.map { ratio, node, problems -> Quantity? in
      if ratio.value > 0, ratio.value <= 1 { return ratio }
      problems.report(
        "the ratio of the rarest class to the most frequent one lies above 0, and is at most 1", at: node.location)
      return nil
    }
    return [.key("label", \.label, .string, "The column that holds the class.", required: true)]
      + Shape<Limits>.keys(\.limits, of: .share) + [
        .optional(
          "ratio", \.ratio, ratio.located, "The least ratio of the rarest class to the most frequent one: 0.1.")
      ]
  }

  package static func validate(_ rule: ClassBalanceCheck, _ node: Node, _ problems: inout Problems) {
    if rule.limits.bound != nil || rule.ratio == nil { Shape<Limits>.validate(rule.limits, node, &problems) }
  }

  package var columns: [String] { [label] }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let classes = RowScope(by: [label], as: table.rules.types)
    let (count, slot) = plan.within(classes) { $0.require(RowCount.Specification()) }
    return { measurements in
      do throws(GroupExcess) {
        let parts = try measurements.parts(slot)
        return judge(parts.map { ($0.group, $0.measurements[count].rows) }, table)
      } catch {
        return table.planned.unanswered(by: columns, error)
      }
    }
  }

  private typealias Class = (group: RowGroup, rows: Int)

  private func judge(_ groups: [Class], _ table: TableContext) -> Finding {
    let classes = groups.filter { $0.group.values != [nil] && $0.rows > 0 }
    let (all, labelled) = (groups.reduce(0) { $0 + $1.rows }, classes.reduce(0) { $0 + $1.rows })
    let planned = table.planned
    var evidence = Evidence(
      limit: limits.bound ?? ratio.map { .atLeast($0.value) },
      counts: Evidence.Counts(rows: all, nulls: all - labelled, evaluated: labelled, violating: nil))
    let byRows = classes.sorted { ($0.rows, $0.group) < ($1.rows, $1.group) }
    guard let rarest = byRows.first, let greatest = byRows.last else {
      let what = all == 0 ? "there are no rows" : "no row has a value in \(label)"
      return planned.finding(.errored, what, reason: .nothingToEvaluate, evidence: evidence)
    }
    guard byRows.count > 1 else {
      return planned.finding(
        .errored, "all \(Quantity.grouped(labelled)) rows with a label are of one class: there is no balance",
        reason: .undefined, evidence: evidence)
    }
    let isHidden = table.rules.sensitive.contains(label)
    let name = { (one: Class) in isHidden ? "a hidden class" : one.group.words([label]) }
    let share = { (one: Class) in Double(one.rows) / Double(labelled) }
    evidence.samples =
      isHidden
      ? []
      : byRows.prefix(10).map { one in
        Evidence.Sample(key: one.group.words([label]), value: words(one, share(one)))
      }
    let outside = byRows.filter { limits.bound?.contains(share($0)) == false }
    if let bound = limits.bound, let first = outside.first {
      evidence.observed = Quantity(share(first), .share)
      let others = outside.count - 1
      let more = others == 0 ? "" : others == 1 ? ", and so it is with one more" : ", and so it is with \(others) more"
      return planned.finding(
        .failed, "\(name(first)) has \(words(first, share(first))), the limit is \(bound)\(more)",
        evidence: evidence, location: limits.location(for: share(first)))
    }
    let observed = Double(rarest.rows) / Double(greatest.rows)
    let between =
      "\(name(rarest)) has \(words(rarest, share(rarest))), \(name(greatest)) \(words(greatest, share(greatest)))"
    if let ratio, observed < ratio.value.value {
      (evidence.observed, evidence.limit) = (Quantity(observed), .atLeast(ratio.value))
      return planned.finding(
        .failed, "\(between): a ratio of \(Quantity.brief(observed, digits: 3)), the limit is at least \(ratio.value)",
        evidence: evidence, location: ratio.location)
    }
    evidence.observed = limits.bound == nil ? Quantity(observed) : Quantity(share(rarest), .share)
    return planned.finding(
      .passed, "\(Quantity.grouped(byRows.count)) classes: \(between)", evidence: evidence)
  }

  /// `120 rows (4%)`.
  private func words(_ one: Class, _ share: Double) -> String {
    "\(Quantity(Double(one.rows), .rows)) (\(Quantity.brief(share * 100, digits: 3))%)"
  }
}
