import Statistics
import VectorSupport

extension VectorKind {
  static let summaries: [String: VectorKind] = [
    "correlation": VectorKind { vector in
      let (x, y) = try (vector.numbers("x"), vector.numbers("y"))
      let alternative =
        try vector.has("alternative") ? Alternative(rawValue: vector.word("alternative")) ?? .twoSided : .twoSided
      return [
        "pearson": try .any {
          let test = try Pearson(x, y)
          return .list([.number(test.coefficient), .number(test.p(alternative).value)])
        },
        "spearman": try .any {
          let test = try Spearman(x, y)
          return .list([.number(test.coefficient), try .of { try test.p(alternative).value }])
        },
        "kendall_tau_b": try .any {
          let test = try Kendall(x, y)
          return .list([.number(test.coefficient), .number(test.p(alternative).value)])
        },
      ]
    },
    "robust_summary": VectorKind { vector in
      let x = try vector.numbers("x")
      let (quantiles, moments) = try (Quantiles(x), Moments(x))
      let fences = try TukeyFences(x)
      return [
        "median": .number(quantiles.median),
        "mad_raw": .number(try MedianAbsoluteDeviation.value(x)),
        "mad_scaled_1.4826": .number(try MedianAbsoluteDeviation.scaled(x)),
        "modified_z": try .any {
          let scores = try ModifiedZ(x)
          // The key stands for the scores by the MAD; those by the mean deviation are tested beside the method.
          guard scores.spread == .medianAbsoluteDeviation else { throw Undefined.zeroVariance }
          return .numbers(scores.scores)
        },
        "q1": .number(try quantiles.value(0.25)), "q3": .number(try quantiles.value(0.75)),
        "iqr": try .of { try quantiles.interquartileRange() }, "tukey": .numbers([fences.lower, fences.upper]),
        "mean": .number(moments.mean),
        "skew_g1": try .of { try moments.skewness() }, "skew_G1": try .of { try moments.adjustedSkewness() },
        "kurt_g2": try .of { try moments.kurtosis() }, "kurt_G2": try .of { try moments.adjustedKurtosis() },
        "std_ddof0": .number(moments.populationVariance.squareRoot()),
        "std_ddof1": try .of { try moments.standardDeviation() },
      ]
    },
    "quantile_types": VectorKind { vector in
      let name = try vector.has("method") ? vector.word("method") : QuantileType.linear.rawValue
      guard let type = QuantileType(rawValue: name) else {
        throw VectorProblem(description: "\(vector.id): no quantile type is called \(name)")
      }
      let quantiles = try Quantiles(vector.numbers("x"))
      return ["values": .numbers(try vector.numbers("q").map { try quantiles.value($0, type) })]
    },
    "summation": VectorKind(documents: ["naive_left_to_right"]) { vector in
      let sum = Answer.number(try ExactSum.value(vector.numbers("x")))
      return ["exact_sum": sum, "fsum": sum]
    },
    "variance_stable": VectorKind { vector in
      let moments = try Moments(vector.numbers("x"))
      return [
        "mean": .number(moments.mean), "var_ddof0": .number(moments.populationVariance),
        "var_ddof1": try .of { try moments.variance() },
        "std_ddof1": try .of { try moments.standardDeviation() },
      ]
    },
  ]
}
