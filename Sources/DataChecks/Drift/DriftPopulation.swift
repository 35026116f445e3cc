internal import Scan
internal import Statistics

/// A sample taken as a population from which further samples are drawn.
struct DriftPopulation: Sendable {
  private var values: DriftValues

  init(_ values: DriftValues) { self.values = values }

  /// A sample of about so many rows: every value has a Poisson number of them.
  func sample(of rows: Int, _ random: inout Philox) -> DriftValues {
    let scale = Double(rows) / max(1, values.rows)
    switch values {
    case .numbers(let values, let error):
      let drawn = values.map { value in
        WeightedValue(value.value, weight: random.poisson(mean: value.weight * scale), isCounted: value.isCounted)
      }
      return .numbers(drawn.filter { $0.weight > 0 }, error: error)
    case .categories(let counts):
      let drawn = counts.counts.map { ($0.key, random.poisson(mean: $0.count * scale)) }.filter { $0.1 > 0 }
      return .categories(
        CategoryCounts(drawn, rest: random.poisson(mean: counts.rest * scale), error: counts.error))
    case .buckets(let counts): return .buckets(counts.map { random.poisson(mean: $0 * scale) })
    }
  }

  /// The population after a share of its rows has changed: numbers by two standard deviations upwards, categories and
  /// buckets to the rarest one.
  func shifted(_ share: Double) -> DriftPopulation {
    var shifted = self
    switch values {
    case .numbers(let values, let error):
      let rows = values.map(\.weight).reduce(0, +)
      let mean = values.map { $0.value * $0.weight }.reduce(0, +) / rows
      let variance = values.map { ($0.value - mean) * ($0.value - mean) * $0.weight }.reduce(0, +) / rows
      let step = variance > 0 ? 2 * variance.squareRoot() : 1
      shifted.values = .numbers(
        values.map { WeightedValue($0.value, weight: $0.weight * (1 - share), isCounted: $0.isCounted) }
          + values.map { WeightedValue($0.value + step, weight: $0.weight * share, isCounted: $0.isCounted) },
        error: error)
    case .categories(let counts):
      var changed = counts.counts.map { ($0.key, $0.count * (1 - share)) }
      let rarest = counts.counts.indices.min { counts.counts[$0].count < counts.counts[$1].count }
      let moved = (Double(counts.rows) - counts.rest) * share
      // One category alone changes into another.
      if let rarest, changed.count > 1 {
        changed[rarest].1 += moved
      } else {
        changed.append((TextValue("another"), moved))
      }
      shifted.values = .categories(CategoryCounts(changed, rest: counts.rest, error: counts.error))
    case .buckets(let counts):
      var changed = counts.map { $0 * (1 - share) }
      if let rarest = counts.indices.min(by: { counts[$0] < counts[$1] }) {
        changed[rarest] += counts.reduce(0, +) * share
      }
      shifted.values = .buckets(changed)
    }
    return shifted
  }
}
