internal import Metrics
internal import Statistics

/// A metric that no formula gives an interval of: by a bootstrap of the rows while they are few, by sections of them when
/// they are many. Both models are resampled on the same rows.
struct RowResampling<Rows: MetricRows>: Sendable {
  private let estimator: EffectEstimator<Rows>

  /// Of more rows than these a resample costs too much.
  private static var mostResampled: Int { 10_000 }
  private static var resamples: Int { 2000 }

  init(_ estimator: EffectEstimator<Rows>) { self.estimator = estimator }

  func effect(_ value: Double) throws(Undefined) -> Effect {
    let rows = estimator.candidate.count
    let units = estimator.clusters?.count ?? rows
    guard units >= EffectEstimator<Rows>.fewest else {
      throw .tooFew(estimator.clusters == nil ? "rows" : "groups", needed: EffectEstimator<Rows>.fewest, got: units)
    }
    if rows > Self.mostResampled, units > 40 * Sectioning.sections, let effect = sectioned(value, units) {
      return effect
    }
    return try bootstrapped(value, units)
  }

  /// The metric, or its difference, on some of the rows.
  private func statistic(_ rows: [Int]) throws(Undefined) -> Double {
    let mine = try estimator.metric.value(of: estimator.candidate.rows(at: rows))
    guard let baseline = estimator.baseline else { return mine }
    return try mine - estimator.metric.value(of: baseline.rows(at: rows))
  }

  /// Nil where the metric is undefined on one of the sections.
  private func sectioned(_ value: Double, _ units: Int) -> Effect? {
    let parts = Sectioning.deal(rows: estimator.candidate.count, clusters: estimator.clusters?.codes)
    var values: [Double] = []
    for part in parts {
      guard let value = try? statistic(part) else { return nil }
      values.append(value)
    }
    guard let error = try? Sectioning.standardError(of: value, sections: values), error > 0 else { return nil }
    let law = StudentT(degrees: Double(values.count - 1))
    return Effect(value, method: Sectioning.method.name, count: units) { confidence throws(Undefined) in
      let half = law.critical(confidence: confidence) * error
      return ConfidenceInterval(lower: value - half, upper: value + half, confidence: confidence)
    }
  }

  private func bootstrapped(_ value: Double, _ units: Int) throws(Undefined) -> Effect {
    let count = estimator.candidate.count
    let resamples = min(Self.resamples, max(200, Self.resamples * Self.mostResampled / count))
    let members = estimator.clusters.map(Self.members)
    var replicates: [Double] = []
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
      if let replicate = try? statistic(rows), replicate.isFinite { replicates.append(replicate) }
    }
    guard (resamples - replicates.count) * 100 <= resamples else {
      throw .undefinedResamples(resamples - replicates.count, of: resamples)
    }
    let distribution = try BootstrapDistribution(estimate: value, replicates: replicates)
    let acceleration = acceleration(units, members)
    return Effect(value, method: Bootstrap.method.name, count: units) { confidence throws(Undefined) in
      if let interval = try? distribution.bca(acceleration: acceleration, confidence: confidence) { return interval }
      return try distribution.percentile(confidence: confidence)
    }
  }

  /// From a jackknife of at most so many parts of the rows; 0 where it is undefined.
  private func acceleration(_ units: Int, _ members: [[Int]]?) -> Double {
    let parts = min(units, 100)
    var values: [Double] = []
    for part in 0..<parts {
      let left = (0..<units).filter { $0 % parts != part }.flatMap { members?[$0] ?? [$0] }
      guard let value = try? statistic(left) else { return 0 }
      values.append(value)
    }
    return (try? Jackknife(values).acceleration()) ?? 0
  }

  private static func members(_ clusters: Clusters) -> [[Int]] {
    var members = [[Int]](repeating: [], count: clusters.count)
    for (row, cluster) in clusters.codes.enumerated() { members[Int(cluster)].append(row) }
    return members
  }
}
