import JSON
import Statistics
import VectorSupport

extension VectorKind {
  static let resampling: [String: VectorKind] = [
    "delong_paired": VectorKind { vector in
      let (labels, scores) = try scoredRows(vector)
      let delong = try DeLong(labels: labels, scores: scores)
      let models = scores.indices
      return [
        "n_pos": .number(Double(delong.positives)), "auc": .numbers(delong.areas),
        "cov": try .any { .table(try models.map { row in try models.map { try delong.covariance(row, $0) } }) },
        "var_diff": try .of { try delong.varianceOfDifference(0, 1) },
        "z": try .of { try delong.test(0, 1).statistic },
        "pvalue": try .of { try delong.test(0, 1).p.value },
        "log10_pvalue": try .of { try delong.test(0, 1).p.log10 },
        "ci95_diff": try .any { .interval(try delong.difference(0, 1, confidence: 0.95).interval) },
      ]
    },
    "bootstrap_exhaustive_mean": VectorKind { vector in
      let values = try vector.numbers("values")
      let n = values.count
      func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(n) }
      let resamples = (0..<n).reduce([[]]) { (heads: [[Double]], _) in
        heads.flatMap { head in values.map { head + [$0] } }
      }
      let distribution = try BootstrapDistribution(estimate: mean(values), replicates: resamples.map(mean))
      let left = values.indices.map { index in
        values.indices.filter { $0 != index }.map { values[$0] }.reduce(0, +) / Double(n - 1)
      }
      func levels() throws -> (Double, Double) {
        try BootstrapDistribution.adjustedLevels(
          bias: distribution.bias(), acceleration: Jackknife(left).acceleration(),
          levels: BootstrapDistribution.levels(0.95))
      }
      let (low, high) = (distribution.quantile(0.025), distribution.quantile(0.975))
      return [
        "B": .number(Double(resamples.count)), "theta_hat": .number(distribution.estimate),
        "se_boot_ddof1": try .of { try distribution.standardError() }, "pct_95": .numbers([low, high]),
        "basic_95": .numbers([2 * distribution.estimate - high, 2 * distribution.estimate - low]),
        "z0": try .of { try distribution.bias() }, "acceleration": try .of { try Jackknife(left).acceleration() },
        "bca_alpha": try .any { .numbers([try levels().0, try levels().1]) },
        "bca_95": try .any {
          .numbers([distribution.quantile(try levels().0), distribution.quantile(try levels().1)])
        },
      ]
    },
    "bca_adjusted_levels": VectorKind { vector in
      let levels = try BootstrapDistribution.adjustedLevels(
        bias: vector.number("z0"), acceleration: vector.number("a"),
        levels: BootstrapDistribution.levels(1 - vector.number("alpha")))
      return ["alpha1": .number(levels.0), "alpha2": .number(levels.1)]
    },
    "jackknife": VectorKind { vector in
      let (x, y) = (try vector.numbers("x"), try vector.numbers("y"))
      let means = try Jackknife(rows: x.count) { rows throws(Undefined) in try Moments(rows.map { x[$0] }).mean }
      let correlations = try Jackknife(rows: x.count) { rows throws(Undefined) in
        let (a, b) = (try Moments(rows.map { x[$0] }), try Moments(rows.map { y[$0] }))
        let products = rows.map { (x[$0] - a.mean) * (y[$0] - b.mean) }.compensatedSum
        return products / (a.m2 * b.m2).squareRoot()
      }
      return [
        "se_mean": try .of { try means.standardError() }, "se_corr": try .of { try correlations.standardError() },
      ]
    },
    "poisson_bootstrap": VectorKind { vector in
      if vector.has("u") {
        let weights = try vector.numbers("u").map { Double(PoissonWeight.weight($0)) }
        return ["k": .numbers(weights), "cdf_table": .numbers(PoissonWeight.cumulative)]
      }
      let values = try vector.numbers("values")
      let count = try vector.count("B")
      let uniforms = VectorGenerator.uniform(count * values.count, UInt32(try vector.count("seed")))
      let weights = (0..<count).map { resample in
        values.indices.map { Double(PoissonWeight.weight(uniforms[resample * values.count + $0])) }
      }
      let replicates = weights.map { zip($0, values).map(*).reduce(0, +) / $0.reduce(0, +) }
      let deviation = try Moments(replicates).standardDeviation()
      let (point, half) = (
        try Moments(values).mean, StudentT(degrees: Double(count - 1)).critical(confidence: 0.95) * deviation
      )
      return [
        "weights": .table(weights), "replicates": .numbers(replicates), "se_ddof1": .number(deviation),
        "t_ci95_df\(count - 1)": .numbers([point - half, point + half]),
      ]
    },
  ]

  /// The labels and the models' scores of a case, or what its generator makes.
  private static func scoredRows(_ vector: VectorCase) throws -> ([Bool], [[Double]]) {
    guard vector.has("gen") else { return (try vector.numbers("y_true").map { $0 != 0 }, try vector.table("scores")) }
    let (count, seed) = (try vector.count("n"), UInt32(try vector.count("seed")))
    let labels = VectorGenerator.uniform(count, seed).map { $0 < 0.3 }
    let base = VectorGenerator.normalish(count, seed + 1)
    let scores = try (1...2).map { model in
      let noise = VectorGenerator.normalish(count, seed + 1 + UInt32(model))
      let shift = try vector.number("shift\(model)")
      return (0..<count).map { (base[$0] + 0.5 * noise[$0]) + shift * (labels[$0] ? 1.0 : 0.0) }
    }
    return (labels, scores)
  }
}
