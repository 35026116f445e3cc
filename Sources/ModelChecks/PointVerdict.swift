internal import Language
internal import Verdict

/// Verdicts about these rows, or this file, alone: one number held against another.
enum PointVerdict {
  static func finding(for check: ModelCheck, _ gate: any ValueGate, _ value: Double) -> Finding {
    let holds = Rounding.contains(gate.range, value)
    let ends = [gate.range.lowerBound, gate.range.upperBound]
    let figures = Figures(distinguishing: holds ? [] : ends.map { ($0, value) })
    let message = "\(check.title) is \(figures.text(value))" + (holds ? ", " : ", but must be ") + "\(gate.bound)"
    return check.planned.finding(
      holds ? .passed : .failed, message, evidence: Evidence(observed: Quantity(value), limit: gate.bound))
  }

  static func finding(
    for check: ModelCheck, _ gate: any ChangeGate, _ change: Change, notes: [String] = []
  ) throws(Obstacle) -> Finding {
    let margin = try deciding(gate, change)
    let holds = change.keeps(gate.allowedBenefit(margin.amount))
    let figures = Figures(
      distinguishing: holds ? [] : [(change.baseline, change.candidate), (abs(change.difference), margin.amount)])
    var movement = figures.movement(of: change)
    if case .relative = margin { movement = figures.movement(of: change, withShare: true) }
    return check.planned.finding(
      holds ? .passed : .failed,
      "\(movement), \(gate.verdict(on: change, holds: holds, limit: margin.description))",
      evidence: Evidence(
        observed: Quantity(change.candidate), baseline: Quantity(change.baseline), limit: .text(gate.limit),
        notes: [difference(change, figures)] + notes))
  }

  /// The part of the margin that decides; throws where it is relative to zero.
  static func deciding(_ gate: any ChangeGate, _ change: Change) throws(Obstacle) -> Margin.Part {
    if let margin = gate.margin.deciding(for: change.baseline) { return margin }
    throw Obstacle(
      reason: .undefined,
      message:
        "\(change.metric) is \(Quantity.brief(change.baseline)) in the baseline, and \(gate.margin) relative to zero is "
        + "undefined",
      notes: ["add an absolute margin, which then decides: [0.001 absolute, \(gate.margin) relative]"])
  }

  static func difference(_ change: Change, _ figures: Figures) -> String {
    let better = change.direction == .higher ? "higher" : "lower"
    return "difference: \(figures.difference(of: change, withShare: true)); \(better) is better"
  }
}
