package import Language
package import Statistics
package import Verdict

/// The metric is clearly better than the baseline's.
package struct MinImprovementGate: ChangeGate {
  package var margin: Margin
  package var location: SourceLocation

  package static let documentation = CheckDocumentation(
    suite: .models, kind: "min_improvement",
    summary: "The candidate's metric is better than the baseline's by at least the margin. The margin itself passes.",
    why: "Replacing a model costs work and risk. A candidate that was made to improve something should show it.",
    example: "- {metric: business_value, direction: higher, min_improvement: 0.01 absolute, severity: warn}",
    fix: "Keep the baseline: the candidate does not pay for the change. Use max_regression when it only has to be "
      + "as good.")

  package static var key: Key<GateEntry> {
    .each("min_improvement", Shape<Margin>.margin, documentation.summary) { margin, node, entry in
      entry.claims.append(.change(MinImprovementGate(margin: margin, location: node.value.location)))
    }
  }

  package var limit: String { "at least \(margin) better than the baseline" }

  package func allowedBenefit(_ amount: Double) -> ClosedRange<Double> { amount...(.infinity) }

  package func verdict(on change: Change, holds: Bool, limit: String) -> String {
    holds ? "at least \(limit) better, as required" : "but must be at least \(limit) better"
  }

  package func conclusion(_ decision: BoundDecision, isBetter: Bool, limit: String) -> String {
    switch decision {
    case .inside: "at least \(limit) better, as required"
    case .outside: "less than \(limit) better"
    case .straddling: "it may be \(limit) better, or not"
    }
  }
}
