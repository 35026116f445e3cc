/// A way to adjust p-values for how many hypotheses are looked at: an adjusted p-value is the least level at which its
/// hypothesis is still rejected.
package protocol Adjustment: Sendable {
  static var method: Method { get }

  /// The adjusted p-values of p-values in ascending order, at least one.
  static func adjusted(ascending: [Probability]) -> [Probability]
}

extension Adjustment {
  /// The adjusted p-values in the order of the given ones. A hypothesis without a p-value (nil) could not be tested: it
  /// is not counted, and gets none.
  package static func adjust(_ p: [Probability?]) -> [Probability?] {
    let known = p.indices.compactMap { index in p[index].map { (index: index, p: $0) } }
      .sorted { $0.p == $1.p ? $0.index < $1.index : $0.p < $1.p }
    guard !known.isEmpty else { return p }
    var result = p
    for (entry, value) in zip(known, adjusted(ascending: known.map(\.p))) { result[entry.index] = value }
    return result
  }

  package static func adjust(_ p: [Probability]) -> [Probability] {
    adjust(p.map(Optional.some)).compactMap { $0 }
  }
}

extension Probability {
  /// Whether a hypothesis with this adjusted p-value is rejected: it is at most the significance, apart from the
  /// rounding of the adjustment (0.01 times 5 is at most 0.05).
  package func rejects(at significance: Double) -> Bool { value <= significance + 4 * significance.ulp }
}

extension [Probability] {
  /// Each with all before it: the largest. A step-down procedure stops at the first hypothesis that it keeps.
  var runningGreatest: [Probability] {
    var greatest = Probability.zero
    return map { p in
      greatest = Swift.max(greatest, p)
      return greatest
    }
  }

  /// Each with all after it: the least. A step-up procedure rejects all up to the last that it can.
  var runningLeast: [Probability] {
    var least = Probability.one
    return Array(
      reversed().map { p in
        least = Swift.min(least, p)
        return least
      }.reversed())
  }
}
