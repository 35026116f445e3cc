internal import Metrics
internal import Statistics

/// A share of rows, or its difference between two models on the same rows.
enum ShareEffect {
  static func level(_ hits: RowHits) throws(Undefined) -> Effect {
    let count = try BinomialCount(hits.hits, of: hits.counted)
    return Effect(count.share, method: Wilson.method.name, count: count.trials) { confidence throws(Undefined) in
      try Wilson.interval(count, confidence: confidence).interval
    }
  }

  /// The first less a multiple of the second. Both count the same rows.
  static func difference(_ mine: RowHits, _ theirs: RowHits, factor: Double) throws(Undefined) -> Effect {
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
    let baseline = try BinomialCount(both + second, of: outcomes.total)
    let method = outcomes.discordant > 0 ? Tango.method.name : RuleOfThree.method.name
    let value = outcomes.difference + (1 - factor) * baseline.share
    return Effect(value, method: method, count: outcomes.total) { confidence throws(Undefined) in
      let difference = try PairedDifference.interval(outcomes, confidence: confidence).interval
      guard factor != 1 else { return difference }
      // The ends of a sum from those of its parts (Zou and Donner, Statistics in Medicine 27 (2008)).
      let level = try Wilson.interval(baseline, confidence: confidence).interval
      let scaled = [level.lower, level.upper].map { (1 - factor) * ($0 - baseline.share) }
      let below = hypotenuse(outcomes.difference - difference.lower, scaled.min() ?? 0)
      let above = hypotenuse(difference.upper - outcomes.difference, scaled.max() ?? 0)
      return ConfidenceInterval(lower: value - below, upper: value + above, confidence: confidence)
    }
  }

  private static func hypotenuse(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
}
