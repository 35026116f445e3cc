/// A sum without any rounding but the last: the double that is nearest to the true sum.
package enum ExactSum {
  package static let method = Method(
    "sum", aliases: ["summation", "fsum", "exact-sum"],
    computes: """
      The sum of numbers as if computed without rounding, and then rounded once, by keeping the parts that a double \
      cannot hold as further doubles. It does not depend on the order of the numbers.
      """,
    use: """
      Where large numbers of both signs cancel, or a sum must be the same in every order. Adding from left to right loses \
      1 in 1e16 + 1 - 1e16.
      """,
    source: """
      Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates", Discrete and \
      Computational Geometry 18 (1997)
      """)

  /// Throws for a value that is not finite, and when the sum, or one on the way to it, is too large. O(n) for numbers of
  /// like size; at most some forty parts are carried along.
  package static func value(_ values: [Double]) throws(Undefined) -> Double {
    try Sample.requireFinite(values)
    // Numbers without a digit in common, in ascending order, whose sum is that of all values so far.
    var parts: [Double] = []
    for value in values {
      var rest = value
      var kept = 0
      for index in parts.indices {
        let (large, small) = rest.magnitude < parts[index].magnitude ? (parts[index], rest) : (rest, parts[index])
        let sum = large + small
        let lost = small - (sum - large)
        if lost != 0 {
          parts[kept] = lost
          kept += 1
        }
        rest = sum
      }
      guard rest.isFinite else { throw .outOfRange }
      parts.removeSubrange(kept...)
      parts.append(rest)
    }
    return rounded(parts)
  }

  /// The parts added from the largest, which rounds to the nearest double; a tie goes where the next part points.
  private static func rounded(_ parts: [Double]) -> Double {
    var remaining = parts[...]
    var total = remaining.popLast() ?? 0
    while let part = remaining.popLast() {
      let large = total
      total = large + part
      let lost = part - (total - large)
      guard lost != 0 else { continue }
      if let next = remaining.last, (lost < 0) == (next < 0), next != 0 {
        let doubled = total + 2 * lost
        if doubled - total == 2 * lost { total = doubled }
      }
      break
    }
    return total
  }
}
