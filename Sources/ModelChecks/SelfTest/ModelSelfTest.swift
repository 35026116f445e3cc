internal import Baselines
internal import Language
package import Verdict

/// A model whose gates are tested themselves: the candidate's metric is moved just beyond the limit, and the gate ought
/// to fail.
package struct ModelSelfTest: Subject {
  private let model: ModelSubject
  private let selection: Selection

  /// - Parameter selection: the gates, by their own identities.
  package init(of model: ModelSubject, _ selection: Selection) {
    self.model = model
    self.selection = selection
  }

  package var suite: Suite { model.suite }
  package var name: String { model.name }
  package var location: SourceLocation? { model.location }
  package var checks: [PlannedCheck] { selected.map(\.planned.selfTest) }

  private var selected: [ModelCheck] { model.modelChecks.filter { selection.includes($0.planned.id) } }

  package func evaluate(_ selection: Selection, in context: RunContext) async -> [Finding] {
    let selected = selected.filter { selection.includes($0.planned.selfTest.id) }
    if model.declaration.isByPredictions { return await findings(byPredictions: selected, in: context) }
    guard let comparison = await model.comparison(for: selected, in: context) else { return [] }
    return selected.map { finding(of: $0, comparison) }
  }

  /// The metric is moved with its interval.
  private func findings(byPredictions selected: [ModelCheck], in context: RunContext) async -> [Finding] {
    guard !selected.isEmpty else { return [] }
    let gates = Selection(selected.map(\.planned.id.description))
    let controls = await model.evaluatePredictions(gates, in: context)
    let moved = await model.evaluatePredictions(gates, in: context, isSelfTest: true)
    return selected.compactMap { check in
      guard let control = controls.first(where: { $0.id == check.planned.id }),
        let finding = moved.first(where: { $0.id == check.planned.id })
      else { return nil }
      let planned = check.planned.selfTest
      guard control.outcome == .passed else { return planned.finding(before: control, on: "the predictions") }
      guard finding.outcome == .failed else {
        return planned.finding(stayingGreenAfter: 1, "\(check.metric) beyond its limit")
      }
      return planned.finding(.passed, "\(check.metric) beyond its limit turns it red: \(finding.message)")
    }
  }

  private func finding(of check: ModelCheck, _ comparison: MetricsComparison) -> Finding {
    let planned = check.planned.selfTest
    let control = comparison.finding(for: check)
    guard control.outcome == .passed, case .success(let candidate) = comparison.candidate else {
      return planned.finding(before: control, on: "the metrics")
    }
    guard case .found(let entry) = candidate.table.find(check.metric), case .number(let value) = entry.value else {
      return planned.finding(.skipped, "\(check.metric) has no value to move")
    }
    var green: [String] = []
    for moved in comparison.valuesBeyond(check) where moved.isFinite {
      var changed = candidate
      for index in changed.table.entries.indices where changed.table.entries[index].path == entry.path {
        changed.table.entries[index].value = .number(moved)
      }
      var other = comparison
      other.candidate = .success(changed)
      let finding = other.finding(for: check)
      let change = "\(check.metric) \(Quantity.brief(value)) -> \(Quantity.brief(moved))"
      if finding.outcome == .failed {
        return planned.finding(.passed, "\(change) turns it red: \(finding.message)")
      }
      green.append(change)
    }
    guard let first = green.first else { return planned.finding(.skipped, "no value lies beyond the limit") }
    return planned.finding(stayingGreenAfter: green.count, first)
  }
}

extension MetricsComparison {
  /// Values of a metric a thousandth beyond what a gate lets through.
  fileprivate func valuesBeyond(_ check: ModelCheck) -> [Double] {
    switch check.claim {
    case .value(let gate):
      let (low, high) = (gate.range.lowerBound, gate.range.upperBound)
      return [high + Self.step(high), low - Self.step(low)].filter(\.isFinite)
    case .change(let gate):
      guard case .success(let side)? = baseline, case .found(let entry) = side.table.find(check.metric),
        case .number(let value) = entry.value, let margin = gate.margin.deciding(for: value)
      else { return [] }
      let (allowed, step) = (gate.allowedBenefit(margin.amount), Self.step(max(abs(value), margin.amount)))
      let benefits = [allowed.lowerBound - step, allowed.upperBound + step].filter(\.isFinite)
      return benefits.map { check.direction == .lower ? value - $0 : value + $0 }
    }
  }

  private static func step(_ value: Double) -> Double { value == 0 ? 0.001 : abs(value) / 1000 }
}
