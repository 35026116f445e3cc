internal import Language
internal import Scan
internal import Verdict

/// The checks of a model that is judged by predictions.
struct PredictionsPlan: Sendable {
  /// Whether the predictions can be judged at all.
  let predictions: PlannedCheck
  /// Whether both sides have the same rows; nil where that needs no check.
  let join: PlannedCheck?
  let checks: [ModelCheck]

  init(_ declaration: ModelDeclaration, named model: String) {
    func planned(_ kind: String, _ side: ModelSide) -> PlannedCheck {
      PlannedCheck(
        id: CheckID(suite: .models, subject: model, check: kind), kind: kind, location: side.predictions?.location,
        isImplicit: true)
    }
    predictions = planned(PredictionsCheck.documentation.kind, declaration.candidate)
    join = declaration.baseline.flatMap { baseline in
      baseline.predictions == nil ? nil : planned(JoinCheck.documentation.kind, baseline)
    }
    checks = declaration.checks(named: model)
  }

  var all: [PlannedCheck] { [predictions] + (join.map { [$0] } ?? []) + checks.map(\.planned) }
}

extension Obstacle {
  /// What another check found, for those that depend on it in a run without it.
  init(of finding: Finding) {
    self.init(
      outcome: finding.outcome, reason: finding.reason, message: "\(finding.id.name): \(finding.message)",
      samples: finding.evidence.samples, notes: finding.evidence.notes)
  }

  func finding(for planned: PlannedCheck) -> Finding {
    planned.finding(outcome, message, reason: reason, evidence: Evidence(samples: samples, notes: notes))
  }
}

extension PredictionTable.Problem {
  var obstacle: Obstacle {
    switch self {
    case .unreadable(let failure):
      return Obstacle(reason: failure.reason, message: "\(failure.message); \(failure.advice)")
    case .absent(let columns, let name, let near):
      let words = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      return Obstacle(
        outcome: .failed, message: "\(name) has no column \(words)",
        notes: near.map { ["did you mean \"\($0)\"?"] } ?? [])
    case .unusable(let problem): return problem.obstacle
    case .repeated(let columns, let name):
      let words = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      return Obstacle(
        reason: .undefined, message: "\(name) has more than one column \(words), and nothing says which is meant",
        notes: ["give the columns of the file different names"])
    }
  }
}

extension RowProblem {
  var obstacle: Obstacle { Obstacle(reason: reason, message: message, samples: samples, notes: notes) }
}
