internal import Metrics
internal import Statistics

/// A function of means over the rows, or its difference between two models on the same rows.
///
/// The relative change of a mean loss is that of c - r b, row by row, for the ratio r of the means: the delta method of
/// a ratio of paired means, with their covariance. Where every row says the same, as of a candidate whose every loss is
/// k times the baseline's, or one that is right on all rows, no row varies, and the bound is that of what no row
/// showed: at most 1 - (1 - confidence / 2)^(1/n) of the rows may be others, each as far off as the losses of both
/// models lie apart, and of one model whose losses are all the same as far as each is large.
///
/// Simulated with 500 rows of exponential and of lognormal losses, 2,000 times each, and a margin of 10 %: where k is
/// 1.5, 2 or 10 in every row, 98.9 % to all of the candidates fail, and with k = 1.1, the margin itself, none passes or
/// fails. Where k varies from row to row by 30 %, 96 % (exponential) and 75 % (lognormal) of those with a mean k of 1.5
/// to 10 fail, and at the margin 1.0 % fail and 1.5 % pass: all others are inconclusive. What no row shows, such as one
/// catastrophe in a hundred rows that a sample of a hundred misses in 37 % of the cases, no interval of a loss without
/// a bound can hold.
struct MeanEffect: Sendable {
  let mine: RowMeans
  let theirs: RowMeans?
  /// Of the other model's metric.
  let factor: Double
  let weights: [Double]?
  let clusters: Clusters?
  /// How far apart two values of the metric can be at all; nil where nothing says.
  var width: Double?

  func effect(_ value: Double) throws(Undefined) -> Effect {
    var influences = try Self.influences(mine)
    var size = abs(value) + Self.size(influences)
    var ratio: Fieller?
    if let theirs {
      let others = try Self.influences(theirs)
      guard others.count == influences.count else { throw .lengthsDiffer(influences.count, others.count) }
      for row in influences.indices { influences[row] -= factor * others[row] }
      size += abs(factor) * Self.size(others)
      ratio = factor == 1 ? nil : try self.ratio(influences, others, try theirs.value)
    }
    let (fieller, baseline) = (ratio, try theirs?.value ?? 0)
    // What is left of differences that are all the same is rounding.
    let isConstant = Self.size(influences) <= 1e-12 * (size + abs(try mine.value))
    let isCounted = mine.numerators.indices.map { mine.numerators[$0] != 0 || mine.denominators[$0] != 0 }
    let counted = EffectiveCount(rows: influences.count, weights: weights, isCounted: isCounted, clusters)
    try counted.require()
    let interval = try InfluenceInterval(
      value: value, influences: influences, clusters: clusters?.codes, clusterCount: clusters?.count ?? 0)
    // Of few rows that differ, all may differ to one side by chance; of rows that are all alike, another may be unseen.
    let isUnsure = isConstant || theirs != nil && moved < CellEffect.fewestMoved
    let reach = isUnsure ? reach : nil
    let quotient = try mine.quotient
    let name = isConstant ? RuleOfThree.method.name : InfluenceInterval.method.name
    return Effect(value, method: name, count: counted.rounded) { confidence throws(Undefined) in
      guard let reach else {
        var ends = try interval.skewed(confidence: confidence, of: counted.unit)
        // A ratio is skewed to the right where the baseline is hardly known.
        if let longer = try fieller?.interval(confidence: confidence) {
          ends.upper = max(ends.upper, value + (longer.upper - factor) * baseline)
        }
        return ends
      }
      let share = try RuleOfThree.largestShare(
        unseenIn: counted.rounded, confidence: min((1 + confidence) / 2, 1.0.nextDown))
      let known = isConstant ? nil : try interval.interval(confidence: confidence)
      let unseen = abs(mine.form.value(quotient + share * reach) - mine.form.value(quotient))
      return ConfidenceInterval(
        lower: min(known?.lower ?? value, value - unseen), upper: max(known?.upper ?? value, value + unseen),
        confidence: confidence)
    }
  }

  /// What is known of the ratio to the other model's metric, where that is above zero.
  private func ratio(
    _ rest: [Double], _ others: [Double], _ baseline: Double
  ) throws(Undefined) -> Fieller? {
    guard baseline > 0 else { return nil }
    func interval(_ value: Double, _ influences: [Double]) throws(Undefined) -> InfluenceInterval {
      try InfluenceInterval(
        value: value, influences: influences, clusters: clusters?.codes, clusterCount: clusters?.count ?? 0)
    }
    return Fieller(
      ratio: factor, lower: try interval(baseline, others), rest: try interval(0, rest),
      sum: try interval(0, zip(rest, others).map { $0 + $1 }))
  }

  /// How far each row moves the metric. The root of a mean that is 0 has no slope, and no row that moves it either.
  private static func influences(_ means: RowMeans) throws(Undefined) -> [Double] {
    if means.form == .root, try means.quotient == 0 { return [Double](repeating: 0, count: means.numerators.count) }
    return try means.influences
  }

  private static func size(_ influences: [Double]) -> Double { influences.reduce(0) { max($0, abs($1)) } }

  /// In how many rows, or groups, that count the models differ.
  private var moved: Int {
    guard let theirs else { return 0 }
    let rows = mine.numerators.indices.filter { row in
      weights?[row] ?? 1 > 0
        && (mine.numerators[row] != theirs.numerators[row] || mine.denominators[row] != theirs.denominators[row])
    }
    return clusters.map { clusters in Set(rows.map { clusters.codes[$0] }).count } ?? rows.count
  }

  /// How far a row can move the mean: as far as the values of all rows lie apart, or may, where all are the same.
  private var reach: Double? {
    var (least, most) = (Double.infinity, -Double.infinity)
    for means in [mine, theirs].compactMap({ $0 }) {
      for row in means.numerators.indices where means.denominators[row] != 0 {
        let value = means.numerators[row] / (weights == nil ? 1 : means.denominators[row])
        (least, most) = (min(least, value), max(most, value))
      }
    }
    if most > least { return most - least }
    // One model whose losses are all the same, without a range: others may be as much again, or nothing.
    return width ?? (theirs == nil && most.isFinite && most != 0 ? abs(most) : nil)
  }
}
