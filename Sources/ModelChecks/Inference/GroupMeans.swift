internal import Metrics
internal import Statistics

/// The means of groups of rows under one model or two, and how they vary together: each as far as its rows move it.
struct GroupMeans: Sendable {
  /// Of each side, each rate and each group a mean.
  let values: [Double]
  /// The rows, or clusters of rows, behind each.
  let units: [Int]
  /// The share of the rate's weight that each has.
  let shares: [Double]
  private let covariances: [Double]
  private let layout: Layout

  /// Where a mean stands.
  private struct Layout: Sendable {
    var rates: Int
    var groups: Int

    func place(_ side: Int, _ rate: Int, _ group: Int) -> Int { (side * rates + rate) * groups + group }
  }

  /// - Parameter sides: the same rows under each model.
  init(_ sides: [RowContrasts], _ clusters: Clusters?) {
    let (rates, groups) = (sides[0].rates.count, sides[0].names.count)
    let layout = Layout(rates: rates, groups: groups)
    let count = sides.count * rates * groups
    var (sums, weights) = (
      [CompensatedSum](repeating: CompensatedSum(), count: count), [Double](repeating: 0, count: count)
    )
    for (side, contrasts) in sides.enumerated() {
      for (index, rate) in contrasts.rates.enumerated() {
        for row in contrasts.groups.indices where rate.isCounted[row] {
          let place = layout.place(side, index, contrasts.groups[row])
          let weight = contrasts.weights?[row] ?? 1
          sums[place].add(weight * rate.values[row])
          weights[place] += weight
        }
      }
    }
    let values = (0..<count).map { weights[$0] > 0 ? sums[$0].value / weights[$0] : 0 }
    var totals = [Double](repeating: 0, count: sides.count * rates)
    for place in 0..<count { totals[place / groups] += weights[place] }
    shares = (0..<count).map { weights[$0] / max(totals[$0 / groups], .leastNonzeroMagnitude) }
    self.values = values
    self.layout = layout
    (covariances, units) = Self.variation(sides, clusters, layout, values, weights)
  }

  /// Sums the influences of each unit, and their products. O(rows), and as much memory as there are pairs of means.
  private static func variation(
    _ sides: [RowContrasts], _ clusters: Clusters?, _ layout: Layout, _ values: [Double], _ weights: [Double]
  ) -> ([Double], [Int]) {
    let count = values.count
    var (products, units) = ([Double](repeating: 0, count: count * count), [Int](repeating: 0, count: count))
    var sums = [Double](repeating: 0, count: count)
    var touched: [Int] = []
    func add(_ row: Int) {
      for (side, contrasts) in sides.enumerated() {
        let weight = contrasts.weights?[row] ?? 1
        guard weight > 0 else { continue }
        for (index, rate) in contrasts.rates.enumerated() where rate.isCounted[row] {
          let place = layout.place(side, index, contrasts.groups[row])
          if !touched.contains(place) { touched.append(place) }
          sums[place] += weight * (rate.values[row] - values[place]) / weights[place]
        }
      }
    }
    func close() {
      for first in touched {
        units[first] += 1
        for second in touched { products[first * count + second] += sums[first] * sums[second] }
      }
      for place in touched { sums[place] = 0 }
      touched.removeAll(keepingCapacity: true)
    }
    if let clusters {
      for rows in Self.members(of: clusters) {
        rows.forEach(add)
        close()
      }
    } else {
      for row in sides[0].groups.indices {
        add(row)
        close()
      }
    }
    let factors = units.map { $0 > 1 ? (Double($0) / Double($0 - 1)).squareRoot() : 0 }
    for first in 0..<count {
      for second in 0..<count { products[first * count + second] *= factors[first] * factors[second] }
    }
    return (products, units)
  }

  /// Of each cluster its rows.
  private static func members(of clusters: Clusters) -> [[Int]] {
    var members = [[Int]](repeating: [], count: clusters.count)
    for (row, cluster) in clusters.codes.enumerated() { members[Int(cluster)].append(row) }
    return members
  }

  func place(_ side: Int, _ rate: Int, _ group: Int) -> Int { layout.place(side, rate, group) }

  /// A sum of means, each with its factor.
  typealias Combination = [(place: Int, factor: Double)]

  func value(of combination: Combination) -> Double {
    combination.reduce(0) { $0 + $1.factor * values[$1.place] }
  }

  func standardError(of combination: Combination) -> Double {
    var variance = 0.0
    for one in combination {
      for other in combination {
        variance += one.factor * other.factor * covariances[one.place * values.count + other.place]
      }
    }
    return max(0, variance).squareRoot()
  }

  /// Half of the interval around a combination: t times its standard error.
  ///
  /// - Parameter thin: whether so little was seen to vary in the rows of a mean that as much may have gone unseen as in
  ///   rows that do not vary at all.
  func half(_ combination: Combination, _ critical: CriticalValues, span: Double, isThin: (Int) -> Bool)
    throws(Undefined) -> Double
  {
    let fewest = combination.map { units[$0.place] }.min() ?? 0
    guard fewest >= 2 else { throw .tooFew("rows of each group", needed: 2, got: fewest) }
    var half = critical[fewest] * standardError(of: combination)
    for part in combination where isThin(part.place) {
      let share = try RuleOfThree.largestShare(unseenIn: units[part.place], confidence: (1 + critical.confidence) / 2)
      half += part.factor.magnitude * span * share
    }
    return half
  }

  /// Whether the rows of a mean all have one value.
  func isConstant(_ place: Int) -> Bool { covariances[place * values.count + place] == 0 }
}
