internal import Language
internal import Statistics
internal import Verdict

/// How a number is held against those of earlier runs: the strategy with its settings.
package struct AnomalyDetector: Sendable {
  package enum Strategy: String, Sendable, CaseIterable {
    case robust
    case normal
    case seasonal
    case quantile
    case change
  }

  /// On which side of the band a number is an anomaly.
  package enum Side: String, Sendable, CaseIterable {
    case both
    case below
    case above
  }

  package var strategy = Strategy.robust
  package var side = Side.both
  var confidence = Quantity(0.99, .share)
  /// How many runs there must be; nil for as many as the strategy wants.
  var minimum: Located<Int>?
  /// How many of the newest runs make the band.
  var last: Located<Int>?
  var floor: Quantity?
  var within: Located<Quantity>?
  var order: Located<Int>?
  var period: Located<SeasonalPeriod>?

  package init() {}

  /// The keys of the settings within any object.
  static func keys<Root>(_ path: WritableKeyPath<Root, AnomalyDetector>) -> [Key<Root>] {
    let amount = Shape<Quantity>.plain.when(\.isNumber, otherwise: .share)
    let confidence = Shape<Quantity>.share.map { share, node, problems -> Quantity? in
      if share.value >= 0.5, share.value < 1 { return share }
      problems.report("a confidence is at least 50% and below 100%", at: node.location)
      return nil
    }
    let runs = Shape<Int>.integer(in: 1...10_000).located
    let keys: [Key<AnomalyDetector>] = [
      .key("strategy", \.strategy, .choice, "What makes the band: robust, normal, seasonal, quantile or change."),
      .key("confidence", \.confidence, confidence, "How many of such bands hold the next value: 99%."),
      .optional("minimum", \.minimum, runs, "How many accepted runs there must be before it judges: 7 or more."),
      .optional("last", \.last, runs, "How many of the newest accepted runs make the band: 365."),
      .optional(
        "floor", \.floor, amount,
        "How far from the expected value is near whatever the history says: a share of it, or a number: 1%."),
      .key("side", \.side, .choice, "Where a value is an anomaly: both, below or above."),
      .optional("within", \.within, amount.located, "With change: how much it may differ, a share or a number."),
      .optional(
        "order", \.order, Shape<Int>.integer(in: 1...10).located, "With change: the order of the differences: 1."),
      .optional(
        "period", \.period, SeasonalPeriod.shape.located,
        "With seasonal: weekly (a place for each weekday of the runs) or daily (for each hour, UTC), or how many runs."),
    ]
    return keys.map { $0.within(path) }
  }

  /// Settings that do not go together.
  func validate(_ node: Node, _ problems: inout Problems) {
    let own = ["within": Strategy.change, "order": .change, "period": .seasonal]
    for (key, owner) in own.sorted(by: { $0.key < $1.key }) where owner != strategy {
      guard let value = node[key: key] else { continue }
      problems.report("\"\(key)\" is a setting of strategy: \(owner.rawValue)", at: value.keyLocation)
    }
    if strategy == .change {
      if within == nil {
        problems.report("\"within\" is missing: by how much the number may change", at: node.location)
      }
      for key in ["confidence", "floor"] {
        guard let value = node[key: key] else { continue }
        problems.report(
          "strategy: change is a fixed bound, so that \"\(key)\" says nothing of it", at: value.keyLocation)
      }
      if let order, order.value > 1, within?.value.unit == .share {
        problems.report(
          "only the change from one run to the next can be a share", at: within?.location ?? node.location)
      }
    }
    if let minimum, minimum.value < methodMinimum {
      problems.report(
        "strategy: \(strategy.rawValue) takes at least \(words(methodMinimum))", at: minimum.location)
    }
    if let last, last.value < needed {
      problems.report(
        "the last \(words(last.value)) are fewer than the \(needed) that it takes", at: last.location)
    }
  }

  /// How many of the newest runs make the band, or of the newest days or hours with a run.
  var window: Int { last?.value ?? max(365, needed) }

  /// So many values of the series: `12 runs`, with a season by the calendar `12 days`.
  package func words(_ count: Int) -> String { strategy == .seasonal ? season.words(count) : Self.words(runs: count) }

  static func words(runs: Int) -> String { runs == 1 ? "1 run" : "\(Quantity.grouped(runs)) runs" }

  // MARK: - The band

  /// How many runs the strategy takes at all.
  private var methodMinimum: Int {
    switch strategy {
    case .robust: RobustBand.minimumCount
    case .normal: NormalBand.minimumCount
    case .seasonal: (try? SeasonalBand.minimumCount(period: season.steps)) ?? .max
    case .quantile: (try? QuantileBand.minimumCount(confidence: confidence.value)) ?? .max
    case .change: order?.value ?? 1
    }
  }

  var season: SeasonalPeriod { period?.value ?? .weekly }

  /// How many runs there must be before it judges.
  package var needed: Int {
    let wanted = minimum?.value ?? (strategy == .change ? 1 : 7)
    return max(wanted, methodMinimum)
  }

  /// A hundredth of the value is near, and a thousandth of the rows when the value is a share of them.
  func floor(_ unit: Quantity.Unit) -> BandFloor {
    guard let floor else { return unit == .share ? BandFloor(absolute: 0.001) : BandFloor(relative: 0.01) }
    let isRelative = floor.unit == .share && unit != .share
    return isRelative ? BandFloor(relative: floor.value) : BandFloor(absolute: floor.value)
  }

  /// What the method is called where it is explained.
  package var method: String {
    switch strategy {
    case .robust: RobustBand.method.name
    case .normal: NormalBand.method.name
    case .seasonal: SeasonalBand.method.name
    case .quantile: QuantileBand.method.name
    case .change: ChangeBounds.method.name
    }
  }

  func accepts(_ value: Double, _ band: PredictionBand) -> Bool {
    (side == .above || value >= band.lower) && (side == .below || value <= band.upper)
  }
}
