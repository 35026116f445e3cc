internal import Metrics
internal import Statistics

/// Finds what rows say of a metric, or of its difference between two models on the same rows, by the method that the metric
/// asks for.
struct EffectEstimator<Rows: MetricRows>: Sendable {
  let metric: Metric<Rows>
  let candidate: Rows
  /// The other model's predictions of the same rows, in the same order.
  let baseline: Rows?
  let clusters: Clusters?

  /// Fewer rows than these are too few for what holds of many.
  static var fewest: Int { 30 }

  /// The metric of the candidate.
  func level(_ value: Double) throws(Undefined) -> Effect {
    switch try metric.evidence(of: candidate) {
    case .proportion(let hits) where clusters == nil: return try Self.share(hits)
    case .proportion(let hits): return try smooth(value, RowMeans(hits), nil)
    case .means(let means): return try smooth(value, means, nil)
    case .rocArea(let scores): return try area(scores)
    case .cells(let cells): return try CellEffect(cells, nil, clusters).effect(value)
    case .contrasts(let contrasts): return try ContrastEffect(contrasts, nil, clusters).effect(value)
    case .resample: return try RowResampling(self).effect(value)
    }
  }

  /// The candidate's metric less the baseline's.
  func difference(_ value: Double) throws(Undefined) -> Effect {
    guard let baseline else { throw .noObservations }
    switch (try metric.evidence(of: candidate), try metric.evidence(of: baseline)) {
    case (.proportion(let mine), .proportion(let theirs)):
      guard clusters == nil, mine.isCounted == theirs.isCounted else {
        return try smooth(value, RowMeans(mine), RowMeans(theirs))
      }
      return try Self.paired(mine, theirs)
    case (.means(let mine), .means(let theirs)): return try smooth(value, mine, theirs)
    case (.rocArea(let mine), .rocArea(let theirs)): return try areas(mine, theirs)
    case (.cells(let mine), .cells(let theirs)): return try CellEffect(mine, theirs, clusters).effect(value)
    case (.contrasts(let mine), .contrasts(let theirs)):
      return try ContrastEffect(mine, theirs, clusters).effect(value)
    default: return try RowResampling(self).effect(value)
    }
  }

  // MARK: - Shares

  private static func share(_ hits: RowHits) throws(Undefined) -> Effect {
    let count = try BinomialCount(hits.hits, of: hits.counted)
    return Effect(count.share, method: Wilson.method.name, count: count.trials) { confidence throws(Undefined) in
      try Wilson.interval(count, confidence: confidence).interval
    }
  }

  private static func paired(_ mine: RowHits, _ theirs: RowHits) throws(Undefined) -> Effect {
    var (both, first, second, neither) = (0, 0, 0, 0)
    for row in mine.isCounted.indices where mine.isCounted[row] {
      switch (mine.isHit[row], theirs.isHit[row]) {
      case (true, true): both += 1
      case (true, false): first += 1
      case (false, true): second += 1
      case (false, false): neither += 1
      }
    }
    let outcomes = try PairedOutcomes(both: both, firstOnly: first, secondOnly: second, neither: neither)
    let method = outcomes.discordant > 0 ? Tango.method.name : RuleOfThree.method.name
    return Effect(outcomes.difference, method: method, count: outcomes.total) { confidence throws(Undefined) in
      try PairedDifference.interval(outcomes, confidence: confidence).interval
    }
  }

  // MARK: - Means

  private func smooth(_ value: Double, _ mine: RowMeans, _ theirs: RowMeans?) throws(Undefined) -> Effect {
    var influences = try mine.influences
    var moved = influences.count
    if let theirs {
      let others = try theirs.influences
      guard others.count == influences.count else { throw .lengthsDiffer(influences.count, others.count) }
      for row in influences.indices { influences[row] -= others[row] }
      moved = mine.numerators.indices.count { row in
        mine.numerators[row] != theirs.numerators[row] || mine.denominators[row] != theirs.denominators[row]
      }
    }
    let clusters = mine.units.map { units in self.clusters?.elements(at: units) } ?? self.clusters
    let interval = try InfluenceInterval(
      value: value, influences: influences, clusters: clusters?.codes, clusterCount: clusters?.count ?? 0)
    try requireEnough(interval.units)
    // Of few rows that differ, all may differ to one side by chance.
    let reach = theirs != nil && moved < CellEffect.fewestMoved ? Self.reach(mine, theirs) : nil
    let rows = influences.count
    let name = interval.standardError > 0 ? InfluenceInterval.method.name : RuleOfThree.method.name
    return Effect(value, method: name, count: interval.units) { confidence throws(Undefined) in
      guard let reach else { return try interval.interval(confidence: confidence) }
      let share = try RuleOfThree.largestShare(unseenIn: rows, confidence: (1 + confidence) / 2)
      let known = interval.standardError > 0 ? try interval.interval(confidence: confidence) : nil
      return ConfidenceInterval(
        lower: min(known?.lower ?? value, value - share * reach),
        upper: max(known?.upper ?? value, value + share * reach), confidence: confidence)
    }
  }

  /// How far a row can move a mean: as far as the values of all rows lie apart.
  private static func reach(_ mine: RowMeans, _ theirs: RowMeans?) -> Double? {
    let values = mine.numerators + (theirs?.numerators ?? [])
    guard let least = values.min(), let most = values.max(), most > least else { return nil }
    return most - least
  }

  private func requireEnough(_ units: Int) throws(Undefined) {
    guard units >= Self.fewest else {
      throw .tooFew(clusters == nil ? "rows" : "groups", needed: Self.fewest, got: units)
    }
  }

  // MARK: - Areas

  private func area(_ scores: RowScores) throws(Undefined) -> Effect {
    let areas = try DeLong(labels: scores.isPositive, scores: [scores.scores])
    if let clusters { return try clustered(areas.areas[0], areas.influences(0), clusters).scaled(like: scores) }
    let varies = try areas.covariance(0, 0) > 0
    return Effect(areas.areas[0], method: DeLong.method.name, count: scores.scores.count) {
      confidence throws(Undefined) in
      varies
        ? try areas.area(0, confidence: confidence).interval : try areas.exactArea(0, confidence: confidence).interval
    }.scaled(like: scores)
  }

  private func areas(_ mine: RowScores, _ theirs: RowScores) throws(Undefined) -> Effect {
    let areas = try DeLong(labels: mine.isPositive, scores: [mine.scores, theirs.scores])
    let difference = areas.areas[0] - areas.areas[1]
    if let clusters {
      let influences = zip(areas.influences(0), areas.influences(1)).map { $0 - $1 }
      return try clustered(difference, influences, clusters).scaled(mine.factor)
    }
    let variance = try areas.varianceOfDifference(0, 1)
    let (positives, negatives) = (areas.positives, areas.negatives)
    let name = variance > 0 ? DeLong.method.name : RuleOfThree.method.name
    return Effect(difference, method: name, count: mine.scores.count) { confidence throws(Undefined) in
      guard variance == 0 else {
        let half = Normal.critical(confidence: confidence) * variance.squareRoot()
        return ConfidenceInterval(
          lower: max(-1, difference - half), upper: min(1, difference + half), confidence: confidence)
      }
      // Both models place all rows alike: each class may have so large a share of rows that they place otherwise.
      let half = (3 + confidence) / 4
      let share =
        try RuleOfThree.largestShare(unseenIn: positives, confidence: half)
        + RuleOfThree.largestShare(unseenIn: negatives, confidence: half)
      return ConfidenceInterval(
        lower: max(-1, difference - share), upper: min(1, difference + share), confidence: confidence)
    }.scaled(mine.factor)
  }

  private func clustered(_ value: Double, _ influences: [Double], _ clusters: Clusters) throws(Undefined) -> Effect {
    let interval = try InfluenceInterval(
      value: value, influences: influences, clusters: clusters.codes, clusterCount: clusters.count)
    try requireEnough(interval.units)
    return Effect(value, method: InfluenceInterval.method.name, count: interval.units) { confidence throws(Undefined) in
      try interval.interval(confidence: confidence)
    }
  }
}

extension Effect {
  /// What the metric makes of the area.
  fileprivate func scaled(like scores: RowScores) -> Effect { scaled(scores.factor, plus: scores.offset) }
}

extension RowMeans {
  /// A share as the quotient of two sums.
  init(_ hits: RowHits) {
    let denominators = hits.isCounted.indices.map { hits.isCounted[$0] ? hits.weights?[$0] ?? 1 : 0 }
    self.init(hits.isHit.indices.map { hits.isHit[$0] ? denominators[$0] : 0 }, denominators)
  }
}
