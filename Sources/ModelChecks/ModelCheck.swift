internal import Language
internal import Metrics
package import Verdict

/// One check of a model: a claim about a metric, with the identity that it is reported under.
package struct ModelCheck: Sendable {
  package var planned: PlannedCheck
  package var metric: String
  /// Which side is better; nil only for claims that do not need to know.
  package var direction: MetricDirection?
  package var claim: Claim
  /// The entry that it is one bound of.
  package var entry: GateEntry
  /// The slices that are judged one by one; nil for all rows together.
  package var slice: SliceDeclaration?
  /// The groups that it compares with each other; nil for a gate that looks at rows one by one.
  package var fairness: FairnessDeclaration?
  /// Whether the metric itself is of both models.
  var isOfBoth = false
}

extension ModelCheck {
  /// The metric as messages name it.
  var title: String { entry.reference?.title ?? metric }

  var needsBaseline: Bool { isOfBoth || claim.needsBaseline }

  /// Which slices it judges: those of a declaration, or, where they are discovered, its own.
  var slicing: String { slice?.discovery == nil ? slice?.name ?? "" : planned.id.description }
}

extension ModelDeclaration {
  /// The checks in the order of the config: one for each bound of each gate.
  package func checks(named model: String) -> [ModelCheck] {
    gates.flatMap { entry in
      guard let metric = entry.metric?.value else { return [ModelCheck]() }
      let allRows: [SliceDeclaration?] = entry.slices?.includesAllRows ?? true ? [nil] : []
      let parts = allRows + slices.filter { entry.slices?.includes($0) ?? false }
      return entry.claims.flatMap { claim in
        parts.map { slice in
          let name = (entry.id?.value ?? claim.kind) + (slice.map { "@\($0.name)" } ?? "")
          let id = CheckID(suite: .models, subject: model, column: metric, check: name)
          return ModelCheck(
            planned: PlannedCheck(
              id: id, kind: claim.kind, severity: entry.severity, location: claim.gate.location),
            metric: metric, direction: betterSide(of: entry), claim: claim, entry: entry, slice: slice,
            isOfBoth: traits(of: entry)?.isOfBoth ?? false)
        }
      }
    } + fairness.flatMap { $0.checks(named: model) }
  }

  /// The direction as stated, or else as the metric itself has it.
  func betterSide(of entry: GateEntry) -> MetricDirection? {
    entry.direction ?? inherentSide(of: entry)
  }

  /// The direction that the metric itself has.
  func inherentSide(of entry: GateEntry) -> MetricDirection? {
    guard isByPredictions, predictions.task != nil, entry.reference != nil else {
      return entry.metric.flatMap { MetricDirection.known(for: $0.value) }
    }
    switch traits(of: entry)?.better {
    case .higher?: return .higher
    case .lower?: return .lower
    case .near(_)?, .neither?, nil: return nil
    }
  }

  /// The value at which the metric is best, where that is no side; nil for any other, and for an unknown one.
  func target(of entry: GateEntry) -> Double? {
    guard let reference = entry.reference, reference.custom == nil else { return nil }
    let page = isByPredictions ? traits(of: entry)?.page : MetricRegistry.page(reference.name.value)
    if case .near(let target)? = page?.better { return target }
    return nil
  }

  /// What is known of a gate's metric; nil where there is none of the name, and for one that the gate makes.
  private func traits(of entry: GateEntry) -> MetricTraits? {
    guard isByPredictions, let reference = entry.reference, reference.custom == nil else { return nil }
    return try? predictions.task?.value.metric(reference)
  }
}
