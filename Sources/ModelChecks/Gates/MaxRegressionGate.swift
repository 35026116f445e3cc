package import Language
package import Statistics
package import Verdict

/// The metric is not much worse than the baseline's.
package struct MaxRegressionGate: ChangeGate {
  package var margin: Margin
  package var location: SourceLocation

  package static let documentation = CheckDocumentation(
    suite: .models, kind: "max_regression",
    summary:
      "The candidate's metric is worse than the baseline's by no more than the margin. The margin itself passes.",
    why: "A candidate replaces a model that works. Without a comparison, quality leaks away one release at a time, "
      + "and every release still passes its floor.",
    example: "- {metric: roc_auc, max_regression: 0.005 absolute}\n"
      + "- {metric: log_loss, max_regression: 1% relative}\n"
      + "- {metric: fpr, max_regression: [0.001 absolute, 1% relative]}  # the absolute one when the baseline is 0",
    fix: "Compare the training data and settings of both models. When the loss is worth what was gained elsewhere, "
      + "widen the margin in a change of its own, or make the candidate the baseline.")

  package static var key: Key<GateEntry> {
    .each("max_regression", Shape<Margin>.margin, documentation.summary) { margin, node, entry in
      entry.claims.append(.change(MaxRegressionGate(margin: margin, location: node.value.location)))
    }
  }

  package var limit: String { "at most \(margin) worse than the baseline" }

  package func allowedBenefit(_ amount: Double) -> ClosedRange<Double> { -amount...(.infinity) }

  package func verdict(on change: Change, holds: Bool, limit: String) -> String {
    if !holds { return "more than \(limit) allowed" }
    return change.benefit < 0 ? "within the \(limit) allowed" : "no regression"
  }

  package func conclusion(_ decision: BoundDecision, isBetter: Bool, limit: String) -> String {
    switch decision {
    case .inside: isBetter ? "superior" : "non-inferior: less than \(limit) worse"
    case .outside: "inferior: more than \(limit) worse"
    case .straddling: "it may be more than \(limit) worse, or not"
    }
  }
}
