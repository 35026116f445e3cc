internal import Statistics

/// Of the rows that are called positive, the share that is not.
package enum FalseDiscoveryRate {
  package static let page = MetricPage(
    "false_discovery_rate", aliases: ["fdr"], better: .lower, range: 0...1,
    what: "Of the rows that the model calls positive, the share that is not: FP / (FP + TP), 1 - precision.",
    why: "It is how much of the work that alarms make is in vain.",
    fix: "Look at the new false alarms; raise the threshold if recall can bear it.")

  static let binary = MetricDefinition<BinaryRows>.cells(page) { cells, conventions throws(Undefined) in
    try conventions.quotient(cells.falsePositives, cells.predictedPositives, without: "rows predicted positive")
  }
}
