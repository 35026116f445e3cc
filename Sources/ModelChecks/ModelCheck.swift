internal import Language
package import Verdict

/// One check of a model: a claim about a metric, with the identity that it is reported under.
package struct ModelCheck: Sendable {
  package var planned: PlannedCheck
  package var metric: String
  /// Which side is better; nil only for claims that do not need to know.
  package var direction: MetricDirection?
  package var claim: Claim
}

extension ModelDeclaration {
  /// The checks in the order of the config: one for each bound of each gate.
  package func checks(named model: String) -> [ModelCheck] {
    gates.flatMap { entry in
      guard let metric = entry.metric?.value else { return [ModelCheck]() }
      return entry.claims.map { claim in
        let id = CheckID(suite: .models, subject: model, column: metric, check: entry.id?.value ?? claim.kind)
        return ModelCheck(
          planned: PlannedCheck(
            id: id, kind: claim.kind, severity: entry.severity, location: claim.gate.location),
          metric: metric, direction: entry.betterSide, claim: claim)
      }
    }
  }
}
