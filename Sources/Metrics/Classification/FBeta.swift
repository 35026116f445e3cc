internal import Statistics

/// The weighted harmonic mean of precision and recall.
package enum FBeta {
  package static let page = MetricPage(
    "fbeta", aliases: ["fbeta_score"], better: .higher, range: 0...1,
    what: "The harmonic mean of precision and recall, in which recall counts beta times as much as precision.",
    why: "Where a missed positive costs more than a false alarm (beta 2), or less (beta 0.5).",
    example: "{metric: {name: fbeta, beta: 2}, at_least: 0.8}",
    fix: "See whether precision or recall fell: their fixes differ.")

  static let binary = MetricDefinition<BinaryRows>(page, [.beta, .zeroDivision]) { arguments throws(MetricProblem) in
    .cells(arguments, function(try arguments.number(.beta)))
  }
  static let multiclass = MetricDefinition<MulticlassRows>.averaged(page, parameters: [.beta]) {
    arguments throws(MetricProblem) in function(try arguments.number(.beta))
  }
  static let multilabel = MetricDefinition<MultilabelRows>.averaged(page, parameters: [.beta]) {
    arguments throws(MetricProblem) in function(try arguments.number(.beta))
  }

  static func function(_ beta: Double) -> CellFunction {
    { cells, conventions throws(Undefined) in try value(cells, beta, conventions) }
  }

  /// Undefined only without any positive, real or called: a model that misses all of them scores 0.
  static func value(
    _ cells: ConfusionMatrix, _ beta: Double, _ conventions: Conventions
  ) throws(Undefined) -> Double {
    let hits = (1 + beta * beta) * cells.truePositives
    return try conventions.quotient(
      hits, hits + cells.falsePositives + beta * beta * cells.falseNegatives,
      without: "rows that are positive or predicted so")
  }
}
