internal import Glibc
internal import Statistics

/// The deviance of counts, amounts and the like.
package enum TweedieDeviance {
  static let power = MetricParameter(
    "power", .number, or: .number(0),
    "How the variance grows with the mean: 0 not at all (squared error), 1 Poisson, 2 gamma, 3 inverse Gaussian.")

  package static let page = MetricPage(
    "tweedie_deviance", aliases: ["mean_tweedie_deviance", "tweedie"], better: .lower, range: 0...(.infinity),
    what: "The mean Tweedie deviance: squared error at power 0, Poisson at 1, gamma at 2, between them claims.",
    why: "For labels whose variance grows with their mean: counts, amounts, waiting times.",
    example: "{metric: {name: tweedie_deviance, power: 1.5}, max_regression: 1% relative}",
    fix: "Look at which sizes of label the errors grew in; predictions must be above 0 from power 1 on.")

  static let regression = MetricDefinition<RegressionRows>.losses(page, parameters: [power]) {
    arguments throws(MetricProblem) in try losses(arguments)
  }

  static func losses(_ arguments: MetricArguments) throws(MetricProblem) -> MetricDefinition<RegressionRows>.Losses {
    let power = try arguments.number(power)
    guard power <= 0 || power >= 1 else {
      throw .badParameter("power", metric: page.name, expects: "at most 0, or at least 1")
    }
    return { rows throws(Undefined) in try losses(rows.labels, rows.predictions, power) }
  }

  static func losses(_ labels: [Double], _ predictions: [Double], _ power: Double) throws(Undefined) -> [Double] {
    let allowsAny = power <= 0
    guard power == 0 || predictions.allSatisfy({ $0 > 0 }) else {
      throw .outsideDomain("predictions must be above 0 for a deviance of power \(power)")
    }
    guard allowsAny || labels.allSatisfy({ power < 2 ? $0 >= 0 : $0 > 0 }) else {
      throw .outsideDomain("labels must be \(power < 2 ? "at least" : "above") 0 for a deviance of power \(power)")
    }
    return zip(labels, predictions).map { deviance($0, $1, power) }
  }

  private static func deviance(_ label: Double, _ prediction: Double, _ power: Double) -> Double {
    switch power {
    case 0: return (label - prediction) * (label - prediction)
    case 1: return 2 * ((label > 0 ? label * log(label / prediction) : 0) - label + prediction)
    case 2: return 2 * (log(prediction / label) + label / prediction - 1)
    default:
      let base = pow(max(label, 0), 2 - power) / ((1 - power) * (2 - power))
      return 2
        * (base - label * pow(prediction, 1 - power) / (1 - power) + pow(prediction, 2 - power) / (2 - power))
    }
  }
}
