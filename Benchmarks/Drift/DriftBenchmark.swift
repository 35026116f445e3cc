import Foundation
import Statistics

/// Simulates verdicts of drift: `RUNS METHODS REFERENCES SIZES POPULATIONS`, lists with commas. For every combination it
/// prints a line of JSON with how often samples of one population, of two that are as far apart as the limit, and of
/// two with twice and four times that shift were found drifted and stable. With `family` in place of methods it judges
/// twelve columns of these populations together, which have not drifted; with `novelty` the values that the reference
/// lacks. `RUNS bands HISTORIES` is of the bands of anomaly checks, after histories of so many runs.
@main struct DriftBenchmark {
  /// What a method is held against when nobody says so.
  static func limit(of method: DriftMethod) -> Double { method == .psi ? 0.2 : 0.1 }

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().map { $0.split(separator: ",").map(String.init) }
    let isOfBands = arguments.count == 3 && arguments[1] == ["bands"]
    guard arguments.count == 5 || isOfBands, let runs = Int(arguments[0][0]) else {
      print("usage: drift-benchmark RUNS METHODS|family|novelty REFERENCES SIZES POPULATIONS, or RUNS bands HISTORIES")
      exit(2)
    }
    let references = arguments[2].compactMap { Int($0) }
    guard !isOfBands else { return try simulateBands(runs, references) }
    for reference in references {
      for current in arguments[3].compactMap({ Int($0) }) {
        // Samples of a million rows take most of the time.
        let runs = current >= 1_000_000 ? max(1, runs / 5) : runs
        try simulate(runs, arguments[1], reference, current, Population.all.filter { arguments[4].contains($0.name) })
      }
    }
  }

  private static func simulateBands(_ runs: Int, _ histories: [Int]) throws {
    for strategy in Bands.Strategy.allCases {
      for series in Bands.Series.allCases {
        for history in histories {
          if let line = try Bands(strategy: strategy, series: series, history: history).run(runs) { tell(line) }
        }
      }
    }
  }

  private static func simulate(
    _ runs: Int, _ what: [String], _ reference: Int, _ current: Int, _ populations: [Population.Named]
  ) throws {
    if what == ["family"] {
      let columns = populations.map { $0.drifting(0) }
      return tell(try Family(columns: columns, reference: reference, current: current).run(runs))
    }
    for population in populations {
      if what == ["novelty"] {
        var base = population.drifting(0)
        base.isCategorical = population.isCategorical
        tell(try Novelty(population: base, reference: reference, current: current).run(runs))
      }
      let methods = what.compactMap { DriftMethod(rawValue: $0) }
      for method in methods where !(population.isCategorical && method.needsOrder) {
        let scenario = Scenario(
          name: population.name, drifting: population.drifting, most: population.most, method: method,
          reference: reference, current: current)
        tell(try scenario.run(runs, limit: limit(of: method)))
      }
    }
  }

  private static func tell(_ line: String) {
    print(line)
    fflush(nil)
  }
}

/// Samples of two sizes of a population, and the distance they are judged by.
struct Scenario {
  var name: String
  var drifting: Population.Drifting
  var most: Double
  var method: DriftMethod
  var reference: Int
  var current: Int

  struct Tally {
    var (drifted, stable) = (0, 0)
  }

  func run(_ runs: Int, limit: Double) throws -> String {
    let base = drifting(0)
    let shift = try self.shift(to: limit, base)
    var seconds = 0.0
    var parts: [String] = []
    for (label, times) in [("identical", 0.0), ("limit", 1), ("twice", 2), ("fourfold", 4)] {
      let shifted = drifting(min(times * shift, most))
      var tally = Tally()
      for run in 0..<runs {
        var random = Philox(Seed("\(name) \(reference) \(current) \(label)"), stream: UInt64(run))
        let (first, second) = (base.sample(reference, &random), shifted.sample(current, &random))
        let start = clock()
        let cells = try DriftCells.cells(first, second, of: base, for: method)
        let estimate = try Drift.estimate(cells, method, limit: limit, seed: Seed(UInt64(run)))
        seconds += Double(clock() - start) / Double(CLOCKS_PER_SEC)
        switch estimate.decision(limit: limit, isSignificant: estimate.p.value <= 0.05) {
        case .drifted: tally.drifted += 1
        // What most rows hide passes nothing.
        case .stable where cells.hideMost: break
        case .stable: tally.stable += 1
        case .undecided: break
        }
      }
      parts.append("\"\(label)\": [\(Double(tally.drifted) / Double(runs)), \(Double(tally.stable) / Double(runs))]")
    }
    return """
      {"method": "\(method.rawValue)", "population": "\(name)", "reference": \(reference), "current": \(current), \
      "runs": \(runs), \(parts.joined(separator: ", ")), "milliseconds": \(seconds * 1000 / Double(4 * runs))}
      """
  }

  /// The shift at which the populations themselves are as far apart as the limit, in cells as samples have them.
  private func shift(to limit: Double, _ base: Population) throws -> Double {
    func effect(_ shift: Double) throws -> Double {
      func weighted(_ population: Population, _ rows: Int) -> [WeightedValue] {
        zip(population.values, population.shares).map { WeightedValue($0, weight: $1 * Double(rows)) }
      }
      var cells = try DriftCells.cells(
        weighted(base, reference), weighted(drifting(shift), current), of: base, for: method)
      cells.reference = cells.reference.map { $0 * 1e6 }
      cells.current = cells.current.map { $0 * 1e6 }
      return try Drift.effect(cells, method)
    }
    var (low, high) = (0.0, most)
    for _ in 0..<30 {
      let middle = (low + high) / 2
      if try effect(middle) < limit { low = middle } else { high = middle }
    }
    return low
  }
}

extension DriftCells {
  /// Two samples in the cells in which the check compares them.
  static func cells(
    _ first: [WeightedValue], _ second: [WeightedValue], of population: Population, for method: DriftMethod
  ) throws -> DriftCells {
    guard population.isCategorical else { return try numbers(reference: first, current: second, for: method) }
    return try CategoryCells(
      reference: first.map { (Int($0.value), $0.weight) }, current: second.map { (Int($0.value), $0.weight) }
    ).cells
  }
}
