internal import Statistics

/// The four cells of the confusion matrix as metrics of their own.
package enum ConfusionCounts {
  static let definitions: [MetricDefinition<BinaryRows>] = [
    truePositives, falsePositives, trueNegatives, falseNegatives,
  ]

  private static let truePositives = count(
    "true_positives", "tp", .higher, "positive rows that are called so", \.truePositives)
  private static let falsePositives = count(
    "false_positives", "fp", .lower, "negative rows that are called positive", \.falsePositives)
  private static let trueNegatives = count(
    "true_negatives", "tn", .higher, "negative rows that are called so", \.trueNegatives)
  private static let falseNegatives = count(
    "false_negatives", "fn", .lower, "positive rows that are called negative", \.falseNegatives)

  private static func count(
    _ name: String, _ alias: String, _ better: BetterSide, _ which: String,
    _ cell: any KeyPath<ConfusionMatrix, Double> & Sendable
  ) -> MetricDefinition<BinaryRows> {
    let page = MetricPage(
      name, aliases: [alias], better: better, what: "How many rows, or how much weight, there are of \(which).",
      why: "Where each single case counts: no more than three missed alarms in the golden set.",
      example: "{metric: \(name), \(better == .lower ? "at_most" : "at_least"): 3}",
      fix: "Look at the rows themselves; with other rows compare shares, as recall and precision do.")
    return .cells(page, parameters: []) { cells, _ throws(Undefined) in cells[keyPath: cell] }
      .withoutInterval("it counts these rows, and a population has shares: bound recall, precision or a rate")
  }
}
