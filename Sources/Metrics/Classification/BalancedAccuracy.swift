internal import Statistics

/// The mean recall of the classes.
package enum BalancedAccuracy {
  package static let page = MetricPage(
    "balanced_accuracy", aliases: ["balanced_accuracy_score", "balanced_acc"], better: .higher, range: -1...1,
    what: """
      The mean of the recall of each class. A class without rows leaves it undefined; scikit-learn leaves such classes \
      out. Adjusted, chance is 0 and perfect is 1.
      """,
    why: "With rare classes a model that never calls them is accurate and useless; here each class counts the same.",
    fix: "See the recall of each class: {metric: {name: recall, class: dog}, at_least: 0.8}.")

  static let adjusted = MetricParameter(
    "adjusted", .flag, or: .flag(false), "Rescaled so that chance is 0: (score - 1/classes) / (1 - 1/classes).")

  static let binary = MetricDefinition<BinaryRows>(page, [adjusted]) { arguments in
    let isAdjusted = arguments.flag(adjusted)
    return .cells(arguments) { cells, conventions throws(Undefined) in
      try value(
        [cells.trueNegatives, cells.truePositives], [cells.negatives, cells.positives], ["negative", "positive"],
        isAdjusted, conventions)
    }
  }

  static let multiclass = MetricDefinition<MulticlassRows>(page, [adjusted]) { arguments in
    let (isAdjusted, conventions) = (arguments.flag(adjusted), arguments.conventions)
    return .tally { tally, names throws(Undefined) in
      try value(tally.correct, tally.labelled, names, isAdjusted, conventions)
    }
  }

  private static func value(
    _ correct: [Double], _ labelled: [Double], _ names: [String], _ isAdjusted: Bool, _ conventions: Conventions
  ) throws(Undefined) -> Double {
    if !conventions.isCompatible, let absent = labelled.firstIndex(of: 0) {
      throw .emptyCategory("class \(names[absent])")
    }
    let recalls = zip(correct, labelled).filter { $0.1 > 0 }.map { $0 / $1 }
    guard !recalls.isEmpty else { throw .noObservations }
    let mean = recalls.compensatedSum / Double(recalls.count)
    guard isAdjusted else { return mean }
    let chance = 1 / Double(recalls.count)
    guard chance < 1 else { throw .singleClass }
    return (mean - chance) / (1 - chance)
  }
}
