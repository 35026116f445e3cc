internal import Baselines
package import Language
package import Verdict

/// A candidate model that is compared with its baseline: by the metrics of both, or by their predictions.
package struct ModelSubject: Subject {
  package var name: String
  package var location: SourceLocation?
  package let declaration: ModelDeclaration
  package let sources: MetricsSources
  let modelChecks: [ModelCheck]
  private let budgets: [BudgetCheck]

  package init(name: Located<String>, declaration: ModelDeclaration, sources: MetricsSources) {
    self.name = name.value
    self.location = name.location
    self.declaration = declaration
    self.sources = sources
    self.modelChecks = declaration.checks(named: name.value)
    self.budgets = declaration.budgets.map { BudgetCheck($0, of: name.value) }
  }

  /// The whole of `models:`: a subject for each name, in the order of the file.
  package static func shape(_ sources: MetricsSources) -> Shape<[ModelSubject]> {
    ModelDeclaration.shape.subjects.map { models in
      models.map { ModelSubject(name: $0.name, declaration: $0.value, sources: sources) }
    }
  }

  package var suite: Suite { .models }

  package var checks: [PlannedCheck] {
    (declaration.isByPredictions ? PredictionsPlan(declaration, named: name).all : modelChecks.map(\.planned))
      + budgets.map(\.planned)
  }

  package func evaluate(_ selection: Selection, in context: RunContext) async -> [Finding] {
    let spent = budgets.filter { selection.includes($0.planned.id) }.map { $0.finding(in: context) }
    if declaration.isByPredictions { return await evaluatePredictions(selection, in: context) + spent }
    let selected = modelChecks.filter { selection.includes($0.planned.id) }
    guard let comparison = await comparison(for: selected, in: context) else { return spent }
    let findings = selected.map { comparison.finding(for: $0) }
    guard declaration.usesHistory, case .success(let contract) = comparison.contract else { return findings + spent }
    return findings.recording(selected, of: declaration, contract) + spent
  }

  /// - Parameters:
  ///   - isSelfTest: whether every metric is moved beyond its limit.
  ///   - power: how often an equal candidate ought to pass: then all that findings note is the training runs for it.
  func evaluatePredictions(
    _ selection: Selection, in context: RunContext, isSelfTest: Bool = false, power: Double? = nil
  ) async -> [Finding] {
    let plan = PredictionsPlan(declaration, named: name)
    guard plan.all.contains(where: { selection.includes($0.id) }) else { return [] }
    func run<Rows: PredictedRows>(_ rows: Rows.Type) async -> [Finding] {
      await PredictionsRun<Rows>(
        declaration: declaration.findingRuns(in: context.workingDirectory), plan: plan, write: sources.write,
        context: context, isSelfTest: isSelfTest, power: power
      ).findings(selection)
    }
    guard let rows = declaration.predictions.task?.value.rows else { return [] }
    return await run(rows)
  }

  /// The metrics that some checks need; nil when there are no checks, or nobody waits for them any more.
  func comparison(for selected: [ModelCheck], in context: RunContext) async -> MetricsComparison? {
    guard !selected.isEmpty, let candidate = declaration.candidate.metrics else { return nil }
    let reader = MetricsReader(sources)
    let mine = await MetricsSide.load(candidate, role: .candidate, reader: reader, context: context)
    var baseline: Result<MetricsSide, SideFailure>?
    if let reference = declaration.baseline, let metrics = reference.metrics,
      !reference.isHistory, selected.contains(where: \.claim.needsBaseline)
    {
      baseline = await MetricsSide.load(
        metrics, role: .baseline, maxAge: reference.maxAge?.value, reader: reader, context: context)
    }
    let contract = await judged(in: context)
    let recorded = declaration.usesHistory ? contract.map { RecordedBaseline(declaration, $0, context) } : nil
    guard !Task.isCancelled else { return nil }
    return MetricsComparison(
      candidate: mine, baseline: baseline, whenMissing: declaration.baseline?.whenMissing ?? .error,
      contract: contract, recorded: recorded, declaration: declaration)
  }

  /// On what the candidate's metrics are judged.
  private func judged(in context: RunContext) async -> Result<ComparabilityContract, Obstacle> {
    let definitions = declaration.definitions(of: modelChecks)
    guard let set = declaration.evaluationSet else {
      return .success(ComparabilityContract(model: name, set: nil, metrics: definitions))
    }
    return await set.load(context).map { ComparabilityContract(model: name, set: $0, metrics: definitions) }
  }
}
