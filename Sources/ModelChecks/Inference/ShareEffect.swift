internal import Metrics
internal import Statistics

/// A share of rows, or its difference between two models on the same rows.
enum ShareEffect {
  static func level(_ hits: RowHits) throws(Undefined) -> Effect {
    if let weights = hits.weights {
      try EffectiveCount(rows: weights.count, weights: weights, isCounted: hits.isCounted, nil).require()
      let rows = hits.countedRows
      let share = try WeightedShare(weights: weights.picking(rows), isHit: hits.isHit.picking(rows))
      return Effect(share.share, method: Wilson.method.name, count: share.rows) { confidence throws(Undefined) in
        try Wilson.interval(share, confidence: confidence).interval
      }
    }
    let count = try BinomialCount(hits.hits, of: hits.counted)
    return Effect(count.share, method: Wilson.method.name, count: count.trials) { confidence throws(Undefined) in
      try Wilson.interval(count, confidence: confidence).interval
    }
  }

  /// The first less the second, of rows with weights. Both count the same rows.
  static func difference(_ mine: RowHits, _ theirs: RowHits, weights: [Double]) throws(Undefined) -> Effect {
    try EffectiveCount(rows: weights.count, weights: weights, isCounted: mine.isCounted, nil).require()
    let rows = mine.countedRows
    let outcomes = try WeightedOutcomes(
      weights: weights.picking(rows), first: mine.isHit.picking(rows), second: theirs.isHit.picking(rows))
    let method = outcomes.areEqual ? RuleOfThree.method.name : Tango.method.name
    return Effect(outcomes.difference, method: method, count: outcomes.total) { confidence throws(Undefined) in
      try PairedDifference.interval(outcomes, confidence: confidence).interval
    }
  }

  /// The first less a multiple of the second. Both count the same rows.
  static func difference(_ mine: RowHits, _ theirs: RowHits, factor: Double) throws(Undefined) -> Effect {
    let outcomes = try outcomes(mine, theirs)
    let baseline = try BinomialCount(outcomes.both + outcomes.secondOnly, of: outcomes.total)
    let method = outcomes.discordant > 0 ? Tango.method.name : RuleOfThree.method.name
    let value = outcomes.difference + (1 - factor) * baseline.share
    let correlation = (1 - factor).sign == .minus ? -correlation(outcomes) : correlation(outcomes)
    return Effect(value, method: method, count: outcomes.total) { confidence throws(Undefined) in
      let difference = try PairedDifference.interval(outcomes, confidence: confidence).interval
      guard factor != 1 else { return difference }
      // The ends of a sum from those of its parts (Zou and Donner, Statistics in Medicine 27 (2008)), which vary together.
      let level = try Wilson.interval(baseline, confidence: confidence).interval
      let scaled = [level.lower, level.upper].map { (1 - factor) * ($0 - baseline.share) }
      func reach(_ a: Double, _ b: Double) -> Double { (a * a + b * b + 2 * correlation * a * b).squareRoot() }
      let below = reach(outcomes.difference - difference.lower, -(scaled.min() ?? 0))
      let above = reach(difference.upper - outcomes.difference, scaled.max() ?? 0)
      return ConfidenceInterval(lower: value - below, upper: value + above, confidence: confidence)
    }
  }

  /// The first over the second, less 1. Both count the same rows.
  static func relativeChange(_ mine: RowHits, _ theirs: RowHits) throws(Undefined) -> Effect {
    let outcomes = try outcomes(mine, theirs)
    let value = Double(outcomes.both + outcomes.firstOnly) / Double(outcomes.both + outcomes.secondOnly) - 1
    return Effect(
      value, method: PairedRatio.method.name, count: outcomes.total, range: -1...(.infinity)
    ) { confidence throws(Undefined) in
      let ratio = try PairedRatio.interval(outcomes, confidence: confidence).interval
      return ConfidenceInterval(lower: ratio.lower - 1, upper: ratio.upper - 1, confidence: confidence)
    }
  }

  private static func outcomes(_ mine: RowHits, _ theirs: RowHits) throws(Undefined) -> PairedOutcomes {
    var (both, first, second, neither) = (0, 0, 0, 0)
    for row in mine.isCounted.indices where mine.isCounted[row] {
      switch (mine.isHit[row], theirs.isHit[row]) {
      case (true, true): both += 1
      case (true, false): first += 1
      case (false, true): second += 1
      case (false, false): neither += 1
      }
    }
    return try PairedOutcomes(both: both, firstOnly: first, secondOnly: second, neither: neither)
  }

  /// Of the difference and the second share: a row of the second alone lowers one and raises the other.
  private static func correlation(_ outcomes: PairedOutcomes) -> Double {
    let rows = Double(outcomes.total)
    let (first, second) = (Double(outcomes.firstOnly) / rows, Double(outcomes.secondOnly) / rows)
    let (difference, level) = (first - second, Double(outcomes.both) / rows + second)
    let variances = (first + second - difference * difference) * level * (1 - level)
    return variances > 0 ? max(-1, min(1, (-second - difference * level) / variances.squareRoot())) : 0
  }
}

extension RowHits {
  fileprivate var countedRows: [Int] { isCounted.indices.filter { isCounted[$0] } }
}

extension Array {
  fileprivate func picking(_ places: [Int]) -> [Element] { places.map { self[$0] } }
}

extension Effect {
  /// One that rests on so many rows of equal weight.
  fileprivate init(
    _ value: Double, method: String, count: Double,
    _ interval: @escaping @Sendable (Double) throws(Undefined) -> ConfidenceInterval
  ) {
    self.init(value, method: method, count: max(1, Int(count.rounded(.down)))) { confidence throws(Undefined) in
      try interval(confidence)
    }
  }
}
