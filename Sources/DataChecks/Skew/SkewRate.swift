internal import Statistics
internal import Verdict

/// How often something is the case in joined rows, held against a limit: of these rows, or with a confidence of the
/// population behind them.
struct SkewRate: Sendable {
  var count: BinomialCount
  /// The greatest share that passes.
  var limit: Double
  /// Nil for a claim about these rows alone.
  var confidence: Double?
  /// At the level that decides.
  private(set) var interval: ConfidenceInterval?
  private(set) var method = "point"
  private(set) var outcome: Outcome

  /// - Parameter level: the confidence at which it fails, where it is one of several; passing needs no correction.
  init(_ count: BinomialCount, limit: Double, confidence: Double?, failingAt level: Double? = nil) throws(Undefined) {
    self.count = count
    self.limit = limit
    self.confidence = confidence
    guard let confidence else {
      outcome = count.share > limit ? .failed : .passed
      return
    }
    method = ClopperPearson.method.name
    let single = try ClopperPearson.interval(count, confidence: confidence).interval
    let strict = try level.map { (level) throws(Undefined) in
      try ClopperPearson.interval(count, confidence: level).interval
    }
    if let strict, strict.lower > limit {
      (interval, outcome) = (strict, .failed)
    } else {
      interval = single
      outcome = single.upper <= limit ? .passed : level == nil && single.lower > limit ? .failed : .inconclusive
    }
  }

  /// Several rates decided together: Benjamini and Hochberg's procedure on the failing side, and of what fails the
  /// interval at the level that decided (Benjamini and Yekutieli, Journal of the American Statistical Association 100
  /// (2005)).
  static func together(
    _ rates: [(count: BinomialCount, limit: Double)], confidence: Double?
  ) throws(Undefined) -> [SkewRate] {
    var level: Double?
    if let confidence, !rates.isEmpty {
      var p: [Probability] = []
      for rate in rates {
        p.append(
          try BinomialTest.p(
            successes: rate.count.successes, trials: rate.count.trials, share: rate.limit, .greater))
      }
      let rejected = BenjaminiHochberg.adjust(p).count { $0.rejects(at: (1 - confidence) / 2) }
      level = 1 - (1 - confidence) * Double(max(1, rejected)) / Double(rates.count)
    }
    var judged: [SkewRate] = []
    for rate in rates {
      judged.append(try SkewRate(rate.count, limit: rate.limit, confidence: confidence, failingAt: level))
    }
    return judged
  }

  /// `1.2% (95% interval 0.8% to 1.7%), at most 1%`.
  var words: String {
    let interval = interval.map { interval in
      " (\(Quantity(interval.confidence, .share)) interval \(Self.percent(interval.lower)) to \(Self.percent(interval.upper)))"
    }
    return "\(Self.percent(count.share))\(interval ?? ""), at most \(Quantity(limit, .share))"
  }

  /// How many joined rows would decide if the share stayed as it is.
  var need: String {
    let open = "more rows would hardly decide"
    guard let interval else { return open }
    let rows = count.trials
    let decided: Int
    if count.successes == 0 {
      // The interval of none reaches up to so many rows each.
      decided = Int((Double(rows) * interval.upper / limit).rounded(.up))
    } else {
      let needed = try? DecidingCount(
        estimate: count.share, interval: interval, limit: limit, count: rows, cap: 1_000_000_000)
      guard case .rows(let rows)? = needed else { return open }
      decided = rows
    }
    return "about \(Quantity.grouped(decided)) joined rows would decide if it stays what it is"
  }

  func evidence(_ counts: Evidence.Counts) -> Evidence {
    Evidence(
      observed: Quantity(count.share, .share), limit: .atMost(Quantity(limit, .share)), counts: counts,
      interval: interval.map { .init(lower: $0.lower, upper: $0.upper, level: $0.confidence) }, method: method)
  }

  private static func percent(_ share: Double) -> String { Quantity.brief(share * 100, digits: 3) + "%" }
}
