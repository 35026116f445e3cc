import Statistics
import VectorSupport

extension VectorKind {
  static let distributions: [String: VectorKind] = [
    "normal_sf": VectorKind { vector in
      let z = try vector.number("z")
      return [
        "sf": .number(Normal.upper(z).value), "cdf": .number(Normal.lower(z).value),
        "log_sf": .number(Normal.upper(z).log10 * 2.302585092994046),
      ]
    },
    "normal_quantile": VectorKind { ["z": .number(Normal.quantile(try $0.number("p")))] },
    "student_t_sf": VectorKind { vector in
      let t = try vector.number("t")
      let distribution = StudentT(degrees: try vector.number("df"))
      return ["sf": .number(distribution.upper(t).value), "two_sided": .number(distribution.twoSided(t).value)]
    },
    "chi2_sf": VectorKind { vector in
      ["sf": .number(ChiSquared(degrees: try vector.number("df")).upper(try vector.number("x")).value)]
    },
    "betainc_regularized": VectorKind { vector in
      let beta = Beta(try vector.number("a"), try vector.number("b"))
      let x = try vector.number("x")
      return ["I": .number(beta.lower(x).value), "one_minus_I": .number(beta.upper(x).value)]
    },
    "binom_cdf": VectorKind { vector in
      let binomial = Binomial(trials: try vector.count("n"), share: try vector.number("p"))
      return ["cdf": .number(binomial.lower(try vector.count("k")).value)]
    },
    "f_sf": VectorKind { vector in
      let distribution = FisherF(try vector.number("d1"), try vector.number("d2"))
      return ["sf": .number(distribution.upper(try vector.number("f")).value)]
    },
    "kolmogorov_limit_sf": VectorKind { ["sf": .number(Kolmogorov.upper(try $0.number("x")).value)] },
  ]
}
