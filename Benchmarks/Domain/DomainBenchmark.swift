import Foundation
import Statistics

/// Simulates the domain classifier: `RUNS ROWS CHANGES`, lists with commas. For every number of rows of each sample, table
/// and change it prints a line of JSON with how often the area's interval lies above 0.5 and above the limit of 0.55, how
/// often all of it is at most that, the mean area, and the time of a run.
@main struct DomainBenchmark {
  static let limit = 0.55

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().map { $0.split(separator: ",").map(String.init) }
    guard arguments.count == 3, let runs = Int(arguments[0][0]) else {
      print("usage: domain-benchmark RUNS ROWS CHANGES")
      exit(2)
    }
    for rows in arguments[1].compactMap({ Int($0) }) {
      for table in SimulatedTable.Kind.allCases {
        for change in arguments[2].compactMap({ Double($0) }) {
          // Many rows take most of the time, and tell more.
          print(try simulate(rows > 5000 ? max(1, runs / 4) : runs, of: rows, table, change: change))
          fflush(nil)
        }
      }
    }
  }

  private static func simulate(
    _ runs: Int, of rows: Int, _ kind: SimulatedTable.Kind, change: Double
  ) throws -> String {
    var (alarms, failed, passed, areas, seconds) = (0, 0, 0, 0.0, 0.0)
    // As many of the rows as the check draws.
    let rows = (all: rows, drawn: min(rows, 20_000, 400_000 / kind.width))
    for run in 0..<runs {
      var random = Philox(Seed("\(kind) \(rows.all) \(change)"), stream: UInt64(run))
      let before = SimulatedTable(kind, rows: rows.drawn, change: 0, &random)
      let now = SimulatedTable(kind, rows: rows.drawn, change: change, &random)
      let start = clock()
      let area: Estimate?
      do throws(Undefined) {
        area =
          try DomainClassifier(
            reference: before.columns, current: now.columns, confidence: 0.95, seed: Seed(UInt64(run))
          ).area
      } catch {
        // Too few rows, of which the check says nothing.
        area = nil
      }
      seconds += Double(clock() - start) / Double(CLOCKS_PER_SEC)
      areas += area?.value ?? 0.5
      guard let area else { continue }
      if area.interval.lower > 0.5 { alarms += 1 }
      if area.interval.lower > limit { failed += 1 }
      if area.interval.upper <= limit { passed += 1 }
    }
    func share(_ count: Int) -> Double { Double(count) / Double(runs) }
    return """
      {"rows": \(rows.all), "table": "\(kind.rawValue)", "change": \(change), "runs": \(runs), "alarms": \(share(alarms)), \
      "failed": \(share(failed)), "passed": \(share(passed)), "area": \(areas / Double(runs)), \
      "milliseconds": \(seconds * 1000 / Double(runs))}
      """
  }
}

/// A table of which a part changes.
struct SimulatedTable {
  enum Kind: String, CaseIterable {
    /// Ten normal columns; the second loses its dependence on the first.
    case numbers
    /// Forty of them.
    case wide
    /// Five columns of eight categories, of different frequency; rows of the first change to its last.
    case categories
    /// A column of a thousand categories beside two of numbers; a share of the categories has other names.
    case names
    /// Numbers of heavy tails, of which a tenth is missing; more of the first one are.
    case gaps

    var width: Int {
      switch self {
      case .numbers: 10
      case .wide: 40
      case .categories: 5
      case .names: 3
      case .gaps: 6
      }
    }
  }

  private(set) var columns: [[CrossFittedArea.Value]]

  /// - Parameter change: from 0 for none to 1.
  init(_ kind: Kind, rows: Int, change: Double, _ random: inout Philox) {
    columns = [[CrossFittedArea.Value]](repeating: [], count: kind.width)
    for _ in 0..<rows {
      let values = Self.row(kind, change, &random)
      for column in values.indices { columns[column].append(values[column]) }
    }
  }

  private static func row(_ kind: Kind, _ change: Double, _ random: inout Philox) -> [CrossFittedArea.Value] {
    let width = kind.width
    func normal() -> Double { Normal.quantile(max(random.uniform(), 1e-12)) }
    switch kind {
    case .numbers, .wide:
      var values = (0..<width).map { _ in normal() }
      let dependence = 0.7 * (1 - change)
      values[1] = dependence * values[0] + (1 - dependence * dependence).squareRoot() * values[1]
      return values.map { .number($0) }
    case .categories:
      return (0..<width).map { column in
        let category = Int(8 * pow(random.uniform(), 2))
        return .category(column == 0 && random.uniform() < change ? 7 : UInt64(category))
      }
    case .names:
      let name = UInt64(random.uniform() * 1000)
      return [.category(Double(name) < 1000 * change ? name + 10_000 : name), .number(normal()), .number(normal())]
    case .gaps:
      return (0..<width).map { column in
        let share = column == 0 ? 0.1 + 0.9 * change : 0.1
        return random.uniform() < share ? .missing : .number(tan(.pi * (random.uniform() - 0.5)))
      }
    }
  }
}
