package import Language
package import Planning
internal import Scan
package import Verdict

/// `rows_match: {dataset: raw, within: 1%}`: the table has as many rows as another dataset.
package struct RowsMatchCheck: TableRule {
  package var dataset = Located<String>.unwritten
  /// How many times the rows of the other dataset are expected.
  package var times = 1.0
  /// How far the numbers may lie apart; nothing when it is left out.
  package var within: Quantity?

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "rows_match",
    summary:
      "The table has as many rows as another dataset of the config, or a multiple of them. within allows a difference: a share of the expected rows, or a number of rows. With group_by so has every group that either of them has; where is about this table alone.",
    why: "A join that multiplies rows and a filter that drops them show in the count before they show anywhere else.",
    example: "rows_match: {dataset: raw_flights, times: 2, within: 1%}",
    fix: "Find the step between the two that drops or repeats rows: references and keys name them.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { "how many there are" }
  package static let peerSettings: CheckSettings.Kinds = .groups

  package static var keys: [Key<RowsMatchCheck>] {
    let factor = Shape<Double>.number.map { value, node, problems -> Double? in
      guard value <= 0 else { return value }
      problems.report("a factor is above 0", at: node.location)
      return nil
    }
    return [
      PeerReference.key(\.dataset),
      .key("times", \.times, factor, "How many rows are expected for each row of that dataset: 1."),
      .optional("within", \.within, .tolerance, "How far the numbers may lie apart: 1% or 10 rows."),
    ]
  }

  package static var short: Shape<RowsMatchCheck>? {
    Shape<String>.string.located.map { dataset in
      var rule = RowsMatchCheck()
      rule.dataset = dataset
      return rule
    }
  }

  package var peers: [PeerReference] { [PeerReference(dataset)] }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let here = plan.require(RowCount.Specification())
    let there = plan.require(RowCount.Specification(), of: dataset.value, .ofGroup)
    let all = plan.require(RowCount.Specification(), of: dataset.value)
    let isGrouped = plan.isGrouped
    return { measurements in
      do throws(ScanError) {
        guard try measurements[all].get().rows > 0 else { return table.planned.unanswered(byEmpty: dataset.value) }
        return judge(measurements[here].rows, try measurements[there].get().rows, isGrouped: isGrouped, table.planned)
      } catch {
        return table.planned.unanswered(by: dataset.value, error)
      }
    }
  }

  private func judge(_ rows: Int, _ others: Int, isGrouped: Bool, _ planned: PlannedCheck) -> Finding {
    let expected = Double(others) * times
    let distance = abs(Double(rows) - expected)
    let allowed = within.map { $0.unit == .rows ? $0.value : $0.value * expected } ?? 0
    let words = times == 1 ? "\(dataset.value) has" : "\(Quantity.text(times)) times the rows of \(dataset.value) are"
    let evidence = Evidence(
      observed: Quantity(Double(rows), .rows), baseline: Quantity(expected, .rows),
      limit: .text(within.map { "within \($0) of \(Quantity(expected, .rows))" } ?? "\(Quantity(expected, .rows))"))
    let message = "the table has \(Quantity(Double(rows), .rows)), \(words) \(Quantity.text(expected))"
    // A group may be in one of the tables alone, and a few rows of it within what is allowed.
    guard rows > 0 || others > 0 && isGrouped, distance <= allowed else {
      let limit = within.map { ", more than \($0)" } ?? ""
      let share =
        expected > 0 ? "\(Quantity.brief(distance / expected * 100, digits: 3))%" : "\(Quantity(distance, .rows))"
      let words = "\(share) apart\(limit)"
      return planned.finding(.failed, "\(message): \(words)", evidence: evidence)
    }
    return planned.finding(.passed, message, evidence: evidence)
  }
}
