/// The Hellinger distance of two distributions over categories, and the Bhattacharyya coefficient.
package enum Hellinger {
  package static let method = Method(
    "hellinger", aliases: ["hellinger-distance", "bhattacharyya", "bhattacharyya-coefficient"],
    computes: """
      H = sqrt(1/2 sum of (sqrt p - sqrt q)^2), from 0 to 1; the Bhattacharyya coefficient is the sum of sqrt(p q), which \
      is 1 - H^2.
      """,
    use: """
      As a bounded and symmetric metric of drift that is defined for empty categories and gives rare ones more weight than \
      total variation does.
      """,
    source: "Hellinger, Journal fuer die reine und angewandte Mathematik 136 (1909); Bhattacharyya, Sankhya 7 (1946)")

  /// Throws when the samples differ in their number of categories. O(categories).
  package static func distance(_ first: Counts, _ second: Counts) throws(Undefined) -> Double {
    let pair = try CategoryShares(first, second)
    let squares = pair.first.indices.map { index in
      let roots = pair.first[index].squareRoot() + pair.second[index].squareRoot()
      let gap = roots > 0 ? pair.differences[index] / roots : 0
      return gap * gap
    }
    return min(1, (squares.compensatedSum / 2).squareRoot())
  }

  /// The sum of sqrt(p q): how far the distributions overlap.
  package static func bhattacharyya(_ first: Counts, _ second: Counts) throws(Undefined) -> Double {
    let pair = try CategoryShares(first, second)
    return min(1, zip(pair.first, pair.second).map { ($0 * $1).squareRoot() }.compensatedSum)
  }
}
