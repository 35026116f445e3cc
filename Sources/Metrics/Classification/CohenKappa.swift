internal import Statistics

/// Agreement beyond chance.
package enum CohenKappa {
  package static let page = MetricPage(
    "cohen_kappa", aliases: ["cohen_kappa_score", "kappa"], better: .higher, range: -1...1,
    what: """
      How much more labels and predictions agree than independent ones with the same shares would: 1 is full agreement, \
      0 chance. With weights linear or quadratic a near miss of ordered classes counts less than a far one; their order \
      is that of numbers, or of classes in the config.
      """,
    why: "For grades and ratings, where chance agreement is large and a near miss is not a far one.",
    example: "{metric: {name: cohen_kappa, weights: quadratic}, at_least: 0.7}",
    fix: "See which classes are confused, and whether the predictions' shares moved.")

  static let weighting = MetricParameter(
    "weights", .choice(["linear", "quadratic"]), "How a miss grows with the distance of the classes, in their order.")

  static let binary = MetricDefinition<BinaryRows>.cells(page, parameters: [weighting]) { cells, _ throws(Undefined) in
    // Two classes have one distance: weights change nothing.
    try value(
      [cells.negatives, cells.positives], [cells.predictedNegatives, cells.predictedPositives],
      disagreement: cells.falsePositives + cells.falseNegatives, cost: unweighted)
  }

  static let multiclass = MetricDefinition<MulticlassRows>(page, [weighting]) { arguments in
    guard case .word(let word)? = arguments[weighting] else {
      return .tally { tally, _ throws(Undefined) in
        try value(
          tally.labelled, tally.predicted, disagreement: tally.total - tally.correct.compensatedSum, cost: unweighted)
      }
    }
    let isLinear = word == "linear"
    let cost: @Sendable (Int, Int) -> Double = { first, second in
      let distance = Double((first - second).magnitude)
      return isLinear ? distance : distance * distance
    }
    return .init(.resample) { rows throws(Undefined) in
      guard rows.hasOrder else {
        throw .outsideDomain(
          "weights need an order of the classes: write them in theirs, as classes: [low, medium, high]")
      }
      var disagreement = CompensatedSum()
      for row in rows.labels.indices {
        disagreement.add(cost(rows.labels[row], rows.predictions[row]) * (rows.weights?[row] ?? 1))
      }
      return try value(
        rows.tally.labelled, rows.tally.predicted, disagreement: disagreement.value, cost: cost)
    }
  }

  private static let unweighted: @Sendable (Int, Int) -> Double = { $0 == $1 ? 0 : 1 }

  private static func value(
    _ labelled: [Double], _ predicted: [Double], disagreement: Double, cost: (Int, Int) -> Double
  ) throws(Undefined) -> Double {
    let total = labelled.compensatedSum
    guard total > 0 else { throw .noObservations }
    var expected = CompensatedSum()
    for (label, count) in labelled.enumerated() where count > 0 {
      for (prediction, other) in predicted.enumerated() where other > 0 {
        expected.add(cost(label, prediction) * count * (other / total))
      }
    }
    guard expected.value > 0 else { throw .singleClass }
    return 1 - disagreement / expected.value
  }
}
