package import Language
package import Statistics
package import Verdict

/// One bound of a gate: a claim about one metric. Every kind is a file of its own and a line in ``GateRegistry``.
package protocol Gate: Sendable {
  static var documentation: CheckDocumentation { get }
  /// How the bound is written: the key appends the gate to its entry.
  static var key: Key<GateEntry> { get }
  /// Where the limit is written.
  var location: SourceLocation { get }
}

/// A gate that judges the candidate's value alone.
package protocol ValueGate: Gate {
  var bound: Bound { get }
  /// The smallest and the largest value that the bound lets through.
  var range: ClosedRange<Double> { get }
}

/// A gate that judges how the candidate differs from the baseline.
package protocol ChangeGate: Gate {
  var margin: Margin { get }
  /// The limit in words that stand alone: `at most 0.005 worse than the baseline`.
  var limit: String { get }
  /// The benefits that pass when the margin is worth `amount` in the metric's own unit.
  func allowedBenefit(_ amount: Double) -> ClosedRange<Double>
  /// Completes the sentence "roc_auc fell from 0.918 to 0.653 (-0.265), …".
  func verdict(on change: Change, holds: Bool, limit: String) -> String
  /// What an interval of the benefit says of the population.
  ///
  /// - Parameter isBetter: whether all of the interval is on the better side.
  func conclusion(_ decision: BoundDecision, isBetter: Bool, limit: String) -> String
}

/// What a gate claims, by what it needs to know.
package enum Claim: Sendable {
  case value(any ValueGate)
  case change(any ChangeGate)

  package var gate: any Gate {
    switch self {
    case .value(let gate): gate
    case .change(let gate): gate
    }
  }

  /// The kind: the key in the config.
  package var kind: String { type(of: gate).documentation.kind }

  var needsBaseline: Bool { if case .change = self { true } else { false } }
}
