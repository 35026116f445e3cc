import Foundation
import Statistics

/// A population of which samples are drawn: so many values with shares, and how it drifts.
struct Population {
  var name: String
  var isCategorical = false
  var values: [Double]
  /// The shares up to and with each value; nil for equal ones.
  var cumulative: [Double]?

  init(_ name: String, _ values: [Double]) {
    self.name = name
    self.values = values
  }

  init(_ name: String, _ values: [Double], shares: [Double], isCategorical: Bool = false) {
    self.init(name, values)
    self.isCategorical = isCategorical
    let total = shares.reduce(0, +)
    var sum = 0.0
    cumulative = shares.map { share in
      sum += share / total
      return sum
    }
  }

  var shares: [Double] {
    guard let cumulative else { return values.map { _ in 1 / Double(values.count) } }
    return cumulative.indices.map { cumulative[$0] - ($0 > 0 ? cumulative[$0 - 1] : 0) }
  }

  /// The rows of a sample by value, those without any left out.
  func sample(_ rows: Int, _ random: inout Philox) -> [WeightedValue] {
    var counts = [Int](repeating: 0, count: values.count)
    if let cumulative {
      // Where the search for a uniform number begins, by its first bits.
      let parts = 4096
      var starts = [Int](repeating: 0, count: parts)
      var place = 0
      for part in 0..<parts {
        while place < values.count - 1, cumulative[place] <= Double(part) / Double(parts) { place += 1 }
        starts[part] = place
      }
      for _ in 0..<rows {
        let uniform = random.uniform()
        var place = starts[Int(uniform * Double(parts))]
        while place < values.count - 1, cumulative[place] <= uniform { place += 1 }
        counts[place] += 1
      }
    } else {
      for _ in 0..<rows { counts[random.index(below: UInt32(values.count))] += 1 }
    }
    return zip(values, counts).filter { $1 > 0 }.map { WeightedValue($0, weight: Double($1)) }
  }

  /// The population and what has become of it; 0 is no drift, and more of it is more.
  typealias Drifting = @Sendable (Double) -> Population

  typealias Named = (name: String, isCategorical: Bool, most: Double, drifting: Drifting)

  static let all: [Named] = [
    ("normal", false, 6, { shift in Population("normal", grid { $0 + shift }) }),
    ("skewed", false, 6, { shift in Population("skewed", grid { exp($0 + shift) }) }),
    ("heavy-tailed", false, 20, { shift in Population("heavy-tailed", uniforms.map { student3($0) + shift }) }),
    (
      "discrete", false, 30,
      { shift in
        let mean = 3 + shift
        let shares = (0..<60).map { exp(Double($0) * log(mean) - mean - lgamma(Double($0) + 1)) }
        return Population("discrete", (0..<60).map(Double.init), shares: shares)
      }
    ),
    (
      "constant", true, 1,
      { shift in Population("constant", [1, 2], shares: [1 - shift, shift], isCategorical: true) }
    ),
    (
      "categories", true, 6,
      { shift in
        let shares = (1...20_000).map { pow(Double($0), -1.1 - shift / 4) }
        return Population("categories", (1...20_000).map(Double.init), shares: shares, isCategorical: true)
      }
    ),
    (
      "one category", true, 1,
      { shift in
        let moved = min(shift, 0.3)
        let shares = [0.3 - moved, 0.1 + moved] + (0..<17).map { _ in 0.6 / 17 }
        return Population("one category", shares.indices.map(Double.init), shares: shares, isCategorical: true)
      }
    ),
    (
      "many categories", true, 1,
      { shift in
        // Every other one becomes more frequent: together with its neighbours none does.
        let shares = (0..<60).map { $0.isMultiple(of: 2) ? 1 + min(shift, 0.99) : 1 - min(shift, 0.99) }
        return Population("many categories", shares.indices.map(Double.init), shares: shares, isCategorical: true)
      }
    ),
    (
      "outliers", false, 0.5,
      { shift in
        let shares = uniforms.map { _ in (1 - shift) / 4096 } + [shift]
        return Population("outliers", grid { $0 } + [8], shares: shares)
      }
    ),
    (
      "spiked", false, 0.4,
      { shift in
        // A value within the range stands in a tenth of the rows and more, as a default does.
        let share = min(0.1 + shift, 0.95)
        let below = uniforms.count * 6 / 10
        let values = grid { $0 }
        let shares = uniforms.map { _ in (1 - share) / 4096 }
        return Population(
          "spiked", values[..<below] + [(values[below - 1] + values[below]) / 2] + values[below...],
          shares: shares[..<below] + [share] + shares[below...])
      }
    ),
    (
      "contaminated", false, 100,
      { shift in
        Population("contaminated", uniforms.enumerated().map { $0 % 100 == 50 ? 1e3 * normal($1) : normal($1) + shift })
      }
    ),
  ]

  private static let uniforms = (0..<4096).map { (Double($0) + 0.5) / 4096 }

  private static func normal(_ u: Double) -> Double { Normal.quantile(u) }

  private static func grid(_ value: (Double) -> Double) -> [Double] { uniforms.map { value(normal($0)) } }

  /// Student's t with three degrees of freedom, by halving.
  private static func student3(_ u: Double) -> Double {
    var (low, high) = (-100.0, 100.0)
    for _ in 0..<60 {
      let t = (low + high) / 2
      let below = 0.5 + (atan(t / 3.squareRoot()) + t / 3.squareRoot() / (1 + t * t / 3)) / .pi
      if below < u { low = t } else { high = t }
    }
    return low
  }
}
