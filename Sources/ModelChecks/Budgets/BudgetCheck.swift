internal import Language
internal import Verdict

/// A budget of a model, with the identity that it is reported under.
struct BudgetCheck: Sendable {
  let planned: PlannedCheck
  private let budget: Budget

  init(_ budget: Budget, of model: String) {
    self.budget = budget
    let kind = Budget.documentation.kind
    let place = budget.limits.location(for: 0)
    planned = PlannedCheck(
      id: CheckID(suite: .models, subject: model, check: budget.id?.value ?? kind), kind: kind,
      severity: budget.severity, location: place)
  }

  func finding(in context: RunContext) -> Finding {
    guard let source = budget.source, let bound = budget.limits.bound else {
      return planned.finding(.errored, "there is no budget", reason: .nothingToEvaluate)
    }
    let what = what(source)
    let value: Quantity
    do throws(Obstacle) {
      value = try BudgetReader(context: context).value(source)
    } catch {
      return planned.finding(
        error.outcome, error.message, reason: error.reason, evidence: Evidence(limit: bound, notes: error.notes))
    }
    // A plain number in a file has the unit of its limit: nothing in it says another.
    let unit = value.unit == .none ? budget.limits.unit ?? .none : value.unit
    if let other = budget.limits.unit, other != .none, other != unit {
      return planned.finding(
        .errored, "\(what) is \(value), which cannot be compared with \(bound)", reason: .undefined,
        evidence: Evidence(observed: value, limit: bound))
    }
    let observed = Quantity(value.value, unit)
    let holds = Rounding.contains(range, value.value)
    return planned.finding(
      holds ? .passed : .failed, "\(what) is \(words(observed))\(holds ? ", " : ", but must be ")\(bound)",
      evidence: Evidence(observed: observed, limit: bound),
      location: holds ? nil : budget.limits.location(for: value.value))
  }

  /// The number as people read it, and with all of its digits where it would look like the limit that it breaks.
  private func words(_ observed: Quantity) -> String {
    let limits = [budget.limits.equals, budget.limits.atLeast, budget.limits.atMost].compactMap { $0?.value }
    let looksLike = limits.contains { limit in
      limit.value != observed.value && Quantity(limit.value, observed.unit).description == observed.description
    }
    guard looksLike else { return observed.description }
    let number = Int(exactly: observed.value).map { Quantity.grouped($0) } ?? "\(observed.value)"
    let unit = observed.unit == .bytes ? " bytes" : observed.unit == .seconds ? " seconds" : ""
    return "\(observed) (\(number)\(unit))"
  }

  private var range: ClosedRange<Double> {
    let limits = budget.limits
    if let equals = limits.equals?.value.value { return equals...equals }
    let low = limits.atLeast?.value.value ?? -.infinity
    return low...max(low, limits.atMost?.value.value ?? .infinity)
  }

  private func what(_ source: Budget.Source) -> String {
    switch source {
    case .size(let file): "the size of \(file.value)"
    case .json(let file, let path): "\(path.value) of \(file.value)"
    case .report(_, let check): "\(check.value)"
    }
  }
}
