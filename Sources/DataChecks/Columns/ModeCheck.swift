package import Language
package import Planning
internal import Scan
package import Verdict

/// `most_common: {share: {at_most: 90%}}`: the mode of the column, and how often it comes.
package struct ModeCheck: ColumnCheck {
  /// What the most common value may be; nil when it may be any.
  package var members: Members?
  /// Limits on its share of the present values.
  package var share = EstimateLimits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "most_common",
    summary:
      "The most common value is one of value_in, and its share of the present values lies within the limits of share. Of values that come equally often each must be in the set. Values are told apart as in unique. Some 4000 different values are counted; of more, a sketch (frequent items) answers with an interval, and a second pass counts those that take up to 64 MB where it leaves a doubt; beyond, or with exact: never, the check is inconclusive. With group_by the values of every group are counted, whatever their number.",
    why: "A default that replaces real values turns a column almost constant while every value stays valid.",
    example: "columns:\n  carrier: {most_common: {value_in: [UA, B6, EV], share: {at_most: 50%}}}",
    fix: "Look at the most frequent values: cupel data show.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var shape: Shape<ModeCheck> {
    let keys: [Key<ModeCheck>] = [
      .optional("value_in", \.members, Members.shape, "What the most common value may be."),
      .key("share", \.share.limits, Shape<Limits>.limits(of: .share), "Its share of the present values."),
      .key("exact", \.share.exact, .choice, "What decides what the sketch leaves open: auto, a second pass; never."),
    ]
    return .object(ModeCheck(), keys) { check, node, problems in
      if check.members == nil, check.share.limits.bound == nil {
        problems.report(
          "most_common says what the value may be, or its share", at: node.location,
          help: ["write value_in: [...] or share: {at_most: 90%}"])
      }
    }
  }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    do {
      _ = try members?.test(on: column, isNegated: false)
      return nil
    } catch {
      return error
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let counts = column.valueCounts(&plan) { found in
      share.exact == .auto && found.counts.evaluated > 0 && judgement(of: found, column).isKept == nil
    }
    return { measurements in
      let (found, isComplete) = counts(measurements)
      return finding(found, column, advice: isComplete ? ValueCounts.advice : nil)
    }
  }

  /// Whether the claims hold, one by one; nil where the counts do not tell.
  private struct Judgement {
    var isMember: Bool?
    var isShareKept: Bool?

    var isKept: Bool? {
      if isMember == false || isShareKept == false { return false }
      return isMember == nil || isShareKept == nil ? nil : true
    }
  }

  private func judgement(of found: any CountedValues, _ column: ColumnContext) -> Judgement {
    var judgement = Judgement(isMember: true, isShareKept: true)
    if let bound = share.limits.bound { judgement.isShareKept = bound.contains(Self.share(found)) }
    if let members {
      let leaders = found.leaders.map { $0.map { members.contains($0, on: column) } }
      judgement.isMember =
        switch leaders {
        case nil: nil
        case let leaders? where leaders.allSatisfy { $0 }: true
        case let leaders?: found.isExact || !leaders.contains(true) ? false : nil
        }
    }
    return judgement
  }

  private static func share(_ found: any CountedValues) -> ClosedRange<Double> {
    let (count, total) = (found.greatestCount, Double(found.counts.evaluated))
    return Double(count.lowerBound) / total...Double(count.upperBound) / total
  }

  private var bound: Bound {
    guard let members else { return share.limits.bound ?? .text("any") }
    return .text("in \(members.text)" + (share.limits.bound.map { ", \($0)" } ?? ""))
  }

  private func finding(_ found: any CountedValues, _ column: ColumnContext, advice: String?) -> Finding {
    let base = ValueClaim(column: column, limit: bound, violation: "")
    var evidence = base.evidence(found.counts)
    guard found.counts.evaluated > 0 else { return base.nothingEvaluated(found.counts, evidence) }
    let interval = Self.share(found)
    evidence.observed = Quantity(interval.lowerBound, .share)
    if !found.isExact {
      evidence.interval = Evidence.Interval(lower: interval.lowerBound, upper: interval.upperBound, level: 1)
      evidence.method = "frequent items"
    }
    let claim = sentence(found.leaders, EstimateClaim.words(interval.lowerBound, interval, .share), column)
    let judgement = judgement(of: found, column)
    switch judgement.isKept {
    case true?: return column.planned.finding(.passed, claim, evidence: evidence)
    case false?:
      let isShare = judgement.isShareKept == false
      return column.planned.finding(
        .failed, "\(claim), the limit is \(bound)", evidence: evidence,
        location: isShare ? share.limits.location(for: interval.lowerBound) : members?.values.first?.location)
    case nil:
      evidence.notes.append(advice ?? "remove exact: never, and a second pass over the data decides")
      return column.planned.finding(
        .inconclusive, "\(claim), which leaves open whether it is \(bound)", evidence: evidence)
    }
  }

  private func sentence(_ leaders: [String]?, _ share: String, _ column: ColumnContext) -> String {
    guard let leaders else { return "the most common value has \(share) of the values" }
    if column.isSensitive { return "the most common value, which is hidden, has \(share) of the values" }
    let texts = leaders.map { TextValue($0).display }
    if texts.count == 1 { return "the most common value is \"\(texts[0])\" with \(share) of the values" }
    let shown = texts.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
    let rest = texts.count > 5 ? " and \(texts.count - 5) more" : ""
    return "the most common value is one of \(shown)\(rest) with \(share) of the values"
  }
}
