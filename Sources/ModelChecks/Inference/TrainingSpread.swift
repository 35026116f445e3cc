internal import Statistics

/// How much a metric varies from one training run to the next, and what further runs would bring.
struct TrainingSpread: Sendable {
  /// One side of the comparison.
  private struct Side {
    var runs: Int
    /// The standard deviation of one run, in the unit of the effect; 0 where one run tells of none.
    var deviation: Double
  }

  private var sides: [Side]

  /// Nil where the runs do not vary.
  ///
  /// - Parameters:
  ///   - values: the metric of each run, by sides.
  ///   - factors: how much of each side the effect takes.
  init?(_ values: [[Double]], factors: [Double]) throws(Undefined) {
    sides = []
    for (values, factor) in zip(values, factors) {
      let deviation = values.count > 1 ? try Moments(values).variance().squareRoot() : 0
      sides.append(Side(runs: values.count, deviation: factor.magnitude * deviation))
    }
    guard sides.contains(where: { $0.deviation > 0 }) else { return nil }
  }

  /// The same of an effect in another unit.
  func scaled(_ factor: Double) -> TrainingSpread {
    var spread = self
    for index in sides.indices { spread.sides[index].deviation *= factor.magnitude }
    return spread
  }

  /// The variance of the means of the runs.
  var variance: Double { sides.reduce(0) { $0 + $1.deviation * $1.deviation / Double($1.runs) } }

  /// Half the interval that training alone brings: Student's t for Satterthwaite's degrees of freedom.
  func half(confidence: Double) -> Double {
    let divisor = sides.reduce(0.0) { sum, side in
      let part = side.deviation * side.deviation / Double(side.runs)
      return part > 0 ? sum + part * part / Double(side.runs - 1) : sum
    }
    return StudentT(degrees: variance * variance / divisor).critical(confidence: confidence) * variance.squareRoot()
  }

  /// More runs than these nobody trains.
  private static let mostRuns = 1000

  /// The runs with which half the interval of training is as small; nil where a thousand are too few.
  func runs(within half: Double, confidence: Double) -> Int? {
    runs { $0.half(confidence: confidence) <= half }
  }

  /// The fewest runs with which training varies so little; nil where a thousand are too few.
  func runs(where isEnough: (TrainingSpread) -> Bool) -> Int? {
    let fewest = sides.filter { $0.deviation > 0 }.map(\.runs).min() ?? 1
    return (fewest...max(fewest, Self.mostRuns)).first { count in
      var spread = self
      for index in sides.indices where sides[index].deviation > 0 {
        spread.sides[index].runs = max(sides[index].runs, count)
      }
      return isEnough(spread)
    }
  }

  /// Whose runs vary: `of each side`.
  var whose: String {
    guard sides.count > 1 else { return "of the candidate" }
    return sides.allSatisfy { $0.deviation > 0 }
      ? "of each side" : sides[0].deviation > 0 ? "of the candidate" : "of the baseline"
  }
}
