internal import Metrics
internal import Statistics

/// A function of a confusion matrix, or its difference between two of the same rows: the first less a multiple of the
/// second.
struct CellEffect: Sendable {
  private let mine: RowCells
  private let theirs: RowCells?
  private let clusters: Clusters?
  private let factor: Double
  /// The pairs of cells in which there are rows, with how many.
  private var pairs: [(mine: Int, theirs: Int)] = []
  private var counts: [Int] = []
  /// Of each row its pair.
  private var places: [Int32] = []

  /// Where fewer rows than these differ between two models, resamples know too little of what might differ.
  static let fewestMoved = 10
  /// Of fewer rows that have influence resamples know too little: in simulations of precision such models passed at the
  /// limit in 16 % of the cases, and with more less than 2.5 %.
  private static let fewestOfInfluence = 3.0
  /// Of more cells than these not all moves from one to another are tried.
  private static let mostCells = 64

  init(_ mine: RowCells, _ theirs: RowCells?, _ clusters: Clusters?, factor: Double = 1) {
    self.factor = factor
    self.mine = mine
    self.theirs = theirs
    self.clusters = clusters
    let width = theirs?.count ?? 1
    var known: [Int: Int32] = [:]
    places.reserveCapacity(mine.cells.count)
    for row in mine.cells.indices {
      let (first, second) = (Int(mine.cells[row]), Int(theirs?.cells[row] ?? 0))
      let key = first * width + second
      if let place = known[key] {
        counts[Int(place)] += 1
        places.append(place)
      } else {
        known[key] = Int32(counts.count)
        places.append(Int32(counts.count))
        pairs.append((first, second))
        counts.append(1)
      }
    }
  }

  func effect(_ value: Double) throws(Undefined) -> Effect {
    let rows = mine.cells.count
    let counted = EffectiveCount(rows: rows, weights: nil, clusters)
    try counted.require()
    let units = counted.rounded
    var bootstrap = try CellBootstrap(counts: counts)
    let statistic = statistic
    let distribution: BootstrapDistribution
    let influences: LeaveOneOut?
    if let clusters {
      let cells = clusterCells(clusters)
      let entries = cells.reduce(0) { $0 + $1.count }
      bootstrap.resamples = min(2000, max(400, 100_000_000 / max(1, entries)))
      distribution = try bootstrap.distribution(of: cells, statistic)
      influences = bootstrap.influences(of: cells, statistic)
    } else {
      bootstrap.resamples = counts.count <= Self.mostCells ? 10_000 : 2000
      distribution = try bootstrap.distribution(statistic)
      influences = bootstrap.influences(statistic)
    }
    let moved = moved
    let isScaled = factor != 1
    let known = influences?.effectiveCount ?? 0
    // Rows without influence vary nothing: of a model that is right in all of them, or wrong, or of two of which one is
    // right wherever the other is wrong.
    let isStuck = known < Self.fewestOfInfluence && (theirs == nil || moved >= Self.fewestMoved)
    let name = moved == 0 || isStuck ? RuleOfThree.method.name : CellBootstrap.method.name
    return Effect(value, method: name, count: units) { confidence throws(Undefined) in
      if isStuck {
        let half = try reach(ofUnseen: Int(known.rounded(.up)), units, confidence)
        guard half > 0 else { throw .zeroVariance }
        return ConfidenceInterval(lower: value - half, upper: value + half, confidence: confidence)
      }
      guard theirs == nil || moved < Self.fewestMoved else {
        return try interval(distribution, influences, confidence)
      }
      // As if as many rows had moved as may be without one that was seen to. Of one model alone nobody knows which cells
      // are empty, or nearly so, by chance.
      let share = try RuleOfThree.largestShare(unseenIn: units, confidence: (1 + confidence) / 2)
      let targets = theirs == nil ? thinCells : Array(0..<mine.count)
      let reach = (try? Self.reach(of: share * Double(rows), in: mine, cells(\.mine, mine.count), to: targets)) ?? 0
      let known = moved > 0 || isScaled ? try? interval(distribution, influences, confidence) : nil
      guard known != nil || reach > 0 else { throw .zeroVariance }
      return ConfidenceInterval(
        lower: min(known?.lower ?? value, value - reach), upper: max(known?.upper ?? value, value + reach),
        confidence: confidence)
    }
  }

  /// As wide as the rows that have influence ask for.
  private func interval(
    _ distribution: BootstrapDistribution, _ influences: LeaveOneOut?, _ confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    guard let influences, influences.effectiveCount >= Self.fewestOfInfluence else {
      throw .tooFew(
        "rows that have influence", needed: Int(Self.fewestOfInfluence), got: Int(influences?.effectiveCount ?? 0))
    }
    let known = influences.effectiveCount
    var interval = try distribution.bca(acceleration: influences.acceleration, count: known, confidence: confidence)
    guard clusters != nil else { return interval }
    // Few groups are resampled as if they were all that there are: quantiles of F-scores of 40 groups missed the truth on
    // one side in 5 % of the simulations.
    let half =
      StudentT(degrees: known - 1).critical(confidence: confidence) * (try distribution.standardError())
      * (known / (known - 1)).squareRoot()
    interval.lower = min(interval.lower, distribution.estimate - half)
    interval.upper = max(interval.upper, distribution.estimate + half)
    return interval
  }

  /// In how many rows, or clusters of rows, the models differ.
  private var moved: Int {
    guard theirs != nil else { return mine.cells.count }
    guard clusters != nil else { return zip(pairs, counts).reduce(0) { $0 + ($1.0.mine == $1.0.theirs ? 0 : $1.1) } }
    let rows = places.indices.filter { pairs[Int(places[$0])].mine != pairs[Int(places[$0])].theirs }
    return clusters.map { clusters in Set(rows.map { clusters.codes[$0] }).count } ?? rows.count
  }

  private var statistic: @Sendable ([Double]) throws(Undefined) -> Double {
    let (mine, theirs, pairs, factor) = (mine, theirs, pairs, factor)
    return { counts throws(Undefined) in
      var first = [Double](repeating: 0, count: mine.count)
      var second = [Double](repeating: 0, count: theirs?.count ?? 0)
      for (place, count) in counts.enumerated() {
        first[pairs[place].mine] += count
        if theirs != nil { second[pairs[place].theirs] += count }
      }
      let value = try mine.value(of: first)
      guard let theirs else { return value }
      return try value - factor * theirs.value(of: second)
    }
  }

  /// How far the metric, or the difference, moves at most where rows like a few that were seen, or none of them, are as
  /// many as they may be (Clopper and Pearson), and all go from one cell to another: the worst for each of the models.
  private func reach(ofUnseen seen: Int, _ units: Int, _ confidence: Double) throws(Undefined) -> Double {
    let share = try ClopperPearson.interval(BinomialCount(min(seen, units), of: units), confidence: confidence)
      .interval.upper
    let rows = share * Double(mine.cells.count)
    var whole = try Self.reach(of: rows, in: mine, cells(\.mine, mine.count))
    if let theirs { whole += abs(factor) * (try Self.reach(of: rows, in: theirs, cells(\.theirs, theirs.count))) }
    return whole
  }

  /// The candidate's cells with so few rows, or clusters of rows, that resamples know too little of them.
  private var thinCells: [Int] {
    var units = [Int](repeating: 0, count: mine.count)
    if let clusters {
      for cells in clusterCells(clusters) {
        for cell in Set(cells.map { pairs[$0.cell].mine }) { units[cell] += 1 }
      }
    } else {
      units = cells(\.mine, mine.count).map { Int($0) }
    }
    return units.indices.filter { units[$0] < Self.fewestMoved }
  }

  /// The rows in each cell of a model.
  private func cells(_ model: KeyPath<(mine: Int, theirs: Int), Int>, _ count: Int) -> [Double] {
    var cells = [Double](repeating: 0, count: count)
    for (place, rows) in counts.enumerated() { cells[pairs[place][keyPath: model]] += Double(rows) }
    return cells
  }

  /// How far the metric moves when so many rows go from one cell to another, at most.
  ///
  /// - Parameter targets: the cells that they may go to; nil for any.
  private static func reach(
    of rows: Double, in model: RowCells, _ counts: [Double], to targets: [Int]? = nil
  ) throws(Undefined) -> Double {
    guard model.count <= mostCells else { throw .zeroVariance }
    let value = try model.value(of: counts)
    var reach = 0.0
    for from in counts.indices where counts[from] > 0 {
      for to in targets ?? Array(counts.indices) where to != from {
        var moved = counts
        let share = min(rows, moved[from])
        moved[from] -= share
        moved[to] += share
        if let other = try? model.value(of: moved), other.isFinite { reach = max(reach, abs(other - value)) }
      }
    }
    return reach
  }

  private func clusterCells(_ clusters: Clusters) -> [[(cell: Int, count: Int)]] {
    var cells = [[(cell: Int, count: Int)]](repeating: [], count: clusters.count)
    for (row, cluster) in clusters.codes.enumerated() {
      let place = Int(places[row])
      if let index = cells[Int(cluster)].firstIndex(where: { $0.cell == place }) {
        cells[Int(cluster)][index].count += 1
      } else {
        cells[Int(cluster)].append((place, 1))
      }
    }
    return cells
  }
}
