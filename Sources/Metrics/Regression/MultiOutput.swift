internal import Statistics

/// How the scores of several outputs become one.
struct MultiOutput: Sendable {
  private enum Mode: Sendable {
    case uniform, byVariance
    case weights([Double])
    case only(Int)
  }

  static let parameters = [average, output, outputWeights]

  private static let average = MetricParameter(
    "multioutput", .choice(["uniform_average", "variance_weighted"]), or: .word("uniform_average"),
    "Rows with several outputs: their plain mean, or the mean weighted with the variance of each.")
  private static let output = MetricParameter(
    "output", .count(least: 0), "Rows with several outputs: only this one, counted from 0.")
  private static let outputWeights = MetricParameter(
    "output_weights", .numbers, "Rows with several outputs: how much each counts.")

  private let mode: Mode

  init(_ arguments: MetricArguments) throws(MetricProblem) {
    if arguments[Self.output] != nil {
      mode = .only(try arguments.count(Self.output))
    } else if case .numbers(let weights)? = arguments[Self.outputWeights] {
      mode = .weights(weights)
    } else {
      mode = try arguments.word(Self.average) == "uniform_average" ? .uniform : .byVariance
    }
  }

  func value(
    of rows: RegressionRows, _ function: (RegressionRows) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    let weights: [Double]
    switch mode {
    case .only(let output):
      guard output < rows.outputs else { throw .outsideDomain("there is no output \(output)") }
      return try function(rows.output(output))
    case .uniform: weights = [Double](repeating: 1, count: rows.outputs)
    case .weights(let given): weights = given
    case .byVariance:
      weights = try (0..<rows.outputs).map { output throws(Undefined) in
        let one = rows.output(output)
        return try RowMeans(mean: one.deviations, weights: one.weights).value
      }
    }
    guard weights.count == rows.outputs else { throw .lengthsDiffer(weights.count, rows.outputs) }
    let values = try (0..<rows.outputs).map { output throws(Undefined) in try function(rows.output(output)) }
    return try RowMeans(mean: values, weights: weights).value
  }
}
