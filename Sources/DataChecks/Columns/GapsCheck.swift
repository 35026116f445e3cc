package import Language
package import Planning
internal import Scan
package import Verdict

/// `gaps: {every: 1d}`: every period between the first and the last value has data.
package struct GapsCheck: ColumnCheck {
  /// The length of a period.
  package var every = Quantity(86_400, .seconds)
  /// A point in time in the first period that must have data, and one in the last.
  package var from: Located<String>?
  package var to: Located<String>?

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "gaps",
    summary:
      "Every period of a length between the first and the last value of a column of dates or timestamps has a value; from and to say which period is the first and the last instead. Periods begin at midnight or the full hour in UTC, weeks on Monday, and with from at that moment; 1mo, 1q and 1y are months, quarters and years of the calendar, whatever their length, and from lies in the first of them. Up to 640,000 consecutive periods are told apart.",
    why: "A day that was never loaded is missing in no row: totals are a little lower, and models learn from the rest.",
    example: "columns:\n  time_hour: {type: timestamp, gaps: {every: 1d}}",
    fix: "Load the listed periods again, or begin after them: from.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { "which periods have no value" }

  package static var shape: Shape<GapsCheck> {
    let every = Shape<Quantity>.period.map { every, node, problems -> Quantity? in
      if every.unit == .months ? (1...12_000).contains(every.value) && every.value.isWhole : every.value >= 0.001 {
        return every
      }
      let words = every.unit == .months ? "a whole number of months, 1000 years at most" : "at least 1ms long"
      problems.report("a period is \(words)", at: node.location)
      return nil
    }
    let time = Shape<String>.string.located.map { text, node, problems -> Located<String>? in
      if Literal.integer(text.value, as: .timestamp) != nil { return text }
      problems.report("\"\(text.value)\" is no date or timestamp", at: node.location)
      return nil
    }
    let keys: [Key<GapsCheck>] = [
      .key("every", \.every, every, "The length of a period: 1h, 1d, 1w, 1mo, 1q, 1y.", required: true),
      .optional("from", \.from, time, "The beginning of the first period: 2013-01-01."),
      .optional("to", \.to, time, "A date or timestamp in the last period: 2013-12-31."),
    ]
    return .object(GapsCheck(), keys) { check, node, problems in
      if let from = check.start, let to = check.end, from > to {
        problems.report("no time lies between from and to", at: check.from?.location ?? node.location)
      }
    }
  }

  private var start: Int64? { from.flatMap { Literal.integer($0.value, as: .timestamp) } }
  private var end: Int64? { to.flatMap { Literal.integer($0.value, as: .timestamp) } }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    column.problem(unless: [.date, .timestamp], have: "gaps")
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let period =
      every.unit == .months
      ? Period(months: Int64(every.value), from: start) : Period(length: every.microseconds, from: start)
    let reading = column.timeReading
    let slot = plan.require(
      FilledPeriods.Specification(
        reading, period, from: start.map { period.number(of: $0) }, to: end.map { period.number(of: $0) }))
    return { judge($0[slot], period, as: reading.type ?? .timestamp, column) }
  }

  private func judge(
    _ found: FilledPeriods, _ period: Period, as type: ValueType, _ column: ColumnContext
  ) -> Finding {
    let planned = column.planned
    let claim = ValueClaim(column: column, limit: .text("a value in every \(every)"), violation: "")
    let far = (found.farCount, "farther from 1970 than periods are told apart")
    if let finding = claim.undefined("series", found.counts, unfit: [far], type: type) { return finding }
    var evidence = claim.evidence(found.counts)
    evidence.observed = nil
    guard found.counts.evaluated > 0 else { return claim.nothingEvaluated(found.counts, evidence) }
    guard !found.isOverfull else {
      return planned.finding(
        .errored, "the values lie in too many periods of \(every) to tell them apart", reason: .limit,
        evidence: evidence)
    }
    guard let span = found.span else {
      return planned.finding(
        .errored, "no value lies where from and to ask for some", reason: .nothingToEvaluate, evidence: evidence)
    }
    let gaps = found.gaps
    let missing = gaps.reduce(0.0) { $0 + Double($1.upperBound) - Double($1.lowerBound) + 1 }
    let total = Double(span.upperBound) - Double(span.lowerBound) + 1
    evidence.observed = Quantity(missing)
    // Where periods begin tells when the values are.
    let isHidden = column.isSensitive
    let range =
      isHidden ? "(hidden)" : "from \(period.text(of: span.lowerBound)) to \(period.text(of: span.upperBound))"
    guard !gaps.isEmpty else {
      let words = "all \(Quantity.text(total)) periods of \(every) \(range) have a value"
      return planned.finding(.passed, words, evidence: evidence)
    }
    evidence.samples = (isHidden ? [] : gaps.prefix(Self.shown)).map { gap in
      let count = gap.upperBound - gap.lowerBound + 1
      let last = count > 1 ? " to \(period.text(of: gap.upperBound)) (\(count) periods)" : ""
      return Evidence.Sample(key: "no value", value: period.text(of: gap.lowerBound) + last)
    }
    if !isHidden, gaps.count > Self.shown { evidence.notes.append("and \(gaps.count - Self.shown) more gaps") }
    let verb = missing == 1 ? "has" : "have"
    return planned.finding(
      .failed,
      "\(Quantity.text(missing)) of \(Quantity.text(total)) periods of \(every) \(range) \(verb) no value",
      evidence: evidence)
  }

  /// How many gaps are listed.
  private static let shown = 10
}

extension Double {
  fileprivate var isWhole: Bool { self == rounded() }
}
