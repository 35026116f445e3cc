extension DeLong {
  /// What the positives and the negatives bring to the variance of one area less a multiple of another.
  func parts(_ first: Int, _ second: Int, factor: Double) -> (positives: Double, negatives: Double) {
    let center = areas[first] - factor * areas[second]
    var (ofPositives, ofNegatives) = (CompensatedSum(), CompensatedSum())
    for row in labels.indices {
      let deviation = placements[first][row] - factor * placements[second][row] - center
      if labels[row] { ofPositives.add(deviation * deviation) } else { ofNegatives.add(deviation * deviation) }
    }
    func part(_ sum: CompensatedSum, _ count: Int) -> Double { sum.value / Double(count - 1) / Double(count) }
    return (part(ofPositives, positives), part(ofNegatives, negatives))
  }

  /// How many rows of each class two models place differently: as many as would, had each the same part in it.
  func moved(_ first: Int, _ second: Int) -> (positives: Double, negatives: Double) {
    func count(_ isPositive: Bool) -> Double {
      var (sum, squares) = (0.0, 0.0)
      for row in labels.indices where labels[row] == isPositive {
        let moved = (placements[first][row] - placements[second][row]).magnitude
        guard moved > 1e-12 else { continue }
        sum += moved
        squares += moved * moved
      }
      return squares > 0 ? sum * sum / squares : 0
    }
    return (count(true), count(false))
  }

  /// How far the placements of a class lie apart in both models; 1, the most there is, where all are the same.
  func spread(_ first: Int, _ second: Int, ofPositives isPositive: Bool) -> Double {
    var (least, most) = (1.0, 0.0)
    for model in [first, second] {
      for row in labels.indices where labels[row] == isPositive {
        least = min(least, placements[model][row])
        most = max(most, placements[model][row])
      }
    }
    return most > least ? most - least : 1
  }
}
