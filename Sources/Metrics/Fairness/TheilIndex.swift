internal import Glibc
internal import Statistics

/// How unequally benefits fall on rows.
package enum TheilIndex {
  package static let page = MetricPage(
    "theil_index", better: .lower, range: 0...(.infinity),
    what: """
      The mean of b/m ln(b/m), b being prediction - label + 1 of a row (2 for a false positive, 0 for a false negative) \
      and m their mean: 0 when all rows are served alike.
      """,
    why: "It measures unfairness between single people and groups at once, without naming groups.",
    example: "{metric: theil_index, at_most: 0.1}", fix: "See which errors grew, and for whom.")

  static let fairness = MetricDefinition<FairnessRows>(page) { _ in
    .init(.resample) { rows throws(Undefined) in
      let cells = rows.matrices.reduce(into: ConfusionMatrix()) { all, one in
        all.truePositives += one.truePositives
        all.trueNegatives += one.trueNegatives
        all.falsePositives += one.falsePositives
        all.falseNegatives += one.falseNegatives
      }
      let right = cells.truePositives + cells.trueNegatives
      let mean = (right + 2 * cells.falsePositives) / cells.total
      guard mean > 0 else { throw Undefined.noObservations }
      func part(_ count: Double, _ benefit: Double) -> Double {
        count == 0 ? 0 : count * (benefit / mean) * log(benefit / mean)
      }
      return (part(right, 1) + part(cells.falsePositives, 2)) / cells.total
    }
  }
}
