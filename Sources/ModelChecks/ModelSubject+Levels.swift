internal import Language
package import Verdict

extension ModelSubject {
  /// What the gates are about, whatever they bound: each metric of the candidate once, of all rows and of the slices
  /// that its gates name, with the interval at the level of the gates, or of 95 %. None for metrics files, which say
  /// nothing of how sure they are, and where the rows cannot be read: the findings of the run say why. Slices that a
  /// gate discovers are its own.
  package func levels(in context: RunContext) async -> [MetricLevel] {
    guard declaration.isByPredictions, let rows = declaration.predictions.task?.value.rows else { return [] }
    let declaration = declaration.ofLevels.findingRuns(in: context.workingDirectory)
    let plan = PredictionsPlan(declaration, named: name)
    let write = sources.write
    func run<Rows: PredictedRows>(_ rows: Rows.Type) async -> [MetricLevel] {
      await PredictionsRun<Rows>(declaration: declaration, plan: plan, write: write, context: context)
        .levels(Selection(plan.checks.map(\.planned.id.description)))
    }
    guard !plan.checks.isEmpty else { return [] }
    return await run(rows)
  }
}

extension ModelDeclaration {
  /// The same model, with gates that bound nothing.
  fileprivate var ofLevels: ModelDeclaration {
    var model = self
    model.slices = slices.filter { $0.discovery == nil }
    model.gates = gates.levels
    for index in model.gates.indices {
      model.gates[index].slices?.includesAllRows = true
      if model.slices.isEmpty { model.gates[index].slices = nil }
    }
    model.fairness = fairness.map { groups in
      var groups = groups
      groups.gates = groups.gates.levels
      return groups
    }
    return model
  }
}

extension [GateEntry] {
  /// One entry for each metric with its parameters, which any value keeps.
  fileprivate var levels: [GateEntry] {
    var levels: [GateEntry] = []
    for entry in self {
      guard let reference = entry.reference else { continue }
      if let known = levels.firstIndex(where: { $0.reference?.key == reference.key }) {
        levels[known].confidence = levels[known].confidence ?? entry.confidence
        levels[known].slices = levels[known].slices?.union(entry.slices) ?? entry.slices
        continue
      }
      var level = entry
      level.id = Located("level \(levels.count)", at: reference.name.location)
      level.claims = [.value(BetweenGate(range: -.infinity...(.infinity), location: reference.name.location))]
      levels.append(level)
    }
    for index in levels.indices where levels[index].confidence == nil {
      guard let place = levels[index].metric?.location else { continue }
      levels[index].confidence = Located(0.95, at: place)
    }
    return levels
  }
}
