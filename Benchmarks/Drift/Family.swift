import Foundation
import Statistics

/// A gate of twelve columns that have not drifted, decided together as the check decides them by default.
struct Family {
  /// The populations, which stand for the columns in turn.
  var columns: [Population]
  var reference: Int
  var current: Int

  private static let count = 12
  private static let level = 0.05

  /// How often a column fails, how often one is undecided, and how often all are.
  func run(_ runs: Int) throws -> String {
    let method = DriftMethod.jensenShannon
    let limit = DriftBenchmark.limit(of: method)
    var (failed, undecided, nothing) = (0, 0, 0)
    for run in 0..<runs {
      var random = Philox(Seed("family \(reference) \(current)"), stream: UInt64(run))
      let estimates = try (0..<Self.count).map { index in
        let population = columns[index % columns.count]
        let (first, second) = (population.sample(reference, &random), population.sample(current, &random))
        let cells = try DriftCells.cells(first, second, of: population, for: method)
        return try Drift.estimate(cells, method, limit: limit, seed: Seed(UInt64(run * Self.count + index)))
      }
      let adjusted = BenjaminiHochberg.adjust(estimates.map(\.p))
      let decisions = zip(estimates, adjusted).map { estimate, p in
        estimate.decision(limit: limit, isSignificant: p.rejects(at: Self.level))
      }
      if decisions.contains(.drifted) { failed += 1 }
      if decisions.contains(.undecided) { undecided += 1 }
      if decisions.allSatisfy({ $0 == .undecided }) { nothing += 1 }
    }
    func share(_ count: Int) -> Double { Double(count) / Double(runs) }
    return """
      {"columns": \(Self.count), "reference": \(reference), "current": \(current), "runs": \(runs), \
      "failed": \(share(failed)), "undecided": \(share(undecided)), "nothing": \(share(nothing))}
      """
  }
}
