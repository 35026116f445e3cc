internal import Glibc
internal import Statistics

/// How far a forecast distribution is from what came.
package enum CRPS {
  package static let page = MetricPage(
    "crps", aliases: ["continuous_ranked_probability_score"], better: .lower, range: 0...(.infinity),
    what: """
      The mean continuous ranked probability score: the squared distance of the forecast distribution from the step at \
      the value. In closed form for normal forecasts; E|X - y| - E|X - X'| / 2 over the members of an ensemble. It is the \
      absolute error of a forecast that is one point.
      """,
    why: "It judges the whole distribution, in the value's unit.",
    fix: "See whether the points are off (mae) or the spread (coverage of quantiles).")

  static let forecast = MetricDefinition<ForecastRows>.mean(page) { rows throws(Undefined) in
    if let ensembles = rows.ensembles {
      return try zip(ensembles, rows.labels).map { pair throws(Undefined) in try ensemble(pair.0, pair.1) }
    }
    guard let deviations = rows.deviations else {
      throw Undefined.outsideDomain("crps needs ensembles, or normal forecasts with a standard deviation")
    }
    let points = try rows.points
    return try rows.labels.indices.map { row throws(Undefined) in
      guard deviations[row] > 0 else {
        throw Undefined.outsideDomain("the standard deviation of row \(row + 1) is not above 0")
      }
      return normal((rows.labels[row] - points[row]) / deviations[row]) * deviations[row]
    }
  }

  /// Gneiting and Raftery, JASA 102 (2007), of a standard normal forecast.
  private static func normal(_ z: Double) -> Double {
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    let centred = 2 * Normal.lower(z).value - 1
    return z * centred + 2 * density - 1 / Double.pi.squareRoot()
  }

  /// O(m log m): the mean distance of two members is a weighted sum over their order.
  private static func ensemble(_ members: [Double], _ value: Double) throws(Undefined) -> Double {
    guard !members.isEmpty else { throw .tooFew("members of an ensemble", needed: 1, got: 0) }
    let sorted = RadixSort.sorted(members)
    let size = Double(sorted.count)
    let distance = sorted.map { ($0 - value).magnitude }.compensatedSum / size
    let spread = sorted.enumerated().map { (2 * Double($0) + 1 - size) * $1 }.compensatedSum / (size * size)
    return distance - spread
  }
}
