internal import Statistics
internal import Verdict

/// What moved between two samples in the same cells, in words.
enum DriftShift {
  /// The cells whose share changed most: `"AA": 12% before, 25% now`.
  static func words(_ cells: DriftCells, _ labels: [String], limit: Int = 3) -> [String] {
    let (before, now) = (shares(cells.reference), shares(cells.current))
    let moved = labels.indices.filter { before[$0] != now[$0] }.sorted {
      let (one, other) = ((now[$0] - before[$0]).magnitude, (now[$1] - before[$1]).magnitude)
      return one == other ? $0 < $1 : one > other
    }
    return moved.prefix(limit).map { "\(labels[$0]): \(percent(before[$0])) before, \(percent(now[$0])) now" }
  }

  private static func shares(_ counts: [Double]) -> [Double] {
    let total = counts.reduce(0, +)
    return counts.map { total > 0 ? $0 / total : 0 }
  }

  private static func percent(_ share: Double) -> String { Quantity.brief(share * 100, digits: 3) + "%" }
}
