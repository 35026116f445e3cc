package import Language
package import Planning
internal import Scan
package import Verdict

/// `split_size: {with: [valid, test], at_least: 60%}`: how much of the data is in this split.
package struct SplitSizeCheck: TableRule {
  package var splits: [Located<String>] = []
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "split_size",
    summary:
      "This split's share of the rows of all splits, of itself and those that with names, lies within the limits. With group_by so does its share of every group that any of them has: a split that is stratified by the label has the same of every class. How many rows it has at least is said by rows.",
    why:
      "A filter that runs before one split and not before the other leaves a test that is too small to tell anything.",
    example: "split_size: {with: [valid, test], between: [60%, 80%]}",
    fix: "Compare the numbers of rows of all splits, which the finding lists, with those before the split.")

  package static let settings: CheckSettings.Kinds = .groups
  package static let refused = ["where": "\"split_size\" is about all rows of the splits; group_by cuts them all alike"]
  package var needsAllRows: String? { "how many there are" }
  package static let peerSettings: CheckSettings.Kinds = .groups

  package static var keys: [Key<SplitSizeCheck>] {
    [PeerReference.with(\.splits)] + Shape<Limits>.keys(\.limits, of: .share)
  }

  package static func validate(_ rule: SplitSizeCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package var peers: [PeerReference] { splits.map { PeerReference($0) } }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let names = splits.map(\.value)
    let here = plan.require(RowCount.Specification())
    let all = plan.requireOfTable(RowCount.Specification())
    let others = names.map { name in
      (
        name: name, part: plan.require(RowCount.Specification(), of: name, .ofGroup),
        all: plan.require(RowCount.Specification(), of: name)
      )
    }
    return { measurements in
      var sizes: [(name: String, rows: Int)] = []
      for other in others {
        do throws(ScanError) {
          guard try measurements[other.all].get().rows > 0 else { return table.planned.unanswered(byEmpty: other.name) }
          sizes.append((other.name, try measurements[other.part].get().rows))
        } catch {
          return table.planned.unanswered(by: other.name, error)
        }
      }
      guard measurements[all].rows > 0 else {
        return table.planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate)
      }
      return judge(measurements[here].rows, sizes, table.planned)
    }
  }

  private func judge(_ rows: Int, _ others: [(name: String, rows: Int)], _ planned: PlannedCheck) -> Finding {
    let total = others.reduce(rows) { $0 + $1.rows }
    guard total > 0 else {
      return planned.finding(.errored, "there are no rows", reason: .nothingToEvaluate)
    }
    let share = Double(rows) / Double(total)
    let bound = limits.bound ?? .text("any")
    let evidence = Evidence(
      observed: Quantity(share, .share), limit: bound,
      notes: others.map { "\($0.name): \(Quantity(Double($0.rows), .rows))" })
    let message =
      "\(Quantity.grouped(rows)) of the \(Quantity(Double(total), .rows)) of all splits are in this one "
      + "(\(Quantity.brief(share * 100, digits: 3))%)"
    guard bound.contains(share) == true else {
      return planned.finding(
        .failed, "\(message), the limit is \(bound)", evidence: evidence, location: limits.location(for: share))
    }
    return planned.finding(.passed, message, evidence: evidence)
  }
}
