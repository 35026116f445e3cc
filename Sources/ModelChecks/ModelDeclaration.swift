internal import Baselines
package import Language
internal import Metrics
internal import Verdict

/// One model as the config declares it: a candidate, a baseline, and the gates between them.
package struct ModelDeclaration: Sendable {
  package var candidate = ModelSide()
  package var baseline: ModelSide?
  package var predictions = PredictionTerms()
  package var slices: [SliceDeclaration] = []
  /// Slices with fewer rows are pooled, and not judged if they have no more together.
  package var minRows: Located<Int>?
  package var gates: [GateEntry] = []
  package var fairness: [FairnessDeclaration] = []
  /// The rows that metrics files speak of.
  var evaluationSet: EvaluationSetDeclaration?
  /// What the model may cost besides.
  package var budgets: [Budget] = []

  package init() {}

  package static var shape: Shape<ModelDeclaration> {
    Shape<ModelDeclaration>.object(
      ModelDeclaration(),
      [
        .key("candidate", \.candidate, ModelSide.candidate, "The model that wants to be released.", required: true),
        .optional("baseline", \.baseline, ModelSide.baseline, "The model it is compared with."),
        .key("gates", \.gates, GateEntry.shape.list, "The bounds that the candidate must keep."),
        .key(
          "fairness", \.fairness, FairnessDeclaration.shape.oneOrMany,
          "Groups of people that the model must treat alike, and the gates that say so."),
        .key(
          "slices", \.slices, SliceDeclaration.shape.oneOrMany,
          "How rows are divided for gates with slices:. By columns, their bins, or conditions."),
        .key("budgets", \.budgets, Budget.shape.list, "Numbers that are no metrics, with their limits: sizes, times."),
        .optional(
          "min_rows", \.minRows, Shape<Int>.integer(in: 1...Int.max).located,
          "Slices with fewer rows are pooled as other, and not judged if that has fewer as well: 100."),
        .optional(
          "evaluation_set", \.evaluationSet, EvaluationSetDeclaration.shape,
          "The rows that the metrics files were computed on: a baseline that was accepted for others is not compared."),
      ] + PredictionTerms.keys(\.predictions), check: validate
    ).named("model")
  }

  /// Whether the baseline is what accepted runs left in the history.
  package var usesHistory: Bool { baseline?.isHistory ?? false }

  /// Whether the metrics are computed from predictions.
  var isByPredictions: Bool { candidate.predictions != nil }

  private static func validate(_ model: ModelDeclaration, _ node: Node, _ problems: inout Problems) {
    if model.gates.isEmpty, model.fairness.isEmpty, model.budgets.isEmpty {
      problems.report(
        "this model has no gates, so nothing would be checked", at: node[key: "gates"]?.keyLocation ?? node.location,
        help: ["add gates:, fairness: or budgets:"])
    }
    if model.isByPredictions {
      model.validatePredictions(node, &problems)
    } else {
      model.validateMetricsFiles(&problems)
    }
    let checks = model.checks(named: "")
    for check in checks where check.needsBaseline {
      if model.baseline == nil {
        problems.report(
          "\(check.isOfBoth ? check.metric : check.claim.kind) compares with a baseline, and this model has none",
          at: check.claim.gate.location,
          help: ["add baseline: {\(model.isByPredictions ? "predictions" : "metrics"): …} to the model"])
      }
      if check.isOfBoth, check.claim.needsBaseline {
        problems.report(
          "\(check.metric) compares both models already", at: check.claim.gate.location,
          help: ["bound it by itself: {metric: \(check.metric), at_most: 0.01}"])
      }
      if let stated = check.entry.direction, let inherent = model.inherentSide(of: check.entry), stated != inherent,
        let metric = check.entry.metric
      {
        problems.report(
          "of \"\(metric.value)\" \(inherent.rawValue) is better, and the gate says direction: \(stated.rawValue)",
          at: metric.location, help: ["leave direction out, or bound the metric itself: at_least or at_most"])
      }
      if check.claim.needsBaseline, check.direction == nil, let metric = check.entry.metric, model.isKnown(check.entry)
      {
        problems.report(
          "\(check.claim.kind) needs to know which side of \"\(metric.value)\" is better", at: metric.location,
          label: check.entry.reference?.custom != nil
            ? nil : model.isByPredictions ? "no side of it is" : "not a metric that is known by its name",
          help: [model.target(of: check.entry).map(Self.advice) ?? "add direction: higher or direction: lower"])
      }
      if check.claim.needsBaseline, check.entry.direction != nil, let target = model.target(of: check.entry),
        let metric = check.entry.metric
      {
        problems.report(
          "of \"\(metric.value)\" no side is better: it is best at \(Quantity.text(target))", at: metric.location,
          label: "with a direction, any change to that side would be an improvement", help: [Self.advice(target)])
      }
    }
    var names = Set(PredictionsCheck.all.map(\.kind))
    for budget in model.budgets {
      let check = BudgetCheck(budget, of: "")
      guard !names.insert(check.planned.id.check).inserted else { continue }
      problems.report(
        "\"\(check.planned.id.check)\" is the name of another check of this model",
        at: check.planned.location ?? node.location,
        help: ["give the budget an id: of its own"])
    }
    // By metric, so that a config of many gates takes no quadratic time.
    var earlier: [String: [ModelCheck]] = [:]
    for check in checks {
      report(check, after: earlier[check.metric, default: []], &problems)
      earlier[check.metric, default: []].append(check)
    }
  }

  private static func advice(_ target: Double) -> String {
    let ends = [target - 0.1, target + 0.1].map { Quantity.brief($0) }
    return "bound the metric itself to both sides of its best value: between: [\(ends[0]), \(ends[1])]"
  }

  /// Whether nothing else is wrong with the metric that is reported already.
  private func isKnown(_ entry: GateEntry) -> Bool {
    guard isByPredictions, let task = predictions.task?.value, let reference = entry.reference else { return true }
    return reference.custom != nil || (try? task.metric(reference)) != nil
  }

  private func validateMetricsFiles(_ problems: inout Problems) {
    if let baseline, baseline.hasPredictions, let place = baseline.predictions?.location ?? candidate.metrics?.location
    {
      problems.report(
        "the candidate has metrics and the baseline predictions", at: place,
        help: ["both sides have metrics files, or both have predictions"])
    }
    if let (key, place) = predictions.first {
      problems.report(
        "\"\(key)\" is about predictions, and this model has metrics files", at: place,
        help: ["write candidate: {predictions: …} to have the metrics computed"])
    }
    if let slice = slices.first { problems.report("a metrics file has no rows to slice", at: slice.location) }
    if let groups = fairness.first?.by?.columns.first?.name {
      problems.report("a metrics file has no rows to group", at: groups.location)
    }
    for entry in gates {
      if let slices = entry.slices { problems.report("a metrics file has no rows to slice", at: slices.location) }
      if let confidence = entry.confidence {
        problems.report(
          "a metrics file says nothing of how sure its metrics are", at: confidence.location,
          help: ["write candidate: {predictions: …} for gates with confidence"])
      }
      if let custom = entry.reference?.custom {
        problems.report(
          "a metrics file has no rows to take a mean of", at: custom.location,
          help: ["write candidate: {predictions: …} for metrics of your own"])
      }
      if let reference = entry.reference, !reference.arguments.isEmpty {
        problems.report("a metric of a metrics file has no parameters", at: reference.name.location)
      }
    }
  }

  /// What is wrong with a check beside the earlier ones of its metric.
  private static func report(_ check: ModelCheck, after earlier: [ModelCheck], _ problems: inout Problems) {
    let place = check.claim.gate.location
    if let first = earlier.first(where: { $0.planned.id == check.planned.id }) {
      problems.report(
        "\(check.planned.id.name) stands twice on \"\(check.metric)\", first at \(first.claim.gate.location)",
        at: place,
        label: "the same name again", help: ["give one of them an id: of its own"])
    }
    let same = earlier.filter {
      $0.slice == nil && check.slice == nil && $0.fairness?.name == check.fairness?.name
        && $0.entry.reference?.arguments == check.entry.reference?.arguments
    }
    if let other = same.first(where: { excludes($0, check) }), case .value(let gate) = other.claim {
      problems.report(
        "no value of \"\(check.metric)\" keeps this bound and the one at \(gate.location): \(gate.bound)", at: place,
        label: "impossible together")
    }
  }

  /// Whether no value could pass both checks.
  private static func excludes(_ one: ModelCheck, _ other: ModelCheck) -> Bool {
    guard case .value(let first) = one.claim, case .value(let second) = other.claim else {
      return false
    }
    return !first.range.overlaps(second.range)
  }
}

/// What becomes of a comparison without a baseline.
package enum WhenMissing: String, Sendable, Hashable, CaseIterable {
  /// Comparing gates are errors.
  case error
  /// The candidate is accepted as the first of its kind: comparing gates are skipped, visibly; the others are evaluated.
  case accept
  /// Comparing gates are skipped, visibly; the others are evaluated.
  case absoluteOnly = "absolute-only"
}
