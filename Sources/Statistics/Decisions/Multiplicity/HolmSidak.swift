/// Holm's step-down adjustment with Sidak's levels.
package enum HolmSidak: Adjustment {
  package static let method = Method(
    "holm-sidak",
    computes: """
      For the i-th smallest of m p-values: the largest of 1 - (1 - p(j))^(m - j + 1) over j up to i.
      """,
    use: "As Holm's, a little sharper, for independent tests.",
    source: "Holland and Copenhaver, Biometrics 43 (1987)")

  package static func adjusted(ascending: [Probability]) -> [Probability] {
    ascending.enumerated().map { Sidak.least(of: ascending.count - $0, atMost: $1) }.runningGreatest
  }
}
