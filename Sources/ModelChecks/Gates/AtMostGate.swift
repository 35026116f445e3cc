package import Language
package import Verdict

/// The metric is not above a limit.
package struct AtMostGate: ValueGate {
  package var limit: Located<Double>

  package static let documentation = CheckDocumentation(
    suite: .models, kind: "at_most",
    summary: "The candidate's metric is not above the limit. The limit itself passes.",
    why: "For losses, errors and costs this is the ceiling that no comparison replaces. For scores it catches the "
      + "result that is too good to be true, the sign of a leak.",
    example: "- {metric: log_loss, at_most: 0.45}",
    fix: "Look at what changed in the data or the training. A score above its ceiling calls for a look at the "
      + "features: one of them may know the label.")

  package static var key: Key<GateEntry> {
    .each("at_most", Shape<Double>.number.located, documentation.summary) { limit, _, entry in
      entry.claims.append(.value(AtMostGate(limit: limit)))
    }
  }

  package var location: SourceLocation { limit.location }
  package var bound: Bound { .atMost(Quantity(limit.value)) }
  package var range: ClosedRange<Double> { -.infinity...limit.value }
}
