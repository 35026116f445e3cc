internal import Metrics
internal import Statistics

/// What a metric makes of the area under the ROC curve, or its difference between two models on the same rows.
enum AreaEffect {
  static func level(_ scores: RowScores, _ clusters: Clusters?) throws(Undefined) -> Effect {
    let areas = try DeLong(labels: scores.isPositive, scores: [scores.scores])
    try require(areas)
    if let clusters {
      return try clustered(areas.areas[0], areas.influences(0), clusters).scaled(scores.factor, plus: scores.offset)
    }
    let varies = try areas.covariance(0, 0) > 0
    let name = varies ? DeLong.method.name : RuleOfThree.method.name
    let effect = Effect(areas.areas[0], method: name, count: scores.scores.count) { confidence throws(Undefined) in
      varies
        ? try areas.area(0, confidence: confidence).interval
        : try areas.unvariedArea(0, confidence: confidence).interval
    }
    return effect.scaled(scores.factor, plus: scores.offset)
  }

  /// The first less a multiple of the second.
  static func difference(
    _ mine: RowScores, _ theirs: RowScores, factor: Double, _ clusters: Clusters?
  ) throws(Undefined) -> Effect {
    let areas = try DeLong(labels: mine.isPositive, scores: [mine.scores, theirs.scores])
    try require(areas)
    let offset = mine.offset * (1 - factor)
    if let clusters {
      let influences = zip(areas.influences(0), areas.influences(1)).map { $0 - factor * $1 }
      return try clustered(areas.areas[0] - factor * areas.areas[1], influences, clusters)
        .scaled(mine.factor, plus: offset)
    }
    let difference = try AreaDifference(areas, 0, 1, factor: factor)
    let name = difference.agrees ? RuleOfThree.method.name : AreaDifference.method.name
    return Effect(difference.value, method: name, count: mine.scores.count) { confidence throws(Undefined) in
      try difference.interval(confidence: confidence)
    }.scaled(mine.factor, plus: offset)
  }

  /// The rarer class decides what rows can tell of an area.
  private static func require(_ areas: DeLong) throws(Undefined) {
    for (what, count) in [("positive rows", areas.positives), ("negative rows", areas.negatives)]
    where count < AreaDifference.fewest {
      throw .tooFew(what, needed: AreaDifference.fewest, got: count)
    }
  }

  private static func clustered(_ value: Double, _ influences: [Double], _ clusters: Clusters) throws(Undefined)
    -> Effect
  {
    let counted = EffectiveCount(rows: influences.count, weights: nil, clusters)
    try counted.require()
    let interval = try InfluenceInterval(
      value: value, influences: influences, clusters: clusters.codes, clusterCount: clusters.count)
    return Effect(value, method: InfluenceInterval.method.name, count: counted.rounded) {
      confidence throws(Undefined) in
      try interval.skewed(confidence: confidence, of: counted.unit)
    }
  }
}
