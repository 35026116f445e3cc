internal import Statistics

/// The share of rows that are called positive.
package enum SelectionRate {
  package static let page = MetricPage(
    "selection_rate", aliases: ["predicted_positive_rate", "alert_rate"], better: .neither, range: 0...1,
    what: "The share of rows that the model calls positive.",
    why: "It is the work that the model makes: alarms a day, cases for review. It moves first when scores shift.",
    example: "{metric: selection_rate, between: [0.5%, 2%]}",
    fix: "Compare the scores' distribution with the baseline's; move the threshold if the ranking still holds.")

  static let binary = MetricDefinition<BinaryRows>.proportion(
    page, parameters: [], counted: { _ in true }, hit: { $1 }
  ) { cells, _ throws(Undefined) in
    guard cells.total > 0 else { throw Undefined.noObservations }
    return cells.predictedPositives / cells.total
  }
}
