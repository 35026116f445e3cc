import Foundation
import Statistics
import VectorSupport

extension VectorKind {
  static let sequential: [String: VectorKind] = [
    "msprt_normal": VectorKind { vector in
      var test = try MixtureSPRT(
        variance: try vector.number("sigma2"), mixingVariance: try vector.number("tau2"),
        null: try vector.number("theta0", or: 0))
      let values = vector.has("x") ? try vector.numbers("x") : VectorGenerator(vector.inputs)?.values
      guard let values else {
        try test.update(mean: try vector.number("mean_diff"), count: try vector.count("n"))
        return [
          "log_lambda": .number(test.logLikelihoodRatio), "p_always_valid_raw": .number(test.p.value),
          "log10_p_always_valid_raw": .number(test.p.log10), "log10_pvalue": .number(test.p.log10),
        ]
      }
      var path: [Double] = []
      for value in values {
        try test.update(value)
        path.append(test.p.value)
      }
      var answers: [String: Answer] = [:]
      for step in 1...100 {
        answers["p_path_every\(step)"] = .numbers(stride(from: step - 1, to: path.count, by: step).map { path[$0] })
      }
      for level in [0.1, 0.05, 0.01, 0.001] {
        let first = path.firstIndex { $0 < level }
        answers["first_n_below_\(level)"] =
          first.map { .number(Double($0 + 1)) } ?? .undefined(.noSolution("number of rows"))
      }
      return answers
    },
    "confidence_sequence_normal_mixture": VectorKind { vector in
      let deviation = try vector.number("sd")
      let (count, confidence) = (try vector.count("n"), 1 - (try vector.number("alpha")))
      let sequence = try NormalMixtureSequence(
        standardDeviation: deviation, mixingVariance: try vector.number("rho2"))
      return [
        "half_width": .number(try sequence.halfWidth(after: count, confidence: confidence)),
        "fixed_n_half_width": .number(
          Normal.critical(confidence: confidence) * deviation / Double(count).squareRoot()),
      ]
    },
    "confidence_sequence_beta_binomial": VectorKind { vector in
      var sequence = BetaBinomialSequence()
      try sequence.update(successes: try vector.count("successes"), trials: try vector.count("n"))
      let interval = try sequence.interval(confidence: 1 - (try vector.number("alpha")))
      let evidence = sequence.logEvidence(against: 0.5)
      return [
        "lower": .number(interval.lower), "upper": .number(interval.upper),
        "e_value_at_0.5": evidence < 709 ? .number(exp(evidence)) : .undefined(.noSolution("double")),
        "log_e_value_at_0.5": .number(evidence), "log10_e_value_at_0.5": .number(evidence / log(10)),
      ]
    },
    "wald_sprt_bernoulli": VectorKind { vector in
      var test = try WaldSPRT(
        null: try vector.number("p0"), alternative: try vector.number("p1"), alpha: try vector.number("alpha"),
        beta: try vector.number("beta"))
      try test.update(successes: try vector.count("successes"), trials: try vector.count("n"))
      return [
        "llr": .number(test.logLikelihoodRatio), "upper": .number(test.upper), "lower": .number(test.lower),
      ]
    },
    "cuped": VectorKind { vector in
      let cuped = try CUPED(outcomes: try vector.numbers("y"), covariates: try vector.numbers("x"))
      return [
        "theta": try .of { try cuped.theta() }, "var_y": try .of { try cuped.variance() },
        "var_cuped": try .of { try cuped.reducedVariance() }, "rho2": try .of { try cuped.explained() },
        "mean_cuped": .number(cuped.mean),
      ]
    },
  ]
}
