internal import Glibc

/// A histogram in few bars, whose borders grow by the same factor from the smallest value to the largest.
package struct LatencyBars: Sendable {
  package struct Bar: Sendable, Hashable {
    /// In nanoseconds.
    package var from: Double
    package var to: Double
    package var count: Int
  }

  package private(set) var bars: [Bar] = []

  /// - Parameter wanted: the most bars; one when the values do not vary.
  package init(_ histogram: LatencyHistogram, bars wanted: Int) {
    guard let minimum = histogram.minimum, let maximum = histogram.maximum, wanted > 0 else { return }
    let low = Double(max(minimum, 1))
    let high = max(Double(maximum), low)
    let count = high > low * 1.001 ? wanted : 1
    var below = 0
    for index in 0..<count {
      let from = low * pow(high / low, Double(index) / Double(count))
      let to = low * pow(high / low, Double(index + 1) / Double(count))
      let upTo = index == count - 1 ? histogram.count : histogram.count(upTo: Int64(to))
      bars.append(Bar(from: from, to: to, count: upTo - below))
      below = upTo
    }
  }
}
