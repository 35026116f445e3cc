internal import Glibc

/// A distance between the shares of the same cells in two populations, fast enough for thousands of resamples.
///
/// It grows in proportion to small differences of the shares. So what sampling adds to it falls with the root of the rows.
protocol CellEffect: Sendable {
  /// Shares that each sum to 1.
  func value(_ p: [Double], _ q: [Double]) -> Double
}

/// The Jensen-Shannon distance to base 2.
struct JensenShannonEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) where p + q > 0 { sum += (p + q) * Self.term((p - q) / (p + q)) }
    return (max(0, sum) / (4 * 0.693_147_180_559_945_3)).squareRoot()
  }

  /// (1 + s) ln(1 + s) + (1 - s) ln(1 - s).
  private static func term(_ s: Double) -> Double {
    let x = s * s
    if x < 0.09 { return x * (1 + x * (1 / 6.0 + x * (1 / 15.0 + x * (1 / 28.0 + x * (1 / 45.0 + x / 66.0))))) }
    return (s > -1 ? (1 + s) * log1p(s) : 0) + (s < 1 ? (1 - s) * log1p(-s) : 0)
  }
}

/// Half of the sum of the differences.
struct TotalVariationEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) { sum += (p - q).magnitude }
    return sum / 2
  }
}

/// The largest difference.
struct LInfinityEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var largest = 0.0
    for (p, q) in zip(p, q) { largest = max(largest, (p - q).magnitude) }
    return largest
  }
}

struct HellingerEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) {
      let gap = p.squareRoot() - q.squareRoot()
      sum += gap * gap
    }
    return (sum / 2).squareRoot()
  }
}

/// Cramer's V of two samples that count alike, whatever their sizes.
struct CramersVEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) where p + q > 0 { sum += (p - q) * ((p - q) / (p + q)) }
    return (sum / 2).squareRoot()
  }
}

/// The root of the population stability index, of shares to which half a row per cell was added.
struct StabilityEffect: CellEffect {
  let reference: Double
  let current: Double

  func value(_ p: [Double], _ q: [Double]) -> Double {
    let cells = Double(p.count)
    var sum = 0.0
    for (p, q) in zip(p, q) {
      let (p, q) = ((reference * p + 0.5) / (reference + cells / 2), (current * q + 0.5) / (current + cells / 2))
      let s = (p - q) / (p + q)
      let x = s * s
      // s atanh(s), as ln(p / q) = 2 atanh(s).
      let term =
        x < 0.09 ? x * (1 + x * (1 / 3.0 + x * (1 / 5.0 + x * (1 / 7.0 + x * (1 / 9.0 + x / 11.0))))) : s * atanh(s)
      sum += 2 * (p + q) * term
    }
    return max(0, sum).squareRoot()
  }
}

/// The largest difference of the shares up to and with a cell.
struct KolmogorovSmirnovEffect: CellEffect {
  func value(_ p: [Double], _ q: [Double]) -> Double {
    var (gap, largest) = (CompensatedSum(), 0.0)
    for (p, q) in zip(p, q) {
      gap.add(p)
      gap.add(-q)
      largest = max(largest, gap.value.magnitude)
    }
    return min(1, largest)
  }
}

/// The mean distance that values must move, in standard deviations of the reference.
struct WassersteinEffect: CellEffect {
  /// The value of each cell, ascending, and scaled so that squares stay in the range of doubles.
  let values: [Double]

  func value(_ p: [Double], _ q: [Double]) -> Double {
    var (moved, gap, mean) = (0.0, 0.0, 0.0)
    for index in values.indices {
      if index > 0 { moved += gap.magnitude * (values[index] - values[index - 1]) }
      gap += p[index] - q[index]
      mean += p[index] * values[index]
    }
    var variance = 0.0
    for index in values.indices { variance += p[index] * (values[index] - mean) * (values[index] - mean) }
    return variance > 0 ? moved / variance.squareRoot() : moved > 0 ? .infinity : 0
  }
}
