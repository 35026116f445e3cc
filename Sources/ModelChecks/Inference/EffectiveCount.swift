internal import Statistics

/// How many independent rows, or groups of rows, an estimate rests on.
///
/// What counts nothing is no row, and rows that count differently are worth fewer than they are: (sum w)² / sum w² (Kish,
/// "Survey Sampling", 1965, section 8.2).
struct EffectiveCount: Sendable {
  let value: Double
  /// What is counted: `rows`, `groups`.
  let unit: String
  /// Rows, or groups, that count at all.
  let counting: Int

  /// Fewer than these are too few for what holds of many.
  static let fewest = 30

  /// - Parameters:
  ///   - weights: how much each row counts; nil for all alike.
  ///   - isCounted: the rows that say something of the metric; nil for all.
  init(rows: Int, weights: [Double]?, isCounted: [Bool]? = nil, _ clusters: Clusters?) {
    unit = clusters == nil ? "rows" : "groups"
    guard weights != nil || isCounted != nil || clusters != nil else {
      (value, counting) = (Double(rows), rows)
      return
    }
    var sums: [Double]
    let weights = (0..<rows).map { isCounted?[$0] ?? true ? weights?[$0] ?? 1 : 0 }
    if let clusters {
      sums = [Double](repeating: 0, count: clusters.count)
      for (row, cluster) in clusters.codes.enumerated() { sums[Int(cluster)] += weights[row] }
    } else {
      sums = weights
    }
    // Relative to the largest, so that no square is beyond the range of doubles.
    let largest = sums.max() ?? 0
    counting = sums.count { $0 > 0 }
    guard largest > 0 else {
      value = 0
      return
    }
    var (sum, squares) = (0.0, 0.0)
    for weight in sums {
      sum += weight / largest
      squares += (weight / largest) * (weight / largest)
    }
    value = sum * sum / squares
  }

  var rounded: Int { max(1, Int(value.rounded(.down))) }

  func require() throws(Undefined) {
    guard value < Double(Self.fewest) else { return }
    let isWeighted = Double(counting) > value + 0.5
    throw .tooFew(isWeighted ? "\(unit) that count alike" : unit, needed: Self.fewest, got: Int(value.rounded(.down)))
  }
}
