internal import Metrics
internal import Statistics

/// A function of means over the rows, or its difference between two models on the same rows.
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
    var influences = try mine.influences
    if let theirs {
      let others = try theirs.influences
      guard others.count == influences.count else { throw .lengthsDiffer(influences.count, others.count) }
      for row in influences.indices { influences[row] -= factor * others[row] }
    }
    let isCounted = mine.numerators.indices.map { mine.numerators[$0] != 0 || mine.denominators[$0] != 0 }
    let counted = EffectiveCount(rows: influences.count, weights: weights, isCounted: isCounted, clusters)
    try counted.require()
    let interval = try InfluenceInterval(
      value: value, influences: influences, clusters: clusters?.codes, clusterCount: clusters?.count ?? 0)
    // Of few rows that differ, all may differ to one side by chance; of rows that are all alike, another may be unseen.
    let isUnsure = theirs == nil ? interval.standardError == 0 : moved < CellEffect.fewestMoved
    let reach = isUnsure ? reach : nil
    let quotient = try mine.quotient
    let name = interval.standardError > 0 ? InfluenceInterval.method.name : RuleOfThree.method.name
    return Effect(value, method: name, count: counted.rounded) { confidence throws(Undefined) in
      guard let reach else { return try interval.skewed(confidence: confidence, of: counted.unit) }
      let share = try RuleOfThree.largestShare(
        unseenIn: counted.rounded, confidence: min((1 + confidence) / 2, 1.0.nextDown))
      let known = interval.standardError > 0 ? try interval.interval(confidence: confidence) : nil
      let unseen = abs(mine.form.value(quotient + share * reach) - mine.form.value(quotient))
      return ConfidenceInterval(
        lower: min(known?.lower ?? value, value - unseen), upper: max(known?.upper ?? value, value + unseen),
        confidence: confidence)
    }
  }

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
    return most > least ? most - least : width
  }
}
