internal import Language
internal import Statistics

extension GateMeasure {
  /// The same, had the metric been so far beyond its limit that all of its interval is; nil where nothing is beyond it.
  var beyondLimit: GateMeasure? {
    var (low, high) = (estimate, estimate)
    if case .success(let effect)? = effect {
      let confidence = check.entry.confidence?.value ?? 0.95
      // Wider than any family of gates asks for.
      guard let interval = try? effect.interval(confidence: 1 - (1 - confidence) / 1e4) else { return nil }
      (low, high) = (interval.lower, interval.upper)
    }
    let step = max(abs(estimate), 1) / 1000
    let shift: Double
    if allowed.lowerBound.isFinite {
      shift = allowed.lowerBound - step - high
    } else if allowed.upperBound.isFinite {
      shift = allowed.upperBound + step - low
    } else {
      return nil
    }
    return GateMeasure(
      check: check, rows: rows, subject: moved(by: shift), effect: effect?.map { $0.scaled(1, plus: shift) })
  }

  private func moved(by shift: Double) -> Subject {
    switch subject {
    case .value(let gate, let value): return .value(gate, value + shift)
    case .change(let gate, var change, let margin):
      change.candidate += (change.direction == .higher ? shift : -shift) * margin.unit(change.baseline)
      return .change(gate, change, margin)
    }
  }
}
