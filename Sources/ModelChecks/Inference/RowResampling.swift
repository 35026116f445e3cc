internal import Metrics
internal import Statistics

/// A metric that no formula gives an interval of: by a bootstrap of the rows while they are few, by sections of them
/// when they are many. Both models are resampled on the same rows.
struct RowResampling<Rows: MeasuredRows>: Sendable {
  private let estimator: EffectEstimator<Rows>
  /// Of the baseline's metric.
  private let factor: Double

  /// Of more rows than these a resample costs too much.
  private static var mostResampled: Int { 10_000 }
  private static var resamples: Int { 2000 }

  init(_ estimator: EffectEstimator<Rows>, factor: Double = 1) {
    self.estimator = estimator
    self.factor = factor
  }

  func effect(_ value: Double) throws(Undefined) -> Effect {
    let rows = estimator.candidate.count
    let counted = EffectiveCount(rows: rows, weights: estimator.candidate.weights, estimator.clusters)
    try counted.require()
    let fewest = estimator.metric.page.fewestOfClass ?? AreaDifference.fewest
    if let (what, count) = estimator.candidate.rarest, count < fewest {
      throw .tooFew(what, needed: fewest, got: count)
    }
    let units = estimator.clusters?.count ?? rows
    if rows > Self.mostResampled, units > 40 * Sectioning.sections, let effect = sectioned(value, counted) {
      return effect
    }
    return try bootstrapped(value, units, counted)
  }

  /// The metric, or its difference, on some of the rows.
  private func statistic(_ rows: [Int]) throws(Undefined) -> Double {
    let (mine, theirs) = try values(rows)
    return mine - factor * (theirs ?? 0)
  }

  private func values(_ rows: [Int]) throws(Undefined) -> (mine: Double, theirs: Double?) {
    let mine = try estimator.metric.value(of: estimator.candidate.rows(at: rows))
    guard let baseline = estimator.baseline else { return (mine, nil) }
    return (mine, try estimator.metric.value(of: baseline.rows(at: rows)))
  }

  /// Nil where the metric is undefined on one of the sections.
  private func sectioned(_ value: Double, _ counted: EffectiveCount) -> Effect? {
    let parts = Sectioning.deal(rows: estimator.candidate.count, clusters: estimator.clusters?.codes)
    var values: [Double] = []
    for part in parts {
      guard let value = try? statistic(part) else { return nil }
      values.append(value)
    }
    guard let error = try? Sectioning.standardError(of: value, sections: values), error > 0 else { return nil }
    let law = StudentT(degrees: Double(values.count - 1))
    return Effect(value, method: Sectioning.method.name, count: counted.rounded) { confidence throws(Undefined) in
      let half = law.critical(confidence: confidence) * error
      return ConfidenceInterval(lower: value - half, upper: value + half, confidence: confidence)
    }
  }

  private func bootstrapped(_ value: Double, _ units: Int, _ counted: EffectiveCount) throws(Undefined) -> Effect {
    let count = estimator.candidate.count
    let resamples = min(Self.resamples, max(200, Self.resamples * Self.mostResampled / count))
    let members = estimator.clusters.map(Self.members)
    var replicates: [Double] = []
    var agrees = estimator.baseline != nil
    // From the content alone: the value stands for it.
    let seed = Seed("row-bootstrap", [value, Double(count), Double(units)])
    for number in 0..<resamples {
      var random = Philox(seed, stream: UInt64(number))
      var rows: [Int] = []
      rows.reserveCapacity(count)
      for _ in 0..<units {
        let unit = random.index(below: UInt32(units))
        if let members { rows += members[unit] } else { rows.append(unit) }
      }
      guard let (mine, theirs) = try? values(rows) else { continue }
      let replicate = mine - factor * (theirs ?? 0)
      guard replicate.isFinite else { continue }
      replicates.append(replicate)
      if mine != theirs { agrees = false }
    }
    guard (resamples - replicates.count) * 100 <= resamples else {
      throw .undefinedResamples(resamples - replicates.count, of: resamples)
    }
    let distribution = try BootstrapDistribution(estimate: value, replicates: replicates)
    if agrees || replicates.allSatisfy({ $0 == replicates.first }) {
      return unvaried(value, distribution, counted, agrees: agrees)
    }
    let influences = influences(units, members)
    let deviation = try distribution.standardError()
    // Of two classes the rarer one says how much is known, and at most what the rows that have influence do: nothing,
    // where none alone moves a metric that jumps.
    let rarest = estimator.candidate.rarest.map { Double($0.count) } ?? .infinity
    let known = max(3, min(counted.value, rarest, influences?.effectiveCount ?? 0))
    return Effect(value, method: Bootstrap.method.name, count: counted.rounded) { confidence throws(Undefined) in
      var interval = try distribution.bca(
        acceleration: influences?.acceleration ?? 0, count: known, confidence: confidence)
      // Quantiles of resamples err where the metric jumps with the rows, as a median does.
      let half =
        StudentT(degrees: known - 1).critical(confidence: confidence) * deviation * (known / (known - 1)).squareRoot()
      interval.lower = min(interval.lower, value - half)
      interval.upper = max(interval.upper, value + half)
      return interval
    }
  }

  /// Of two models that no resample told apart, or that all resamples say the same of: as if as many rows were
  /// predicted as badly as can be as may be without one that was seen.
  private func unvaried(
    _ value: Double, _ distribution: BootstrapDistribution, _ counted: EffectiveCount, agrees: Bool
  ) -> Effect {
    Effect(value, method: RuleOfThree.method.name, count: counted.rounded) { confidence throws(Undefined) in
      let share = try RuleOfThree.largestShare(
        unseenIn: counted.rounded, confidence: min((1 + confidence) / 2, 1.0.nextDown))
      let reach = try reach(share, agrees: agrees)
      // With a multiple of the baseline the metric itself varies.
      let known = factor == 1 || !agrees ? nil : try? distribution.percentile(confidence: confidence)
      return ConfidenceInterval(
        lower: min(known?.lower ?? value, value - reach), upper: max(known?.upper ?? value, value + reach),
        confidence: confidence)
    }
  }

  private func reach(_ share: Double, agrees: Bool) throws(Undefined) -> Double {
    let mine = try reach(share, of: estimator.candidate)
    var theirs = 0.0
    if !agrees, let baseline = estimator.baseline { theirs = try reach(share, of: baseline) }
    // What is as bad as can be gets better, and by how much is seen at the other model.
    let both = estimator.baseline == nil ? 1 : 1 + abs(factor)
    let whole = agrees ? mine : both * max(mine, theirs)
    guard whole > 0 else { throw .zeroVariance }
    return whole
  }

  private func reach(_ share: Double, of model: Rows) throws(Undefined) -> Double {
    let value = try estimator.metric.value(of: model)
    var farthest = 0.0
    for rows in model.disturbed(share) {
      farthest = max(farthest, try (estimator.metric.value(of: rows) - value).magnitude)
    }
    return farthest
  }

  /// From leaving out each of at most a hundred parts of the rows, or groups. Nil where that leaves the metric
  /// undefined, or moves nothing.
  private func influences(_ units: Int, _ members: [[Int]]?) -> LeaveOneOut? {
    let parts = min(units, 100)
    var values: [(value: Double, weight: Double)] = []
    for part in 0..<parts {
      let left = (0..<units).filter { $0 % parts != part }.flatMap { members?[$0] ?? [$0] }
      guard let value = try? statistic(left) else { return nil }
      values.append((value, 1))
    }
    return LeaveOneOut(values)?.ofParts(holding: Double(units) / Double(parts))
  }

  private static func members(_ clusters: Clusters) -> [[Int]] {
    var members = [[Int]](repeating: [], count: clusters.count)
    for (row, cluster) in clusters.codes.enumerated() { members[Int(cluster)].append(row) }
    return members
  }
}
