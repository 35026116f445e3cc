package import Verdict

/// All kinds of gates, in the order in which the documentation lists them.
package enum GateRegistry {
  package static let all: [any Gate.Type] = [
    AtLeastGate.self,
    AtMostGate.self,
    BetweenGate.self,
    EqualsGate.self,
    MaxRegressionGate.self,
    MinImprovementGate.self,
    SuspiciousImprovementGate.self,
  ]

  /// What `cupel explain` says of them.
  package static var documentation: [CheckDocumentation] { all.map { $0.documentation } }
}
