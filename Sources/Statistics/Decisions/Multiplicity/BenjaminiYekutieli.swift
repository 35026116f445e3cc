/// Benjamini and Yekutieli's adjustment of p-values.
package enum BenjaminiYekutieli: Adjustment {
  package static let method = Method(
    "benjamini-yekutieli", aliases: ["by", "fdr-by"],
    computes: """
      Benjamini and Hochberg's adjusted p-values times 1 + 1/2 + … + 1/m, at most 1.
      """,
    use: """
      As Benjamini-Hochberg, whatever the dependence. The price is high: for a hundred tests the levels are five times \
      smaller.
      """,
    source: "Benjamini and Yekutieli, Annals of Statistics 29 (2001)")

  package static func adjusted(ascending: [Probability]) -> [Probability] {
    let harmonic = (1...ascending.count).map { 1 / Double($0) }.compensatedSum
    return BenjaminiHochberg.stepUp(ascending, factor: Double(ascending.count) * harmonic)
  }
}
