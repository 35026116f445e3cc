internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The claim that a quantile of a column's numbers lies within limits.
///
/// A quantile is at most a limit when at least its share of the values is, and at least a limit when a smaller share
/// than its own lies below: a second pass therefore needs no order of the values, only counts on either side.
struct QuantileClaim: Sendable {
  /// The share of values that do not exceed the quantile.
  var share: Double
  /// `median`, `99% quantile`.
  var name: String
  var limits: EstimateLimits

  func problem(on column: ColumnContext) -> Diagnostic? { column.problem(unlessNumbersHave: name) }

  func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let (share, limits, name, type) = (share, limits, name, column.stored)
    @Sendable func interval(_ sketch: QuantileSketch) -> ClosedRange<Double>? {
      sketch.interval(at: share).map { type.shortest($0.lowerBound)...type.shortest($0.upperBound) }
    }
    let sketch = plan.require(QuantileSketch.Specification(column.name))
    let values = sides.map { type.nearest($0.value) }
    let ranks = plan.require(RankCounts.Specification(column.name, limits: values)) {
      limits.needsExactPass(interval($0[sketch]))
    }
    var claim = EstimateClaim(column: column, limits: limits, sketch: "KLL") { "the \(name) is \($0)" }
    claim.isOfValues = true
    return { [claim] measurements in
      let found = measurements[sketch]
      let nan = (found.nanCount, "NaN, which has no place in an order")
      if let finding = claim.base.undefined(name, found.counts, unfit: [nan]) { return finding }
      guard let estimate = found.estimate(at: share).map(type.shortest), let interval = interval(found) else {
        return claim.base.nothingEvaluated(found.counts, claim.base.evidence(found.counts))
      }
      let doubt = found.isExact ? nil : interval
      return measurements[ranks].map { judge($0, estimate, interval, claim, found.counts) }
        ?? claim.judge(estimate, in: doubt, found.counts)
    }
  }

  /// The limits one by one, in the order of their counts.
  private var sides: [(value: Double, isLower: Bool)] {
    if let equals = limits.limits.equals { return [(equals.value.value, true), (equals.value.value, false)] }
    let low = limits.limits.atLeast.map { [($0.value.value, true)] } ?? []
    return low + (limits.limits.atMost.map { [($0.value.value, false)] } ?? [])
  }

  /// What the exact counts of a second pass say.
  private func judge(
    _ ranks: RankCounts, _ estimate: Double, _ interval: ClosedRange<Double>, _ claim: EstimateClaim,
    _ counts: ViolationSummary
  ) -> Finding {
    func part(_ count: Int) -> Double { Double(count) / Double(ranks.count) }
    let broken = sides.indices.filter { index in
      sides[index].isLower ? part(ranks.below[index]) >= share : part(ranks.upTo[index]) < share
    }
    let facts = (broken.isEmpty ? Array(sides.indices) : broken).map { index in
      let (side, count) = (sides[index], sides[index].isLower ? ranks.below[index] : ranks.upTo[index])
      let place = "\(side.isLower ? "below" : "at most") \(Quantity(side.value))"
      let counted = "\(Quantity.grouped(count)) of \(Quantity.grouped(ranks.count)) values"
      return "\(counted) are \(place) (\(Quantity.brief(part(count) * 100))%)"
    }
    var evidence = claim.base.evidence(counts)
    evidence.observed = claim.isHidden ? nil : Quantity(estimate)
    let claimed = claim.sentence(claim.words(estimate, interval))
    if let finding = claim.beyondDoubles(interval, claimed, evidence) { return finding }
    evidence.notes.append("the values on either side of the limit were counted in a second pass")
    let sentence = claimed + ": " + facts.joined(separator: " and ")
    guard let first = broken.first else { return claim.column.planned.finding(.passed, sentence, evidence: evidence) }
    return claim.failed(sentence, evidence, observed: sides[first].isLower ? -.infinity : .infinity)
  }
}
