internal import Statistics

/// What the rows say of a metric of the population, or of its difference between two models: an estimate, and the interval
/// around it for every confidence.
struct Effect: Sendable {
  let value: Double
  /// The method of the interval, as `cupel explain` knows it.
  let method: String
  /// The rows, or clusters of rows, that it rests on.
  let count: Int
  /// Further lines for a person.
  var notes: [String] = []
  /// What training runs add to what the rows vary; nil where there is one run, or all are alike.
  var training: TrainingSpread?
  /// What the effect can be at all: no interval reaches beyond.
  let range: ClosedRange<Double>
  private let intervals: @Sendable (Double) throws(Undefined) -> ConfidenceInterval

  init(
    _ value: Double, method: String, count: Int, range: ClosedRange<Double> = -.infinity...(.infinity),
    _ intervals: @escaping @Sendable (Double) throws(Undefined) -> ConfidenceInterval
  ) {
    self.value = value
    self.method = method
    self.count = count
    self.range = range
    self.intervals = intervals
  }

  /// The interval; it always holds the estimate.
  func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    var interval = try intervals(confidence)
    guard interval.lower <= interval.upper else { throw .notFinite(index: 0) }
    // What is left of values that do not vary is rounding, and no interval is without width.
    guard interval.width > 1e-13 * max(1, value.magnitude) else { throw .zeroVariance }
    interval.lower = min(max(interval.lower, range.lowerBound), value)
    interval.upper = max(min(interval.upper, range.upperBound), value)
    return interval
  }

  /// The same of a metric that cannot be outside of a range.
  func within(_ range: ClosedRange<Double>) -> Effect {
    var effect = Effect(value, method: method, count: count, range: range, intervals)
    effect.notes = notes
    effect.training = training
    return effect
  }

  /// The same of the negated metric.
  var negated: Effect { scaled(-1) }

  /// The same of the metric times a factor, plus an offset.
  func scaled(_ factor: Double, plus offset: Double = 0) -> Effect {
    if factor == 1, offset == 0 { return self }
    let intervals = intervals
    func moved(_ value: Double) -> Double { factor * value + offset }
    let ends = (moved(range.lowerBound), moved(range.upperBound))
    var effect = Effect(
      moved(value), method: method, count: count, range: min(ends.0, ends.1)...max(ends.0, ends.1)
    ) { confidence throws(Undefined) in
      let interval = try intervals(confidence)
      let ends = (factor * interval.lower + offset, factor * interval.upper + offset)
      return ConfidenceInterval(lower: min(ends.0, ends.1), upper: max(ends.0, ends.1), confidence: confidence)
    }
    effect.notes = notes
    effect.training = training?.scaled(factor)
    return effect
  }

  /// How likely the estimate would be as far beyond the range as it is were the truth at its border: the smallest tail of
  /// an interval that lies outside of it. 1 where the estimate is inside.
  ///
  /// Found by halving on the scale of logarithms: a test and the interval by which it is told are the same thing.
  func tail(outside range: ClosedRange<Double>) -> Probability {
    func isOutside(_ tail: Double) -> Bool {
      guard let interval = try? interval(confidence: 1 - 2 * tail) else { return false }
      return interval.upper < range.lowerBound || interval.lower > range.upperBound
    }
    guard !range.contains(value), isOutside(0.49) else { return .one }
    var (outside, inside) = (-0.31, -15.0)
    guard !isOutside(1e-15) else { return Probability(1e-15) }
    for _ in 0..<40 {
      let middle = (outside + inside) / 2
      if isOutside(Probability(log10: middle).value) { outside = middle } else { inside = middle }
    }
    return Probability(log10: outside)
  }

  /// What the estimate varies by, from the width of its interval.
  var standardError: Double? {
    guard let interval = try? interval(confidence: 0.95), interval.width > 0, interval.width.isFinite else {
      return nil
    }
    return interval.width / (2 * Normal.critical(confidence: 0.95))
  }

  /// The change that would be found with a probability of 80 %.
  func detectable(confidence: Double) -> Double? {
    guard let standardError, let target = try? PowerTarget(alpha: 1 - confidence, power: 0.8) else { return nil }
    return try? NormalPower.minimumDetectableEffect(standardError: standardError, target: target)
  }
}
