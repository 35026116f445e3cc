package import Language
package import Statistics
package import Verdict

/// The metric is not so much better than the baseline's that nobody believes it.
package struct SuspiciousImprovementGate: ChangeGate {
  package var margin: Margin
  package var location: SourceLocation

  package static let documentation = CheckDocumentation(
    suite: .models, kind: "suspicious_improvement",
    summary:
      "The candidate's metric is not better than the baseline's by more than the margin. The margin itself passes.",
    why: "A jump that nobody can explain is more often a leak than a discovery: a feature that knows the label, test "
      + "rows in the training data, another evaluation set.",
    example: "- {metric: roc_auc, suspicious_improvement: 0.05 absolute}",
    fix: "Look for what changed: new features, another split, other rows. When the improvement is real, widen the "
      + "margin in a change of its own, or make the candidate the baseline.")

  package static var key: Key<GateEntry> {
    .each("suspicious_improvement", Shape<Margin>.margin, documentation.summary) { margin, node, entry in
      entry.claims.append(.change(SuspiciousImprovementGate(margin: margin, location: node.value.location)))
    }
  }

  package var limit: String { "at most \(margin) better than the baseline" }

  package func allowedBenefit(_ amount: Double) -> ClosedRange<Double> { -.infinity...amount }

  package func verdict(on change: Change, holds: Bool, limit: String) -> String {
    if !holds { return "more than the \(limit) that is believed" }
    return change.benefit > 0 ? "within the \(limit) that is believed" : "no improvement"
  }

  package func conclusion(_ decision: BoundDecision, isBetter: Bool, limit: String) -> String {
    switch decision {
    case .inside: "within the \(limit) that is believed"
    case .outside: "better by more than the \(limit) that is believed"
    case .straddling: "it may be more than \(limit) better, or not"
    }
  }
}
