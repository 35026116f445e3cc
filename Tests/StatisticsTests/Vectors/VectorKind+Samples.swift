import Statistics
import VectorSupport

extension VectorKind {
  static let samples: [String: VectorKind] = [
    "ks_2samp_exact": kolmogorovSmirnov(.exact), "ks_2samp_asymp_scipy": kolmogorovSmirnov(.finite),
    "wasserstein_1": VectorKind { vector in
      let (x, y) = (try vector.numbers("x"), try vector.numbers("y"))
      guard vector.has("xw") || vector.has("yw") else {
        return [
          "distance": try .of { try Wasserstein.distance(x, y) },
          "energy_distance": try .of { try EnergyDistance.distance(x, y) },
          "distance_over_std": try .of { try Wasserstein.normalised(x, y) },
        ]
      }
      let xw = vector.has("xw") ? try vector.numbers("xw") : nil
      let yw = vector.has("yw") ? try vector.numbers("yw") : nil
      return [
        "distance": try .of { try Wasserstein.distance(x, weights: xw, y, weights: yw) },
        "energy_distance": try .of { try EnergyDistance.distance(x, weights: xw, y, weights: yw) },
      ]
    },
    // The p-values are read from a table that ends at 0.25 and 0.001; ours are by permutation.
    "anderson_ksamp": VectorKind(documents: ["pvalue"]) { vector in
      let variant = try AndersonDarling.Variant(rawValue: vector.word("variant", or: "midrank"))
      let test = try AndersonDarling(try vector.table("samples"), variant: try known(variant, vector))
      return ["statistic": .number(test.statistic)]
    },
    "k_sample_others": VectorKind { vector in
      let samples = try vector.table("samples")
      return [
        "kruskal": try pair { try KruskalWallis.test(samples) },
        "levene_median": try pair { try Levene.test(samples) },
        "levene_mean": try pair { try Levene.test(samples, around: .mean) },
      ]
    },
    "friedman": VectorKind { result(try Friedman.test(try $0.table("groups"))) },
    "cramervonmises_2samp": VectorKind { vector in
      let law: CramerVonMises.Law? =
        switch try vector.word("method", or: "auto") {
        case "exact": .exact
        case "asymptotic": .asymptotic
        default: nil
        }
      return result(try CramerVonMises.test(try vector.numbers("x"), try vector.numbers("y"), law: law))
    },
    "mann_whitney_u": VectorKind { vector in
      let (x, y) = (try vector.numbers("x"), try vector.numbers("y"))
      let test = try MannWhitney(x, y)
      let law: MannWhitney.Law? =
        switch try vector.word("method", or: "auto") {
        case "exact": .exact
        case "asymptotic": .normal
        default: nil
        }
      let alternative = try alternative(vector)
      let continuity = try vector.flag("use_continuity", or: true)
      return [
        "U1": .number(test.u), "cles": .number(test.commonLanguageEffect), "rank_biserial": .number(test.rankBiserial),
        "hodges_lehmann": try .of { try HodgesLehmann(x, y).shift },
      ].merging(try p { try test.test(alternative, law: law, continuity: continuity).p }) { $1 }
    },
    "brunner_munzel": VectorKind { vector in
      let law = BrunnerMunzel.Law(rawValue: try vector.word("distribution", or: "t"))
      return result(
        try BrunnerMunzel(try vector.numbers("x"), try vector.numbers("y"))
          .test(try alternative(vector), law: try known(law, vector)))
    },
    "welch_t": meanDifference { try WelchT.difference($0, $1) },
    "paired_t": meanDifference { try PairedT.difference($0, $1) },
    "wilcoxon_signed_rank": VectorKind { vector in
      let zeros = try known(
        WilcoxonSignedRank.Zeros(rawValue: try vector.word("zero_method", or: "wilcox")), vector)
      let differences =
        vector.has("y")
        ? zip(try vector.numbers("x"), try vector.numbers("y")).map { $0 - $1 }
        : try vector.numbers(vector.has("x") ? "x" : "d")
      let isTied = differences.contains(0) || Set(differences.map(\.magnitude)).count < differences.count
      let test = try WilcoxonSignedRank(differences: differences, zeros: zeros)
      let law: WilcoxonSignedRank.Law? =
        switch try vector.word("method", or: "auto") {
        // scipy's exact law knows no ties.
        case "exact": .untied
        case "approx", "asymptotic": .normal
        // scipy's choice; ours counts all signs of up to 50 differences with ties or zeros too.
        default: differences.count > (isTied ? 13 : 50) ? .normal : nil
        }
      let alternative = try alternative(vector)
      let continuity = try vector.flag("correction", or: false)
      return ["statistic": .number(test.statistic(alternative))]
        .merging(try p { try test.test(alternative, law: law, continuity: continuity).p }) { $1 }
    },
    "two_sample_permutation_mean": VectorKind { vector in
      permutation(try await PermutationTest.test(try vector.numbers("x"), try vector.numbers("y")))
    },
    "paired_permutation_signflip": VectorKind { vector in
      permutation(try await SignFlip.test(differences: try vector.numbers("diffs")))
    },
    "permutation_pvalue_rule": VectorKind { vector in
      let pairs = zip(try vector.numbers("count_ge"), try vector.numbers("R"))
      return [
        "p": .list(
          try pairs.map { count, all in
            try .of { try MonteCarloP.p(extreme: Int(count), of: Int(all)).value }
          })
      ]
    },
  ]

  private static func kolmogorovSmirnov(_ law: KolmogorovSmirnov.Law) -> VectorKind {
    VectorKind { vector in
      let test = try KolmogorovSmirnov(try vector.numbers("x"), try vector.numbers("y"))
      let alternative = try alternative(vector)
      return ["statistic": .number(test.statistic(alternative))]
        .merging(try p { try test.test(alternative, law: law).p }) { $1 }
    }
  }

  private static func meanDifference(
    _ estimate: @escaping @Sendable ([Double], [Double]) throws -> MeanDifference
  ) -> VectorKind {
    VectorKind { vector in
      let difference = try estimate(try vector.numbers("x"), try vector.numbers("y"))
      let alternative = try alternative(vector)
      // Where nothing varies our interval throws; the file has the bare arithmetic there, a margin of zero.
      func end(_ side: Double, open: Alternative) throws -> Answer {
        if alternative == open { return .undefined(.outsideDomain("the interval is one-sided")) }
        return try .of { try difference.value + side * difference.margin(confidence: 0.95, alternative) }
      }
      return [
        "statistic": try .of { try difference.statistic() }, "df": .number(difference.degreesOfFreedom),
        "ci95_low": try end(-1, open: .less), "ci95_high": try end(1, open: .greater),
      ].merging(try p { try difference.p(alternative) }) { $1 }
    }
  }

  /// A p-value under the names that it has in the file.
  private static func p(_ compute: () throws -> Probability) throws -> [String: Answer] {
    let value = try Answer.of { try compute().value }
    return ["pvalue": value, "pvalue_double": value, "log10_pvalue": try .of { try compute().log10 }]
  }

  private static func result(_ result: TestResult) -> [String: Answer] {
    [
      "statistic": .number(result.statistic), "pvalue": .number(result.p.value),
      "log10_pvalue": .number(result.p.log10),
      "df": .number(result.degreesOfFreedom ?? .nan),
    ]
  }

  private static func pair(_ compute: () throws -> TestResult) throws -> Answer {
    try .any {
      let result = try compute()
      return .numbers([result.statistic, result.p.value])
    }
  }

  private static func permutation(_ result: PermutationResult) -> [String: Answer] {
    [
      "n_perm": .number(Double(result.arrangements)), "observed": .number(result.observed),
      "greater": .number(result.greater.value), "less": .number(result.less.value),
      "two_sided_abs": .number(result.twoSided.value), "scipy_two_sided_2min": .number(result.twoSidedDoubled.value),
    ]
  }

  private static func alternative(_ vector: VectorCase) throws -> Alternative {
    try known(Alternative(rawValue: try vector.word("alternative", or: "two-sided")), vector)
  }

  private static func known<Value>(_ value: Value?, _ vector: VectorCase) throws -> Value {
    guard let value else { throw VectorProblem(description: "\(vector.id): a parameter has an unknown value") }
    return value
  }
}

extension VectorCase {
  fileprivate func word(_ name: String, or other: String) throws -> String { has(name) ? try word(name) : other }
  fileprivate func flag(_ name: String, or other: Bool) throws -> Bool { has(name) ? try flag(name) : other }
}
