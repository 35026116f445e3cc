internal import Language
internal import Statistics
package import Verdict

/// What a gate with confidence can see with the rows at hand.
package struct GatePower: Sendable, Hashable {
  package let id: CheckID
  package let rows: Int
  /// The change that is found with the power asked for: in the metric's own unit, or as a share of the baseline.
  package let detectable: Quantity
  /// The largest change that the gate allows, in the same unit; nil for a bound of the value itself.
  package let margin: Quantity?
  /// How often a candidate that is exactly as good as the baseline passes; nil for a gate that it ought not to pass.
  package let passes: Double?
  /// The rows with which it passes as often as the power asked for.
  package let needed: Int?
  /// Whether models were trained several times: then rows are only a part of what decides.
  package let isOfRuns: Bool
  /// The training runs with which it passes as often on these rows: `7 training runs of each side`. Nil for one run, and
  /// where no number of runs is enough.
  package let trainings: String?

  /// From the interval of a finding; nil where there is none.
  ///
  /// - Parameter power: how often a change ought to be found, 0.8 for 80 %.
  init?(
    _ check: ModelCheck, _ finding: Finding, power: Double, isOfRuns: Bool = false, trainings: String? = nil
  ) {
    guard let interval = finding.evidence.interval, let rows = finding.evidence.counts?.evaluated, rows > 0,
      interval.upper > interval.lower, interval.upper - interval.lower < .infinity,
      let target = try? PowerTarget(alpha: 1 - (check.entry.confidence?.value ?? 0.95), power: power)
    else { return nil }
    let error = (interval.upper - interval.lower) / (2 * Normal.critical(confidence: interval.level))
    guard let detectable = try? NormalPower.minimumDetectableEffect(standardError: error, target: target) else {
      return nil
    }
    id = check.planned.id
    self.rows = rows
    self.isOfRuns = isOfRuns
    self.trainings = trainings
    var unit = Quantity.Unit.none
    var allowed: Double?
    if case .change(let gate) = check.claim {
      let margin = gate.margin.deciding(for: finding.evidence.baseline?.value ?? 0)
      if case .relative? = margin { unit = .share }
      let range = gate.allowedBenefit(margin?.size ?? 0)
      self.margin = margin.map { Quantity($0.size, unit) }
      // What an equal candidate keeps by that much.
      if range.contains(0) { allowed = min(-range.lowerBound, range.upperBound) }
    } else {
      margin = nil
    }
    self.detectable = Quantity(detectable, unit)
    // Between models that agree on all rows lies what may be unseen, which falls with the number of rows.
    if finding.evidence.method.hasPrefix(RuleOfThree.method.name), let allowed {
      let unseen = (interval.upper - interval.lower) / 2
      passes = unseen <= allowed ? 1 : 0
      needed = allowed > 0 ? Int(exactly: (Double(rows) * unseen / allowed).rounded(.up)) : nil
      return
    }
    passes = allowed.flatMap {
      try? MarginPower.nonInferiority(benefit: 0, margin: $0, standardError: error, alpha: target.alpha / 2)
    }
    needed = allowed.flatMap { allowed in
      guard allowed > 0, !isOfRuns else { return nil }
      return try? MarginPower.nonInferioritySampleSize(
        benefit: 0, margin: allowed, standardDeviation: error * Double(rows).squareRoot(),
        target: PowerTarget(alpha: target.alpha / 2, power: power))
    }
  }
}

extension ModelSubject {
  /// What its gates with confidence can see, and why not where there is no interval. Slices are told by their worst.
  package func power(_ power: Double, in context: RunContext) async -> [(
    id: CheckID, power: GatePower?, problem: String
  )] {
    let checks = modelChecks.filter { $0.entry.confidence != nil }
    guard declaration.isByPredictions, !checks.isEmpty else { return [] }
    let isOfRuns = [declaration.candidate, declaration.baseline].contains { $0?.areRuns == true }
    let findings = await evaluatePredictions(
      Selection(checks.map(\.planned.id.description)), in: context, power: power)
    return checks.compactMap { check in
      findings.first { $0.id == check.planned.id }.map { finding in
        let trainings = isOfRuns && check.slice == nil ? finding.evidence.notes.first : nil
        return (
          check.planned.id,
          GatePower(check, finding, power: power, isOfRuns: isOfRuns, trainings: trainings), finding.message
        )
      }
    }
  }
}
