internal import Metrics
internal import Statistics

/// Which part of the variance that the rows bring to one training run is of the rows alone, and the same in every run. The
/// rest is of training, but of each row another: in one run it looks like the rows', and it falls with the number of runs
/// as what training moves as a whole does, with which it is counted.
///
/// Rows and runs are crossed factors: of y = row + run + rest the covariance of two runs is the variance of the rows
/// (Searle, Casella and McCulloch, "Variance Components" (1992), chapter 4). Covariances are those of the metric on
/// sections of the rows.
enum SharedVariance {
  /// Of fewer rows the metric is looked at without a section, of more on the sections alone, which costs as much as all
  /// rows once.
  private static let fewRows = 20_000

  /// From 0 to 1; nil where the metric is undefined on a section, or no section moves it.
  ///
  /// - Parameters:
  ///   - mine: the runs of the candidate.
  ///   - theirs: those of the baseline, less a multiple of which the effect is; none of a single model.
  ///   - factor: that multiple.
  /// - Complexity: 50 times the metric for each run of few rows, once for each of many.
  static func share<Rows: MeasuredRows>(
    _ metric: Metrics.Metric<Rows>, _ mine: [Rows], _ theirs: [Rows], _ clusters: Clusters?, factor: Double
  ) -> Double? {
    guard let first = mine.first else { return nil }
    let sections = Sectioning.deal(rows: first.count, clusters: clusters?.codes).filter { !$0.isEmpty }
    guard sections.count > 1 else { return nil }
    let parts = first.count <= fewRows ? sections.indices.map { left in rest(without: left, sections) } : sections
    func values(_ runs: [Rows]) -> [[Double]]? {
      var values: [[Double]] = []
      for run in runs {
        var ofRun: [Double] = []
        for part in parts {
          guard let value = try? metric.value(of: run.rows(at: part)), value.isFinite else { return nil }
          ofRun.append(value)
        }
        values.append(centred(ofRun))
      }
      return values
    }
    guard let candidates = values(mine), let baselines = values(theirs) else { return nil }
    let pairs = (0..<max(mine.count, theirs.count)).map { run -> Double in
      let mine = candidates[run % mine.count]
      guard !theirs.isEmpty else { return product(mine, mine) }
      let other = baselines[run % theirs.count]
      let difference = zip(mine, other).map { $0 - factor * $1 }
      return product(difference, difference)
    }
    let whole = pairs.reduce(0, +) / Double(pairs.count)
    guard whole > 0 else { return nil }
    var shared = within(candidates)
    if !theirs.isEmpty {
      shared += factor * factor * within(baselines) - 2 * factor * mean(candidates, baselines) { _, _ in true }
    }
    return min(1, max(0, shared / whole))
  }

  private static func rest(without left: Int, _ sections: [[Int]]) -> [Int] {
    sections.indices.flatMap { $0 == left ? [] : sections[$0] }
  }

  private static func centred(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { $0 - mean }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Between different runs of one side. One run alone is the model itself, with all that its rows vary.
  private static func within(_ runs: [[Double]]) -> Double {
    runs.count > 1 ? mean(runs, runs) { $0 != $1 } : product(runs[0], runs[0])
  }

  private static func mean(_ a: [[Double]], _ b: [[Double]], where isCounted: (Int, Int) -> Bool) -> Double {
    var (sum, count) = (0.0, 0)
    for first in a.indices {
      for second in b.indices where isCounted(first, second) {
        sum += product(a[first], b[second])
        count += 1
      }
    }
    return count > 0 ? sum / Double(count) : 0
  }
}
