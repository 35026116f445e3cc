import Metrics
import Statistics
import TestSupport
import Testing

@testable import ModelChecks

/// The interval of the worst contrast between groups: how often it is wrong, and what it says of two groups.
@Suite struct ContrastEffectTests {
  private static func metric(_ name: String, _ arguments: [String: MetricArgument] = [:]) throws -> Metric<FairnessRows>
  {
    try MetricRegistry.definition(name, of: FairnessRows.self).metric(arguments)
  }

  /// Rows of groups with so many rows, of which so many are called positive.
  private static func rows(_ groups: [(rows: Int, called: Int)], weights: [Double]? = nil) throws -> FairnessRows {
    var (predictions, places): ([Bool], [Int]) = ([], [])
    for (place, group) in groups.enumerated() {
      predictions += (0..<group.rows).map { $0 < group.called }
      places += [Int](repeating: place, count: group.rows)
    }
    let labels = predictions.indices.map { $0 % 2 == 0 }
    return try FairnessRows(
      rows: BinaryRows(labels: labels, predictions: predictions, weights: weights),
      names: groups.indices.map { "g\($0)" }, groups: places)
  }

  private static func effect(
    _ metric: Metric<FairnessRows>, _ mine: FairnessRows, _ theirs: FairnessRows? = nil, _ clusters: Clusters? = nil
  ) throws -> Effect {
    let estimator = EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: clusters)
    guard let theirs else { return try estimator.level(try metric.value(of: mine)) }
    return try estimator.difference(try metric.value(of: mine) - metric.value(of: theirs))
  }

  /// Of two groups the upper end is Miettinen and Nurminen's, and the lower one that of half the error, as it looks to
  /// both sides.
  @Test func twoGroupsHaveTheIntervalOfTheirDifference() throws {
    let effect = try Self.effect(Self.metric("demographic_parity_difference"), Self.rows([(200, 90), (300, 75)]))
    let interval = try effect.interval(confidence: 0.95)
    let (one, other) = (try BinomialCount(90, of: 200), try BinomialCount(75, of: 300))
    #expect(abs(effect.value - 0.2) < 1e-12 && effect.method == "simultaneous-contrasts")
    let plain = try MiettinenNurminen.interval(one, other, confidence: 0.95).interval
    let half = try MiettinenNurminen.interval(one, other, confidence: 0.975).interval
    #expect(interval.upper == plain.upper && abs(interval.lower - half.lower) < 1e-9)
    let ratio = try Self.effect(Self.metric("demographic_parity_ratio"), Self.rows([(200, 90), (300, 75)]))
    let ends = try RatioOfProportions.interval(other, one, confidence: 0.95)
    #expect(abs(ratio.value - 0.25 / 0.45) < 1e-12)
    #expect(try abs(ratio.interval(confidence: 0.95).lower - ends.lower) < 1e-12)
  }

  /// To all rows together is to the rest, less the share of the group.
  @Test func aGroupIsPartOfAllRows() throws {
    let rows = try Self.rows([(100, 60), (300, 90)])
    let overall: [String: MetricArgument] = ["method": .word("to_overall")]
    let effect = try Self.effect(Self.metric("demographic_parity_difference", overall), rows)
    // 0.6 less 150/400, which is three quarters of 0.6 less 0.3.
    #expect(abs(effect.value - 0.225) < 1e-12)
    let plain = try MiettinenNurminen.interval(
      BinomialCount(60, of: 100), BinomialCount(90, of: 300), confidence: 0.95
    ).interval
    #expect(try abs(effect.interval(confidence: 0.95).upper - 0.75 * plain.upper) < 1e-12)
    let ratio = try Self.effect(Self.metric("demographic_parity_ratio", overall), rows)
    // 0.375 over 0.6 is less than 0.3 over 0.375 inverted: the smaller of 0.625 and 0.8.
    #expect(abs(ratio.value - 0.625) < 1e-12)
    let interval = try ratio.interval(confidence: 0.95)
    #expect(interval.lower < 0.625 && interval.upper > 0.625 && interval.lower > 0.5 && interval.upper < 0.8)
  }

  /// Ten groups of 200 rows that are all alike differ by more than 0.05 every time, and the interval is not fooled.
  @Test func manyGroupsThatAreAlikeAreNotToldApart() throws {
    var random = SeededGenerator(seed: 11)
    let metric = try Self.metric("demographic_parity_difference")
    var (plain, told) = (0, 0)
    let runs = 200
    for _ in 0..<runs {
      let groups = (0..<10).map { _ in
        (rows: 200, called: (0..<200).count { _ in Double.random(in: 0..<1, using: &random) < 0.3 })
      }
      let effect = try Self.effect(metric, Self.rows(groups))
      if effect.value > 0.05 { plain += 1 }
      if try effect.interval(confidence: 0.95).lower > 0 { told += 1 }
    }
    #expect(plain > runs * 97 / 100, "the plain difference was over the limit \(plain) times")
    // 2.5 % and three standard errors.
    #expect(told <= 11, "\(told) of \(runs)")
  }

  /// One group of ten that is as far from the others as the limit allows seldom fails it, and seldom passes it for sure.
  @Test(arguments: [false, true]) func theLimitItselfIsSeldomDecided(weighted: Bool) throws {
    var random = SeededGenerator(seed: 12)
    let metric = try Self.metric("demographic_parity_difference")
    var (failed, passed) = (0, 0)
    let runs = weighted ? 100 : 200
    for _ in 0..<runs {
      let groups = (0..<5).map { place in
        (
          rows: 300,
          called: (0..<300).count { _ in Double.random(in: 0..<1, using: &random) < (place == 2 ? 0.4 : 0.3) }
        )
      }
      let weights = weighted ? [Double](repeating: 2, count: 1500) : nil
      let interval = try Self.effect(metric, Self.rows(groups, weights: weights)).interval(confidence: 0.95)
      if interval.lower > 0.1 { failed += 1 }
      if interval.upper < 0.1 { passed += 1 }
    }
    #expect(failed <= 11 && passed <= 11, "failed \(failed), passed \(passed)")
  }

  @Test func aGroupThatIsFarOffIsFound() throws {
    let groups = (0..<10).map { (rows: 400, called: $0 == 7 ? 200 : 100) }
    let interval = try Self.effect(Self.metric("demographic_parity_difference"), Self.rows(groups))
      .interval(confidence: 0.95)
    #expect(interval.lower > 0.1 && interval.upper < 0.4)
  }

  /// A candidate that is as unfair as the baseline, and differs from it in rows by chance.
  @Test func equallyUnfairModelsAreSeldomToldApart() throws {
    var random = SeededGenerator(seed: 13)
    let metric = try Self.metric("equalized_odds_difference")
    let runs = 100
    var held = 0
    for _ in 0..<runs {
      var (labels, groups, mine, theirs): ([Bool], [Int], [Bool], [Bool]) = ([], [], [], [])
      for row in 0..<1200 {
        let (group, label) = (row % 4, Double.random(in: 0..<1, using: &random) < 0.4)
        let share = (label ? 0.7 : 0.2) - (group == 1 ? 0.15 : 0)
        labels.append(label)
        groups.append(group)
        mine.append(Double.random(in: 0..<1, using: &random) < share)
        let isSame = Double.random(in: 0..<1, using: &random) < 0.8
        theirs.append(isSame ? mine[row] : Double.random(in: 0..<1, using: &random) < share)
      }
      let names = ["a", "b", "c", "d"]
      let candidate = try FairnessRows(
        rows: BinaryRows(labels: labels, predictions: mine), names: names, groups: groups)
      let baseline = try FairnessRows(
        rows: BinaryRows(labels: labels, predictions: theirs), names: names, groups: groups)
      let interval = try Self.effect(metric, candidate, baseline).interval(confidence: 0.95)
      if interval.contains(0) { held += 1 }
    }
    #expect(held >= 90, "\(held) of \(runs)")
  }

  /// Models of groups that treat one of them by so much worse than the others, on the same rows.
  private static func models(
    from baseline: Double, to candidate: Double, rows: Int, groups count: Int, using random: inout SeededGenerator
  ) throws -> (mine: FairnessRows, theirs: FairnessRows) {
    var (labels, groups, mine, theirs): ([Bool], [Int], [Bool], [Bool]) = ([], [], [], [])
    for row in 0..<(count * rows) {
      let group = row % count
      // Each model has a tenth of the rows to itself, in which it errs as often as elsewhere.
      func call(_ shared: Double, _ more: Double) -> Bool {
        let own = Double.random(in: 0..<1, using: &random)
        return (own < 0.1 ? own * 10 : shared) < (group == 1 ? 0.3 + more : 0.3)
      }
      let shared = Double.random(in: 0..<1, using: &random)
      labels.append(row % 7 < 3)
      groups.append(group)
      mine.append(call(shared, candidate))
      theirs.append(call(shared, baseline))
    }
    let names = (0..<count).map { "g\($0)" }
    return (
      try FairnessRows(rows: BinaryRows(labels: labels, predictions: mine), names: names, groups: groups),
      try FairnessRows(rows: BinaryRows(labels: labels, predictions: theirs), names: names, groups: groups)
    )
  }

  private static func change(
    from baseline: Double, to candidate: Double, rows: Int, using random: inout SeededGenerator
  ) throws -> ConfidenceInterval {
    let models = try models(from: baseline, to: candidate, rows: rows, groups: 5, using: &random)
    return try effect(metric("demographic_parity_difference"), models.mine, models.theirs).interval(confidence: 0.95)
  }

  /// What a relative margin allows is a multiple of the baseline's difference, of which chance makes the most where it is
  /// small: at the limit hardly any passes, and none at all is beyond what a multiple can say.
  @Test(arguments: [(0.02, 0.07), (0, 0.05)] as [(Double, Double)])
  func aMultipleOfWhatIsHardlyKnownIsNone(baseline: Double, candidate: Double) throws {
    var random = SeededGenerator(seed: 23)
    let metric = try Self.metric("demographic_parity_difference")
    var passed = 0
    for _ in 0..<100 {
      let (mine, theirs) = try Self.models(from: baseline, to: candidate, rows: 400, groups: 3, using: &random)
      let (now, before) = (try metric.value(of: mine), try metric.value(of: theirs))
      let estimator = EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: nil)
      let interval = try estimator.difference(0, factor: now / before).interval(confidence: 0.95)
      if (now + interval.upper) / before - 1 < 2.5 { passed += 1 }
    }
    // 2.5 % and three standard errors.
    #expect(passed <= 7, "\(passed) of 100")
  }

  /// Where the baseline's difference is known, so are its multiples.
  @Test func aMultipleOfWhatIsKnownIsDecided() throws {
    var random = SeededGenerator(seed: 24)
    let metric = try Self.metric("demographic_parity_difference")
    var decided = (passed: 0, failed: 0)
    for candidate in [0.21, 0.5] {
      for _ in 0..<10 {
        let (mine, theirs) = try Self.models(from: 0.2, to: candidate, rows: 2000, groups: 3, using: &random)
        let (now, before) = (try metric.value(of: mine), try metric.value(of: theirs))
        let estimator = EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: nil)
        let interval = try estimator.difference(0, factor: now / before).interval(confidence: 0.95)
        if (now + interval.upper) / before - 1 < 1 { decided.passed += candidate < 0.3 ? 1 : -100 }
        if (now + interval.lower) / before - 1 > 1 { decided.failed += candidate < 0.3 ? -100 : 1 }
      }
    }
    #expect(decided.passed == 10 && decided.failed >= 8, "\(decided)")
  }

  /// Of many groups, too.
  @Test func aMultipleIsDecidedOfManyGroups() throws {
    var random = SeededGenerator(seed: 25)
    let metric = try Self.metric("demographic_parity_difference")
    let (mine, theirs) = try Self.models(from: 0.2, to: 0.6, rows: 1000, groups: 12, using: &random)
    let (now, before) = (try metric.value(of: mine), try metric.value(of: theirs))
    let estimator = EffectEstimator(metric: metric, candidate: mine, baseline: theirs, clusters: nil)
    let interval = try estimator.difference(0, factor: now / before).interval(confidence: 0.95)
    #expect((now + interval.lower) / before - 1 > 0.5, "\(interval)")
  }

  /// Which contrast was the largest of a baseline that is nearly fair does not matter: any of it was smaller.
  @Test func aGroupThatIsTreatedWorseThanBeforeIsFound() throws {
    var random = SeededGenerator(seed: 21)
    var found = 0
    for _ in 0..<20 {
      let interval = try Self.change(from: 0.02, to: 0.14, rows: 1500, using: &random)
      if interval.lower > 0.02 { found += 1 }
    }
    #expect(found >= 19, "\(found) of 20")
  }

  @Test(arguments: [0, 0.05]) func aChangeAtTheLimitIsSeldomDecided(baseline: Double) throws {
    var random = SeededGenerator(seed: 22)
    var (failed, passed) = (0, 0)
    for _ in 0..<300 {
      let interval = try Self.change(from: baseline, to: baseline + 0.1, rows: 400, using: &random)
      if interval.lower > 0.1 { failed += 1 }
      if interval.upper < 0.1 { passed += 1 }
    }
    // 2.5 % and three standard errors.
    #expect(failed <= 15 && passed <= 15, "failed \(failed), passed \(passed)")
  }

  /// Models that agree on all rows may differ on as many as may go unseen, and no interval is without width.
  @Test func identicalModelsHaveTheExactBound() throws {
    let rows = try Self.rows([(1000, 300), (1000, 350)])
    let interval = try Self.effect(Self.metric("demographic_parity_difference"), rows, rows).interval(confidence: 0.95)
    // 4.5 in 1,000 rows of each group: -ln 0.01125, as a side has 2.5 % of the error and this way 45 % of that.
    #expect(abs(interval.upper - 0.00895) < 0.0001 && interval.lower == -interval.upper)
    let few = try Self.rows([(40, 12), (40, 20)])
    #expect(
      try Self.effect(Self.metric("demographic_parity_difference"), few, few).interval(confidence: 0.95).upper > 0.1)
  }

  /// Rows that come in groups of ten that are all alike say as little as a tenth of them.
  @Test func clustersCountOnce() throws {
    let rows = try Self.rows([(2000, 600), (2000, 800)])
    let metric = try Self.metric("demographic_parity_difference")
    let plain = try Self.effect(metric, rows).interval(confidence: 0.95)
    let clusters = Clusters(codes: (0..<4000).map { Int32($0 / 10) }, count: 400)
    let wide = try Self.effect(metric, rows, nil, clusters).interval(confidence: 0.95)
    #expect(abs(wide.width / plain.width / 10.0.squareRoot() - 1) < 0.1, "\(wide.width) for \(plain.width)")
  }

  /// The largest gap between mean score and share of positives, by hand: 0.1 in the second group.
  @Test func calibrationIsOfEachGroup() throws {
    var (labels, scores): ([Bool], [Double]) = ([], [])
    for row in 0..<400 {
      labels.append(row % 10 < 3)
      scores.append(row < 200 ? 0.3 : 0.4)
    }
    let rows = try FairnessRows(
      rows: BinaryRows(labels: labels, scores: scores), names: ["a", "b"], groups: (0..<400).map { $0 / 200 })
    let effect = try Self.effect(Self.metric("group_calibration_error"), rows)
    #expect(abs(effect.value - 0.1) < 1e-12)
    let interval = try effect.interval(confidence: 0.95)
    // 1.972 standard errors of a share of 0.3 in 200 rows.
    let error = (0.21 / 199).squareRoot()
    #expect(abs(interval.upper - (0.1 + 1.9720 * error)) < 1e-4)
    #expect(interval.lower >= 0 && interval.lower < 0.1 - 1.96 * error)
  }

  @Test func nothingIsSaidOfOneGroup() throws {
    #expect(throws: Undefined.self) {
      try Self.effect(Self.metric("demographic_parity_difference"), Self.rows([(100, 30)]))
    }
  }
}
