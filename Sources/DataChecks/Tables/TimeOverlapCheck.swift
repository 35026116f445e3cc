package import Language
package import Planning
internal import Scan
package import Verdict

/// `time_overlap: {with: test, column: ts}`: this split ends before the others begin.
package struct TimeOverlapCheck: TableRule {
  package var splits: [Located<String>] = []
  package var column = ""
  package var order = Order.before
  package var gap: Quantity?

  /// Where this split lies in time.
  package enum Order: String, Sendable, CaseIterable {
    /// It ends before the others begin.
    case before
    /// It begins after the others end.
    case after
  }

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "time_overlap",
    summary:
      "Every row of this split is earlier than the first of every other split that with names, by a column of dates or timestamps; with order: after it is later than their last. gap is how much lies between them at least. A date is its midnight in UTC; rows without a time are left out. The other splits are taken whole, whatever where says.",
    why: "Features that look back reach over the border, and a model that saw the future is not judged on it.",
    example: "time_overlap: {with: [valid, test], column: sold_at, gap: 1d}",
    fix: "Split at one point in time, and drop what lies in the gap.")

  package static let settings: CheckSettings.Kinds = [.tolerance, .condition]
  package static let refused = ["group_by": "\"time_overlap\" compares with all rows of the other splits"]

  package static var keys: [Key<TimeOverlapCheck>] {
    [
      PeerReference.with(\.splits),
      .key("column", \.column, .string, "The column of dates or timestamps.", required: true),
      .key("order", \.order, .choice, "before: it ends before the others begin; after: it begins after they end."),
      .optional("gap", \.gap, .duration, "What lies between the splits at least: 1d."),
    ]
  }

  package var columns: [String] { [column] }
  package var peers: [PeerReference] { splits.map { PeerReference($0, columns: [column]) } }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    guard let type = rules.types[column], type != .date, type != .timestamp else { return true }
    problems.report("\"\(column)\" is declared as \(type.rawValue), which is no time", at: splits.first?.location)
    return false
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let others = splits.map { table.peers[$0] }
    let times = TimeSpan.Specification(column)
    let slots = others.map { plan.require(times, of: $0.name) }
    let (column, order, gap, isTyped) = (column, order, gap?.microseconds, table.areTyped([column]))
    let slot = plan.require(times, ofEach: others.map(\.name)) { found in
      // Without any time there is no limit, and the check says so itself.
      let edge = order.edge(of: found.compactMap(\.moments))
      let (low, high) = edge.map { order.limits(at: $0, gap: gap) } ?? (nil, nil)
      return Violations.Specification(TimeTest(column, from: low, to: high, isStrict: !isTyped))
    }
    return { measurements in
      var found: [ClosedRange<Moment>] = []
      for (other, slot) in zip(others, slots) {
        do throws(ScanError) {
          switch span(of: other, try measurements[slot].get(), table.planned) {
          case .success(let range): found.append(range)
          case .failure(let unanswered): return unanswered.finding
          }
        } catch {
          return table.planned.unanswered(by: other.name, error)
        }
      }
      do throws(ScanError) {
        return judge(try measurements[slot].get().summary, Array(zip(others, found)), table)
      } catch {
        return table.planned.unanswered(by: others.map(\.name).joined(separator: ", "), error)
      }
    }
  }

  private struct Unanswered: Error { var finding: Finding }

  /// Between which times the rows of another split lie.
  private func span(
    of split: PeerTable, _ found: TimeSpan, _ planned: PlannedCheck
  ) -> Result<ClosedRange<Moment>, Unanswered> {
    let counts = found.counts
    guard counts.rows > 0 else { return .failure(Unanswered(finding: planned.unanswered(byEmpty: split.name))) }
    guard counts.malformed == 0 else {
      let values = counts.malformed == 1 ? "one value is" : "\(Quantity.grouped(counts.malformed)) values are"
      let words = "in \"\(column)\" of \(split.name) \(values) no time: there is no knowing where it begins and ends"
      return .failure(Unanswered(finding: planned.finding(.errored, words, reason: .undefined)))
    }
    guard let range = found.moments else {
      return .failure(Unanswered(finding: planned.unanswered(byEmpty: split.name, "has no time in \(column)")))
    }
    return .success(range)
  }

  private func judge(
    _ summary: ViolationSummary, _ others: [(PeerTable, ClosedRange<Moment>)], _ table: TableContext
  ) -> Finding {
    let isHidden = table.rules.sensitive.contains(column) || others.contains { $0.0.hides([column]) }
    let edge = order.edge(of: others.map { $0.1 })
    let nearest = others.first { (order == .before ? $0.1.lowerBound : $0.1.upperBound) == edge }?.0.name ?? ""
    let apart = gap.map { "less than \($0) " } ?? "not "
    let verb = order == .before ? "begins" : "ends"
    let at = isHidden ? "" : edge.map { " at \($0.text)" } ?? ""
    var claim = table.rowClaim(
      of: [column], limit: .text("\(gap.map { "\($0) " } ?? "")\(order.rawValue) \(nearest) \(verb)\(at)"),
      violation: "lie \(apart)\(order.rawValue) \(nearest), which \(verb)\(at)")
    claim.column.isSensitive = isHidden
    var finding = claim.judge(summary)
    if !isHidden {
      finding.evidence.notes += others.map { "\($0.name): \($1.lowerBound.text) to \($1.upperBound.text)" }
    }
    return finding
  }
}

extension TimeOverlapCheck.Order {
  /// Where the other splits begin, or end.
  fileprivate func edge(of ranges: [ClosedRange<Moment>]) -> Moment? {
    self == .before ? ranges.map(\.lowerBound).min() : ranges.map(\.upperBound).max()
  }

  /// Between which times this split must lie.
  fileprivate func limits(at edge: Moment, gap: Int64?) -> (Moment?, Moment?) {
    var (low, high) = (edge, edge)
    if let gap {
      let (before, isTooEarly) = edge.microseconds.subtractingReportingOverflow(gap)
      high.microseconds = isTooEarly ? .min : before
      let (after, isTooLate) = edge.microseconds.addingReportingOverflow(gap)
      low.microseconds = isTooLate ? .max : after
    }
    // Without a gap the border itself belongs to the other.
    let isStrict = (gap ?? 0) == 0
    if isStrict { (low, high) = (edge.next ?? edge, edge.previous ?? edge) }
    return self == .before ? (nil, high) : (low, nil)
  }
}
