/// Tippett's combination of independent p-values into one.
package enum TippettCombination {
  package static let method = Method(
    "tippett-combination", aliases: ["tippett", "minimum-p"],
    computes: "1 - (1 - p)^k for the least p of k p-values: the probability that any would be as small.",
    use: """
      To ask whether at least one of several independent tests has found something. It looks at the least p-value alone.
      """,
    source: "Tippett, The Methods of Statistics (1931)")

  /// The combined p-value. Throws without p-values. O(k).
  package static func combine(_ p: [Probability]) throws(Undefined) -> Probability {
    guard let least = p.min() else { throw .tooFew("p-values", needed: 1, got: 0) }
    return Sidak.least(of: p.count, atMost: least)
  }
}
