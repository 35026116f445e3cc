import Foundation
import Statistics

/// Values that the reference does not have: new categories, or numbers outside its range.
struct Novelty {
  var population: Population
  var reference: Int
  var current: Int

  /// The share of such values that a check accepts when nobody says else.
  private var limit: Double {
    population.isCategorical ? 0.1 : DriftMethod.jensenShannon.mass(ofDistance: 0.1)
  }

  /// How often samples of one population, and of ones of which so many times the limit has come, drift and are stable.
  func run(_ runs: Int) throws -> String {
    var parts: [String] = []
    for (label, times) in [("identical", 0.0), ("limit", 1), ("twice", 2), ("fourfold", 4)] {
      var (drifted, stable) = (0, 0)
      for run in 0..<runs {
        var random = Philox(Seed("novelty \(population.name) \(reference) \(current) \(label)"), stream: UInt64(run))
        switch try mass(of: times * limit, &random).decision(limit: limit, isSignificant: true) {
        case .drifted: drifted += 1
        case .stable: stable += 1
        case .undecided: break
        }
      }
      parts.append("\"\(label)\": [\(Double(drifted) / Double(runs)), \(Double(stable) / Double(runs))]")
    }
    return """
      {"method": "\(population.isCategorical ? "new values" : "range")", "population": "\(population.name)", \
      "reference": \(reference), "current": \(current), "runs": \(runs), \(parts.joined(separator: ", "))}
      """
  }

  private func mass(of share: Double, _ random: inout Philox) throws -> UnseenMass {
    let before = population.sample(reference, &random)
    let moved = (0..<current).count { _ in random.uniform() < share }
    let now = population.sample(current - moved, &random)
    let seenOnce: Int
    let isKnown: (Double) -> Bool
    if population.isCategorical {
      let known = Set(before.map(\.value))
      seenOnce = before.count { $0.weight == 1 }
      isKnown = { known.contains($0) }
    } else {
      let (least, greatest) = (before.map(\.value).min() ?? 0, before.map(\.value).max() ?? 0)
      seenOnce = 2
      isKnown = { least <= $0 && $0 <= greatest }
    }
    let unseen = now.reduce(moved) { isKnown($1.value) ? $0 : $0 + Int($1.weight) }
    return try UnseenMass(seenOnce: seenOnce, of: reference, unseen: unseen, of: current)
  }
}
