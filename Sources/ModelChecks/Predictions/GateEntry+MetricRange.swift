internal import Language
internal import Metrics
internal import Verdict

/// What is wrong with a gate because of the metric that it is about.
extension GateEntry {
  func validate(against page: MetricPage, _ problems: inout Problems) {
    if let confidence, page.isExtreme {
      problems.report(
        "\(page.name) has no interval: the one worst row or bin makes it, and a worse one may be unseen",
        at: confidence.location,
        help: ["leave confidence out to judge these rows alone, or gate on a mean or a quantile of the errors"])
    }
    for claim in claims {
      switch claim {
      case .value(let gate): validate(gate, page, &problems)
      case .change(let gate): validate(gate, page, &problems)
      }
    }
  }

  private func validate(_ gate: any ValueGate, _ page: MetricPage, _ problems: inout Problems) {
    if let confidence, gate.range.lowerBound == gate.range.upperBound {
      problems.report(
        "no interval lies within one number, so that \(gate.bound) can never pass with confidence",
        at: confidence.location, help: ["leave out confidence, or write between: and what may be"])
    }
    guard !gate.range.overlaps(page.range) else { return }
    problems.report(
      "\(page.name) cannot be \(gate.bound)", at: gate.location, label: "it is \(Self.words(page.range))",
      help: page.range == 0...1 ? ["a share is written as a number: 0.9 for 90%"] : [])
  }

  private func validate(_ gate: any ChangeGate, _ page: MetricPage, _ problems: inout Problems) {
    let width = page.range.upperBound - page.range.lowerBound
    guard width.isFinite, let amount = gate.margin.absolute, gate.margin.relative == nil else { return }
    let allowed = gate.allowedBenefit(amount)
    if !allowed.overlaps(-width...width) {
      problems.report(
        "\(page.name) cannot be \(gate.limit)", at: gate.location, label: "it is \(Self.words(page.range))")
    } else if allowed.lowerBound <= -width, allowed.upperBound >= width {
      problems.report(
        "\(page.name) is always \(gate.limit), so this would check nothing", at: gate.location,
        label: "it is \(Self.words(page.range))")
    }
  }

  /// `between 0 and 1`, `at least 0`, `at most 1`.
  private static func words(_ range: ClosedRange<Double>) -> String {
    switch (range.lowerBound.isFinite, range.upperBound.isFinite) {
    case (true, true): "between \(Quantity.text(range.lowerBound)) and \(Quantity.text(range.upperBound))"
    case (true, false): "at least \(Quantity.text(range.lowerBound))"
    case (false, _): "at most \(Quantity.text(range.upperBound))"
    }
  }
}
