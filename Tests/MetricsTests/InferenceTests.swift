import Metrics
import Statistics
import Testing

/// What intervals are computed from says the same as the metric itself.
@Suite struct InferenceTests {
  private static func rows(weighted: Bool) throws -> BinaryRows {
    var random = SplitMix(11)
    let labels = (0..<80).map { _ in random.next() % 3 == 0 }
    let scores = labels.map { Double(random.next() % 1000) / 1500 + ($0 ? 0.2 : 0) }
    return try BinaryRows(
      labels: labels, scores: scores, weights: weighted ? labels.map { _ in Double(random.next() % 5) + 0.5 } : nil)
  }

  /// Every metric of the rows has a value, and what one infers from says the same. Returns the kinds of evidence.
  @discardableResult
  private static func agree<Rows: MetricRows>(_ rows: Rows, without: String = "") throws -> Set<String> {
    var kinds: Set<String> = []
    for definition in Rows.metrics where definition.name != without {
      let metric = try definition.metric(MetricLawTests.arguments(definition.parameters))
      guard metric.lackOfInterval == nil else { continue }
      let value = try metric.value(of: rows)
      let again: Double
      switch try metric.evidence(of: rows) {
      case .proportion(let hits):
        kinds.insert("proportion")
        again = try hits.means.value
      case .means(let means):
        kinds.insert("means")
        again = try means.value
        // A root of 0 has no slope.
        if value != 0 {
          #expect(abs(try means.influences.reduce(0, +)) < 1e-9 * max(1, abs(value)), "\(definition.name)")
        }
      case .rocArea(let scores):
        kinds.insert("rocArea")
        let area = try DeLong(labels: scores.isPositive, scores: [scores.scores]).areas[0]
        again = scores.factor * area + scores.offset
      case .cells(let cells):
        kinds.insert("cells")
        var counts = [Double](repeating: 0, count: cells.count)
        for cell in cells.cells { counts[Int(cell)] += 1 }
        again = try cells.value(of: counts)
      case .contrasts(let contrasts):
        kinds.insert("contrasts")
        again = worst(contrasts)
      case .resample:
        kinds.insert("resample")
        continue
      }
      #expect(abs(again - value) <= 1e-12 * max(1, abs(value)), "\(definition.name): \(again), \(value)")
    }
    return kinds
  }

  /// The worst contrast, from group to group.
  private static func worst(_ contrasts: RowContrasts) -> Double {
    func mean(_ rate: RowContrasts.Rate, _ isMember: (Int) -> Bool) -> Double {
      let rows = contrasts.groups.indices.filter { rate.isCounted[$0] && isMember(contrasts.groups[$0]) }
      let weight = rows.reduce(0) { $0 + (contrasts.weights?[$1] ?? 1) }
      return rows.reduce(0) { $0 + (contrasts.weights?[$1] ?? 1) * rate.values[$1] } / weight
    }
    var worst: [Double] = []
    for rate in contrasts.rates {
      let means = contrasts.names.indices.map { group in mean(rate) { $0 == group } }
      let others = contrasts.isToOverall ? [mean(rate) { _ in true }] : means
      switch contrasts.form {
      case .difference: worst += means.flatMap { mean in others.map { abs(mean - $0) } }
      case .ratio: worst += means.flatMap { mean in others.map { -min(mean / $0, $0 / mean) } }
      case .least: worst += means.map { -$0 }
      case .magnitude: worst += means.map(abs)
      }
    }
    let largest = worst.max() ?? 0
    return contrasts.form == .ratio || contrasts.form == .least ? -largest : largest
  }

  @Test func binaryRowsAgree() throws {
    let kinds = try Self.agree(try Self.rows(weighted: false))
    #expect(kinds == ["proportion", "means", "rocArea", "cells", "resample"])
  }

  /// A weighted share is no count of successes, nor are weighted cells counts.
  @Test func weightedRowsAgree() throws {
    let kinds = try Self.agree(try Self.rows(weighted: true), without: "hosmer_lemeshow")
    #expect(kinds == ["proportion", "means", "resample"])
  }

  @Test func multiclassRowsAgree() throws {
    let probabilities = (0..<30).flatMap { row -> [Double] in
      let sizes = [3, 4, 5].map { Double((row * $0 + 2 * $0) % 7 + 1) }
      return sizes.map { $0 / sizes.reduce(0, +) }
    }
    let rows = try MulticlassRows(
      classes: ["a", "b", "c"], labels: (0..<30).map { ($0 * 5) % 3 }, probabilities: probabilities)
    #expect(try Self.agree(rows) == ["proportion", "means", "cells", "resample"])
  }

  @Test func otherRowsAgree() throws {
    try Self.agree(
      try MultilabelRows(
        names: ["a", "b"], labels: [true, false, false, true, true, false],
        scores: [0.9, 0.2, 0.1, 0.6, 0.7, 0.65]))
    let labels = (1...40).map { Double(($0 * 37) % 23) + 1 }
    let predictions = labels.enumerated().map { $1 + Double($0 % 5) - 1.5 }
    try Self.agree(try RegressionRows(labels: labels, predictions: predictions))
    try Self.agree(
      try ForecastRows(
        labels: [10, 12, 14, 9], predictions: [11, 11, 15, 9], lower: [9, 9, 13, 8], upper: [12, 11.5, 16, 10],
        deviations: [1, 2, 1, 0.5], histories: [[5, 7, 8, 9, 11]]))
    try Self.agree(
      try RankingRows(
        queries: [3, 3, 3, 1, 1, 1], relevances: [1, 0, 2, 0, 0, 1], scores: [0.3, 0.2, 0.9, 0.5, 0.1, 0.4]))
    try Self.agree(
      try TextRows(
        hypotheses: ["the cat sat on mat", "a dog"], references: [["the cat sat on the mat"], ["a dog", "one dog"]]))
    try Self.agree(try GenerationRows(samples: [10, 10, 5], passed: [3, 0, 5]))
    try Self.agree(try LikelihoodRows(logLikelihoods: [-4.3, -9], tokens: [4, 7], words: [3, 5], bytes: [14, 30]))
    try Self.agree(try EmbeddingRows(dimensions: 2, first: [1, 0, 1, 1], second: [1, 0.5, -1, 1]))
    try Self.agree(
      try FlipRows(baseline: [1, 0, 1, 1, 0], candidate: [1, 1, 0, 1, 0], labels: [1, 1, 1, 0, 0]))
    for weights in [nil, [1, 2, 1.5, 1, 0.5, 3]] {
      let kinds = try Self.agree(
        try FairnessRows(
          rows: try BinaryRows(
            labels: [true, false, true, false, true, false], scores: [0.9, 0.8, 0.3, 0.7, 0.6, 0.2],
            predictions: [true, true, false, true, true, false], weights: weights),
          names: ["a", "b"], groups: [0, 0, 0, 1, 1, 1]))
      #expect(kinds == ["contrasts", "proportion", "resample"])
    }
  }

  /// An influence is what leaving a row out changes, to first order.
  @Test func influencesAreDerivatives() throws {
    let labels = (0..<400).map { Double(($0 * 37) % 101) / 10 }
    let predictions = labels.enumerated().map { $1 + Double(($0 * 53) % 17) / 10 - 0.7 }
    let rows = try RegressionRows(labels: labels, predictions: predictions)
    for name in ["mse", "rmse", "r2", "mae", "mean_error", "msle", "rmsle", "mape", "d2_absolute_error"] {
      let metric = try MetricRegistry.definition(name, of: RegressionRows.self).metric(["sklearn_compat": .flag(true)])
      guard case .means(let means) = try metric.evidence(of: rows) else {
        Issue.record("\(name) has no means")
        continue
      }
      let (value, influences) = (try metric.value(of: rows), try means.influences)
      for row in [5, 57, 399] {
        let without = try metric.value(of: rows.rows(at: labels.indices.filter { $0 != row }))
        let change = (value - without) * Double(labels.count - 1)
        #expect(abs(change - influences[row]) < 0.02 * (abs(influences[row]) + abs(value)), "\(name), row \(row)")
      }
    }
  }

  @Test func severalOutputsAreResampled() throws {
    let rows = try RegressionRows(labels: [1, 2, 3, 4], predictions: [1, 3, 3, 5], outputs: 2)
    let metric = try MetricRegistry.definition("rmse", of: RegressionRows.self).metric()
    guard case .resample = try metric.evidence(of: rows) else {
      Issue.record("there is no influence of a mean of roots")
      return
    }
  }
}
