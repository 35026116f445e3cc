internal import Glibc

/// Shannon's entropy of a distribution over categories.
package enum Entropy {
  package static let method = Method(
    "entropy", aliases: ["shannon-entropy", "miller-madow"],
    computes: """
      H = - sum of p ln p, in nats or bits: 0 when one category has all rows, the logarithm of their number when all are \
      equally frequent. Miller and Madow's correction adds (observed categories - 1) / 2n nats.
      """,
    use: """
      To say how evenly values spread over categories: a fall tells of values that vanish, a rise of new ones. A sample's \
      entropy is too low on average: with few rows for each category use the corrected one.
      """,
    source: "Shannon, Bell System Technical Journal 27 (1948); Miller, Information Theory in Psychology (1955)")

  /// O(categories).
  package static func value(_ counts: Counts, in unit: InformationUnit = .nats) -> Double {
    let terms = counts.shares.map { $0 > 0 ? -$0 * log($0) : 0 }
    return unit.value(nats: max(0, terms.compensatedSum))
  }

  /// With Miller and Madow's correction for the sample's size. The counts must be of rows.
  package static func corrected(_ counts: Counts, in unit: InformationUnit = .nats) -> Double {
    value(counts, in: unit) + unit.value(nats: Double(counts.observed - 1) / (2 * counts.total))
  }
}
