internal import Metrics
internal import Statistics

/// The worst of the contrasts between groups of rows, or its change between two models on the same rows: the
/// first less a multiple of the second.
struct ContrastEffect: Sendable {
  private let sides: [RowContrasts]
  private let means: GroupMeans
  private let contrasts: [Contrast]
  /// Of each side, each mean: its count, where it is the share of rows that count alike and do not depend on each other.
  private let counts: [BinomialCount]?
  /// Of each mean, in how many of its rows the models differ.
  private let moved: [Int]
  private let clusters: Clusters?
  /// Of the other model's metric.
  private let factor: Double

  /// Two groups, or one and all rows, and to which side they are compared. Every contrast is turned so that the larger is
  /// the worse.
  private struct Contrast: Sendable {
    var rate: Int
    var group: Int
    /// Nil for all rows together.
    var other: Int?
    /// Whether the other is the first: the other less the group, or over it.
    var isTurned = false
  }

  /// Of more groups than these not every one is compared with every other.
  static let mostGroups = 60

  init(
    _ mine: RowContrasts, _ theirs: RowContrasts?, _ clusters: Clusters?, factor: Double = 1
  ) throws(Undefined) {
    // Which contrasts may be the largest is told for differences, not for sums.
    guard factor >= 0 else { throw .outsideDomain("the margin is more than all of the baseline") }
    self.factor = factor
    guard mine.names.count <= Self.mostGroups else {
      throw .outsideDomain("\(mine.names.count) groups are more than the \(Self.mostGroups) that are compared")
    }
    sides = [mine] + (theirs.map { [$0] } ?? [])
    self.clusters = clusters
    let means = GroupMeans(sides, clusters)
    contrasts = Self.contrasts(mine, means)
    self.means = means
    let isCounted = clusters == nil && mine.weights == nil && mine.rates.allSatisfy(\.isShare)
    var counts: [BinomialCount]? = isCounted ? [] : nil
    if isCounted {
      for place in means.values.indices {
        let trials = means.units[place]
        guard trials > 0 else {
          counts?.append(try BinomialCount(0, of: 1))
          continue
        }
        counts?.append(try BinomialCount(Int((means.values[place] * Double(trials)).rounded()), of: trials))
      }
    }
    self.counts = counts
    moved = Self.moved(sides, means)
  }

  private static func contrasts(_ rows: RowContrasts, _ means: GroupMeans) -> [Contrast] {
    rows.rates.indices.flatMap { rate -> [Contrast] in
      let groups = rows.names.indices.filter { means.units[means.place(0, rate, $0)] > 0 }
      return switch rows.form {
      case .least: groups.map { Contrast(rate: rate, group: $0) }
      case .magnitude:
        groups.flatMap { [Contrast(rate: rate, group: $0), Contrast(rate: rate, group: $0, isTurned: true)] }
      case .difference, .ratio:
        rows.isToOverall
          ? groups.flatMap { [Contrast(rate: rate, group: $0), Contrast(rate: rate, group: $0, isTurned: true)] }
          : groups.flatMap { group in
            groups.filter { $0 != group }.map { Contrast(rate: rate, group: group, other: $0) }
          }
      }
    }
  }

  private static func moved(_ sides: [RowContrasts], _ means: GroupMeans) -> [Int] {
    guard sides.count == 2 else { return [] }
    var moved = [Int](repeating: 0, count: means.values.count)
    for rate in sides[0].rates.indices {
      let (mine, theirs) = (sides[0].rates[rate], sides[1].rates[rate])
      for row in sides[0].groups.indices {
        let isSame =
          mine.isCounted[row] == theirs.isCounted[row]
          && (!mine.isCounted[row] || mine.values[row] == theirs.values[row])
        if !isSame {
          for side in 0..<2 { moved[means.place(side, rate, sides[0].groups[row])] += 1 }
        }
      }
    }
    return moved
  }

  /// What the rows say of the metric, or of the candidate's less the baseline's.
  func effect(_ value: Double) throws(Undefined) -> Effect {
    guard contrasts.count > 1 || form == .least else { throw .tooFew("groups", needed: 2, got: contrasts.count) }
    let sign: Double = form == .ratio || form == .least ? -1 : 1
    let units = clusters?.count ?? sides[0].groups.count
    let worst = self
    return Effect(sign * value, method: WorstContrast.method.name, count: units) { confidence throws(Undefined) in
      worst.sides.count == 1 ? try worst.level(confidence) : try worst.change(confidence)
    }.scaled(sign)
  }

  private var form: RowContrasts.Form { sides[0].form }

  // MARK: - One model

  private func level(_ confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let floor: Double =
      switch form {
      case .difference, .magnitude: 0
      case .ratio: -1
      case .least: -.infinity
      }
    return try WorstContrast.interval(of: contrasts.count, confidence: confidence, floor: floor) {
      index, confidence throws(Undefined) in
      try interval(of: contrasts[index], 0, confidence)
    }
  }

  /// That of one group against all rows, or of its mean, so wide that those of all groups hold together.
  func interval(rate: Int, group: Int, confidence: Double) -> ConfidenceInterval? {
    let together = 1 - (1 - confidence) / Double(max(1, contrasts.count / 2))
    return contrasts.first { $0.rate == rate && $0.group == group && !$0.isTurned && $0.other == nil }
      .flatMap { try? interval(of: $0, 0, together) }
  }

  private func interval(of contrast: Contrast, _ side: Int, _ confidence: Double) throws(Undefined)
    -> ConfidenceInterval
  {
    if let counts { return try score(contrast, side, counts, confidence) }
    let combination = try combination(contrast, side)
    let value = value(of: contrast, side)
    let half = try means.half(combination, CriticalValues(confidence: confidence), span: span) { means.isConstant($0) }
    return ConfidenceInterval(lower: value - half, upper: value + half, confidence: confidence)
  }

  /// From the counts of the groups, which are independent of each other; a group and all rows are as a group and the rest.
  private func score(
    _ contrast: Contrast, _ side: Int, _ counts: [BinomialCount], _ confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    let place = means.place(side, contrast.rate, contrast.group)
    let mine = counts[place]
    if form == .least { return try Wilson.interval(mine, confidence: confidence).interval.negated }
    if let other = contrast.other {
      let theirs = counts[means.place(side, contrast.rate, other)]
      guard form == .ratio else { return try MiettinenNurminen.interval(mine, theirs, confidence: confidence).interval }
      return try Self.ratio(mine, theirs, confidence).negated
    }
    let rest = try rest(contrast, side, counts)
    let share = means.shares[place]
    guard form == .ratio else {
      var interval = try MiettinenNurminen.interval(mine, rest, confidence: confidence).interval
      interval.lower *= 1 - share
      interval.upper *= 1 - share
      return contrast.isTurned ? interval.negated : interval
    }
    let ratio = try Self.ratio(mine, rest, confidence)
    // p / (s p + (1 - s) r) grows with p / r.
    func toOverall(_ ratio: Double) -> Double {
      ratio == .infinity ? 1 / share : ratio / (share * ratio + 1 - share)
    }
    let (low, high) = (toOverall(ratio.lower), toOverall(ratio.upper))
    return contrast.isTurned
      ? ConfidenceInterval(lower: low > 0 ? -1 / low : -.infinity, upper: -1 / high, confidence: confidence)
      : ConfidenceInterval(lower: -high, upper: -low, confidence: confidence)
  }

  /// Of two shares that are both 0 nobody knows the ratio.
  private static func ratio(
    _ first: BinomialCount, _ second: BinomialCount, _ confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    guard first.successes + second.successes > 0 else {
      return ConfidenceInterval(lower: 0, upper: .infinity, confidence: confidence)
    }
    return try RatioOfProportions.interval(first, second, confidence: confidence)
  }

  /// All groups but one.
  private func rest(_ contrast: Contrast, _ side: Int, _ counts: [BinomialCount]) throws(Undefined) -> BinomialCount {
    var (successes, trials) = (0, 0)
    for group in sides[side].names.indices where group != contrast.group {
      let place = means.place(side, contrast.rate, group)
      guard means.units[place] > 0 else { continue }
      successes += counts[place].successes
      trials += counts[place].trials
    }
    return try BinomialCount(successes, of: trials)
  }

  // MARK: - Two models

  /// The change of the largest is that from the baseline's largest to the candidate's, whichever these are: a tenth of the
  /// error goes to which they may be. It is at most the candidate's largest less any contrast of the baseline, and at least
  /// any contrast of the candidate less the baseline's largest. That of the same groups varies least, and has half of the
  /// rest to itself; the other half is shared by all of them, so that the best may be taken.
  private func change(_ confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let largest = (mine: try largest(0, confidence), theirs: try largest(1, confidence))
    func level(of shared: Int) -> CriticalValues {
      CriticalValues(
        confidence: min(1 - (1 - confidence) * 0.45 / Double(shared), 1.0.nextDown), units: means.units)
    }
    let levels = (same: level(of: 1), any: level(of: contrasts.count))
    func between(_ factor: Double) throws(Undefined) -> ConfidenceInterval {
      let ends = try change(factor, largest, levels)
      return ConfidenceInterval(lower: ends.lower, upper: ends.upper, confidence: confidence)
    }
    let observed = contrasts.map { value(of: $0, 1) }.max() ?? 0
    guard factor != 1, form == .difference || form == .magnitude, observed > 0 else { return try between(factor) }
    // A baseline that is nearly fair is known to no better than the largest difference that chance makes, and no multiple of
    // it has a normal error: the interval holds the multiples that the rows do not rule out.
    func isWithin(_ multiple: Double, _ isLower: Bool) throws(Undefined) -> Bool {
      let interval = try between(multiple)
      return isLower ? interval.lower >= 0 : interval.upper > 0
    }
    func end(_ isLower: Bool) throws(Undefined) -> Double {
      var (inside, outside) = isLower ? (0.0, factor) : (factor, 2 * factor + 1)
      while !isLower, try isWithin(outside, isLower) {
        guard outside < Self.mostTimes * (factor + 1) else { return .infinity }
        (inside, outside) = (outside, 2 * outside)
      }
      while outside - inside > 1e-3 * (factor + inside) {
        let middle = (inside + outside) / 2
        if try isWithin(middle, isLower) { inside = middle } else { outside = middle }
      }
      return isLower ? inside : outside
    }
    let (lower, upper) = (try end(true), try end(false))
    return ConfidenceInterval(
      lower: (lower - factor) * observed, upper: (upper - factor) * observed, confidence: confidence)
  }

  /// A baseline that may be so many times smaller may be nothing.
  private static let mostTimes = 1000.0

  /// The candidate's largest contrast less a multiple of the baseline's.
  private func change(
    _ factor: Double, _ largest: (mine: [Int], theirs: [Int]), _ levels: (same: CriticalValues, any: CriticalValues)
  ) throws(Undefined) -> (lower: Double, upper: Double) {
    func strongest(_ places: [Int], _ side: Int) -> ArraySlice<Int> {
      places.map { (place: $0, value: value(of: contrasts[$0], side)) }.sorted { $0.value > $1.value }
        .map(\.place).prefix(Self.strongest)
    }
    let (mine, theirs) = (strongest(largest.mine, 0), strongest(largest.theirs, 1))
    var (lower, upper) = (Double.infinity, -Double.infinity)
    for one in largest.mine {
      var most = try change(one, one, factor, levels.same).upper
      for other in theirs { most = min(most, try change(one, other, factor, levels.any).upper) }
      upper = max(upper, most)
    }
    for other in largest.theirs {
      var least = try change(other, other, factor, levels.same).lower
      for one in mine { least = max(least, try change(one, other, factor, levels.any).lower) }
      lower = min(lower, least)
    }
    return (min(lower, upper), max(lower, upper))
  }

  /// So many of the largest contrasts of a model are tried: one of them bounds the change best.
  private static let strongest = 6

  /// The contrasts of a side that may be its largest.
  private func largest(_ side: Int, _ confidence: Double) throws(Undefined) -> [Int] {
    try WorstContrast.candidates(of: contrasts.count, confidence: 1 - (1 - confidence) / 20) {
      index, confidence throws(Undefined) in
      try interval(of: contrasts[index], side, confidence)
    }
  }

  /// From a contrast of the baseline to one of the candidate, on the same rows.
  private func change(
    _ one: Int, _ other: Int, _ factor: Double, _ critical: CriticalValues
  ) throws(Undefined) -> (lower: Double, upper: Double) {
    let (first, second) = (contrasts[one], contrasts[other])
    let combination =
      try combination(first, 0) + combination(second, 1).map { (place: $0.place, factor: -factor * $0.factor) }
    let value = value(of: first, 0) - factor * value(of: second, 1)
    let count = means.values.count / 2
    // What may have gone unseen is of both models at once, and counts once.
    let half = try means.half(combination, critical, span: max(1, factor) * span) { place in
      place < count && moved[place] < CellEffect.fewestMoved
    }
    return (value - half, value + half)
  }

  /// How far apart two values of a row may be.
  private var span: Double { form == .magnitude ? 2 : 1 }

  // MARK: - Contrasts

  /// Larger is worse.
  private func value(of contrast: Contrast, _ side: Int) -> Double {
    let (mine, other) = (mean(contrast.group, contrast, side), reference(contrast, side))
    let (first, second) = contrast.isTurned ? (other, mine) : (mine, other)
    switch form {
    case .difference: return first - second
    case .ratio: return second == 0 ? -.infinity : -first / second
    case .least: return -mine
    case .magnitude: return contrast.isTurned ? -mine : mine
    }
  }

  private func mean(_ group: Int, _ contrast: Contrast, _ side: Int) -> Double {
    means.values[means.place(side, contrast.rate, group)]
  }

  private func reference(_ contrast: Contrast, _ side: Int) -> Double {
    if let other = contrast.other { return mean(other, contrast, side) }
    return means.value(of: overall(contrast, side, 1))
  }

  private func overall(_ contrast: Contrast, _ side: Int, _ factor: Double) -> GroupMeans.Combination {
    sides[side].names.indices.map { group in
      let place = means.place(side, contrast.rate, group)
      return (place, factor * means.shares[place])
    }.filter { means.units[$0.0] > 0 }
  }

  /// The contrast to first order, as a sum of means.
  private func combination(_ contrast: Contrast, _ side: Int) throws(Undefined) -> GroupMeans.Combination {
    let place = means.place(side, contrast.rate, contrast.group)
    let (mine, other) = (mean(contrast.group, contrast, side), reference(contrast, side))
    func combined(_ own: Double, _ factor: Double) -> GroupMeans.Combination {
      if let group = contrast.other { return [(place, own), (means.place(side, contrast.rate, group), factor)] }
      return overall(contrast, side, factor).map { ($0.place, $0.place == place ? $0.factor + own : $0.factor) }
    }
    switch form {
    case .least: return [(place, -1)]
    case .magnitude: return [(place, contrast.isTurned ? -1 : 1)]
    case .difference: return contrast.isTurned ? combined(-1, 1) : combined(1, -1)
    case .ratio:
      let divisor = contrast.isTurned ? mine : other
      guard divisor > 0 else { throw .tooFew("hits in each group", needed: 1, got: 0) }
      return contrast.isTurned
        ? combined(other / (mine * mine), -1 / mine) : combined(-1 / other, mine / (other * other))
    }
  }
}
