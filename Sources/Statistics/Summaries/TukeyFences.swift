/// Tukey's fences, outside of which values are outliers.
package struct TukeyFences: Sendable, Hashable {
  package let lower: Double
  package let upper: Double

  package static let method = Method(
    "tukey-fences", aliases: ["tukey", "iqr-outliers", "boxplot"],
    computes: """
      Q1 - k IQR and Q3 + k IQR, with the quartiles of type 7 or another, IQR = Q3 - Q1 and k = 1.5; k = 3 for what is far \
      out.
      """,
    use: """
      To mark outliers of a roughly symmetric distribution: 0.7 % of normal values lie outside, and far more of skewed \
      ones, for which quantile limits of the reference are better. When half of the values are equal the fences coincide, \
      and every other value is outside.
      """,
    source: "Tukey, Exploratory Data Analysis (1977)")

  /// O(n). Throws without values, with one that is not finite, for k below 0, or when the fences are too far out.
  package init(_ values: [Double], k: Double = 1.5, type: QuantileType = .linear) throws(Undefined) {
    guard k >= 0, k.isFinite else { throw .outsideDomain("k must not be negative") }
    let quantiles = try Quantiles(values)
    let (first, third) = try (quantiles.value(0.25, type), quantiles.value(0.75, type))
    lower = first - k * (third - first)
    upper = third + k * (third - first)
    guard lower.isFinite, upper.isFinite else { throw .outOfRange }
  }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
