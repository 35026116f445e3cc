internal import Glibc

/// Sidak's adjustment of p-values.
package enum Sidak: Adjustment {
  package static let method = Method(
    "sidak",
    computes: "1 - (1 - p)^m for each of m p-values.",
    use: """
      As Bonferroni's, a little sharper, for independent tests (and for two-sided tests of jointly normal statistics). \
      Under other dependence it may promise too much.
      """,
    source: "Sidak, Journal of the American Statistical Association 62 (1967)")

  package static func adjusted(ascending: [Probability]) -> [Probability] {
    ascending.map { least(of: ascending.count, atMost: $0) }
  }

  /// The probability that the least of so many independent p-values is at most p.
  static func least(of count: Int, atMost p: Probability) -> Probability {
    // Below this m p is the result to the last digit.
    if p.value * Double(count) < 1e-20 { return p.times(Double(count)) }
    return Probability(-expm1(Double(count) * log1p(-p.value)))
  }
}
