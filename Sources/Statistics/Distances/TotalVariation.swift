/// The total variation distance of two distributions over categories.
package enum TotalVariation {
  package static let method = Method(
    "total-variation", aliases: ["tv", "tvd", "total-variation-distance"],
    computes: """
      TV = 1/2 sum of |p - q|, from 0 to 1: the largest difference in probability that any set of categories has, and the \
      share of rows that would have to change their category.
      """,
    use: """
      To watch for drift in words that everyone understands: 0.05 means that five rows of a hundred have moved. Like every \
      distance of samples it is above 0 by chance, the more so the more categories there are.
      """,
    source: "Levin, Peres and Wilmer, Markov Chains and Mixing Times, chapter 4")

  /// Throws when the samples differ in their number of categories. O(categories).
  package static func distance(_ first: Counts, _ second: Counts) throws(Undefined) -> Double {
    try min(1, CategoryShares(first, second).differences.map(\.magnitude).compensatedSum / 2)
  }
}
