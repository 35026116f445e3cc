internal import Metrics
internal import Statistics

/// Finds what rows say of a metric, or of its difference between two models on the same rows, by the method that the metric
/// asks for.
struct EffectEstimator<Rows: MeasuredRows>: Sendable {
  let metric: Metric<Rows>
  let candidate: Rows
  /// The other model's predictions of the same rows, in the same order.
  let baseline: Rows?
  let clusters: Clusters?

  /// The metric of the candidate.
  func level(_ value: Double) throws(Undefined) -> Effect {
    try requireInterval()
    let effect: Effect
    switch try metric.evidence(of: candidate) {
    case .proportion(let hits) where clusters == nil: effect = try ShareEffect.level(hits)
    case .proportion(let hits): effect = try means(hits.means, nil).effect(value)
    case .means(let means): effect = try self.means(means, nil).effect(value)
    case .rocArea(let scores): effect = try AreaEffect.level(scores, clusters)
    case .cells(let cells): effect = try CellEffect(cells, nil, clusters).effect(value)
    case .contrasts(let contrasts): effect = try ContrastEffect(contrasts, nil, clusters).effect(value)
    case .resample: effect = try RowResampling(self).effect(value)
    }
    return effect.within(metric.page.range)
  }

  /// The candidate's metric less a multiple of the baseline's.
  ///
  /// - Parameter factor: 1 for the difference. Of a relative change it is the observed ratio r: c - r b has the baseline's
  ///   own uncertainty in it, which a difference over the observed b would leave out.
  func difference(_ value: Double, factor: Double = 1) throws(Undefined) -> Effect {
    try requireInterval()
    guard let baseline else { throw .noObservations }
    let effect: Effect
    switch (try metric.evidence(of: candidate), try metric.evidence(of: baseline)) {
    case (.proportion(let mine), .proportion(let theirs)) where isOfSameRows(mine, theirs) && mine.weights == nil:
      effect = try ShareEffect.difference(mine, theirs, factor: factor)
    case (.proportion(let mine), .proportion(let theirs)) where isOfSameRows(mine, theirs) && factor == 1:
      effect = try ShareEffect.difference(mine, theirs, weights: mine.weights ?? [])
    case (.proportion(let mine), .proportion(let theirs)):
      effect = try means(mine.means, theirs.means, factor).effect(value)
    case (.means(let mine), .means(let theirs)): effect = try means(mine, theirs, factor).effect(value)
    case (.rocArea(let mine), .rocArea(let theirs)):
      effect = try AreaEffect.difference(mine, theirs, factor: factor, clusters)
    case (.cells(let mine), .cells(let theirs)):
      effect = try CellEffect(mine, theirs, clusters, factor: factor).effect(value)
    case (.contrasts(let mine), .contrasts(let theirs)):
      effect = try ContrastEffect(mine, theirs, clusters, factor: factor).effect(value)
    default: effect = try RowResampling(self, factor: factor).effect(value)
    }
    let range = metric.page.range
    // No share of what has no bound has one, apart from none of it.
    let ends = [range.lowerBound, range.upperBound].map { factor == 0 ? 0 : factor * $0 }
    let (least, most) = (ends.min() ?? 0, ends.max() ?? 0)
    return effect.within(range.lowerBound - most...max(range.upperBound - least, range.lowerBound - most))
  }

  /// The candidate's metric over the baseline's, less 1, where there is an interval of such a ratio itself; nil where there
  /// is none.
  func relativeChange() throws(Undefined) -> Effect? {
    guard let baseline, case .proportion(let mine) = try metric.evidence(of: candidate),
      case .proportion(let theirs) = try metric.evidence(of: baseline), isOfSameRows(mine, theirs),
      mine.weights == nil
    else { return nil }
    try requireInterval()
    return try ShareEffect.relativeChange(mine, theirs)
  }

  /// Whether two shares are of the same rows, each of them independent of the others.
  private func isOfSameRows(_ mine: RowHits, _ theirs: RowHits) -> Bool {
    clusters == nil && mine.isCounted == theirs.isCounted && mine.weights == theirs.weights
  }

  private func means(_ mine: RowMeans, _ theirs: RowMeans?, _ factor: Double = 1) -> MeanEffect {
    let range = metric.page.range
    // What several rows make together is one unit, where its first row is.
    return MeanEffect(
      mine: mine, theirs: theirs, factor: factor, weights: mine.units == nil ? candidate.weights : nil,
      clusters: mine.units.map { units in clusters?.elements(at: units) } ?? clusters,
      width: mine.form == .plain && range.lowerBound.isFinite && range.upperBound.isFinite
        ? range.upperBound - range.lowerBound : nil)
  }

  private func requireInterval() throws(Undefined) {
    if metric.page.isExtreme { throw .outsideDomain("the one worst row or bin makes \(metric.name)") }
  }
}
