package import Language
package import Planning
internal import Scan
package import Verdict

/// `freshness: {at_most: 24h}`: how old the newest value is.
package struct FreshnessCheck: ColumnCheck {
  /// The greatest age.
  package var limit: Located<Quantity>?
  /// How far a value may lie in the future.
  package var maxFuture = Quantity(0, .seconds)

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "freshness",
    summary:
      "The newest value of a column of dates or timestamps is at most so old when the run happens (cupel run --now fixes that moment). A date is its midnight in UTC. A value in the future fails the check, as it would make old data look fresh: by more than max_future when that is given.",
    why: "A pipeline that has stopped delivers yesterday's table again, and each of its values is valid.",
    example: "columns:\n  time_hour: {type: timestamp, freshness: {at_most: 24h, max_future: 5m}}",
    fix: "See whether the last load ran; of values in the future, look at the time zone they are written in.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { "which value is the newest" }

  package static var shape: Shape<FreshnessCheck> {
    .object(
      FreshnessCheck(),
      [
        .key("at_most", \.limit, Shape<Quantity>.duration.located.optional, "The greatest age: 24h.", required: true),
        .key("max_future", \.maxFuture, .duration, "How far a value may lie in the future: 5m. 0 by default."),
      ])
  }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    column.problem(unless: [.date, .timestamp], have: "freshness")
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let reading = column.timeReading
    let type = reading.type ?? .timestamp
    let latest = Instant.value(notAfter: Self.sum(column.now, maxFuture.microseconds), as: type)
    let extremes = plan.require(Extremes.Specification(reading))
    let future = plan.require(Violations.Specification(RangeTest(reading, .integer(nil, latest))))
    let bound = Bound.atMost(limit?.value ?? Quantity(0, .seconds))
    let place = limit?.location
    let claim = ValueClaim(column: column, limit: bound, violation: "")
    return { measurements in
      let found = measurements[extremes]
      if let finding = claim.undefined("newest value", found.counts, type: type) { return finding }
      var evidence = claim.evidence(measurements[future].summary)
      guard let newest = found.integers?.upperBound else { return claim.nothingEvaluated(found.counts, evidence) }
      let age = Self.age(of: newest, as: type, at: column.now)
      // The age tells the value.
      evidence.observed = column.isSensitive ? nil : Quantity(age, .seconds)
      let shown = "\(Literal.text(newest, as: type)), \(Quantity(age.magnitude, .seconds))"
      let words = "the newest value is \(column.isSensitive ? "hidden: some time" : shown)"
      let now = Literal.text(column.now, as: .timestamp)
      let ahead = measurements[future].summary.violating
      if ahead > 0 {
        if maxFuture.value == 0 { evidence.notes.append("max_future: 5m forgives clocks that differ a little") }
        let more = maxFuture.value > 0 ? " by more than \(maxFuture)" : ""
        return column.planned.finding(
          .failed, "\(ahead) of \(found.counts.evaluated) values lie in the future\(more): \(words) after \(now)",
          evidence: evidence)
      }
      let claimed = "\(words) \(age < 0 ? "after" : "before") \(now)"
      return bound.contains(age) == true
        ? column.planned.finding(.passed, claimed, evidence: evidence)
        : column.planned.finding(
          .failed, "\(claimed), the limit is \(bound)", evidence: evidence, location: place)
    }
  }

  /// Seconds from a date or timestamp to a point in time.
  private static func age(of value: Int64, as type: ValueType, at now: Int64) -> Double {
    let scale = type == .date ? Int128(Instant.perDay) : 1
    return Double(Int128(now) - Int128(value) * scale) / Double(Instant.perSecond)
  }

  private static func sum(_ a: Int64, _ b: Int64) -> Int64 { Int64(clamping: Int128(a) + Int128(b)) }
}
