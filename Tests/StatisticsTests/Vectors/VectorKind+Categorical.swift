import Statistics
import VectorSupport

extension VectorKind {
  static let categorical: [String: VectorKind] = tables.merging(distances) { first, _ in first }
    .merging(multiplicity) { first, _ in first }

  private static let tables: [String: VectorKind] = [
    "chi2_homogeneity": VectorKind { vector in
      try homogeneity(vector, corrected: true) { try ChiSquaredHomogeneity.test($0, correction: $1) }
    },
    "g_test_homogeneity": VectorKind { vector in
      try homogeneity(vector, corrected: false) { try GHomogeneity.test($0, correction: $1) }
    },
    "chi2_gof": VectorKind { vector in
      let observed = try Counts(vector.numbers("observed"))
      let expected =
        try vector.has("expected") ? Counts(vector.numbers("expected")) : GoodnessOfFit.uniform(like: observed)
      let fitted = try vector.has("ddof") ? vector.count("ddof") : 0
      let departure: Departure =
        try vector.has("lambda_") && vector.word("lambda_") == "log-likelihood" ? .likelihoodRatio : .pearson
      let test: () throws -> TestResult = {
        try GoodnessOfFit.test(observed, expected: expected, fitted: fitted, by: departure)
      }
      return [
        "statistic": .number(try GoodnessOfFit.statistic(observed, expected: expected, by: departure)),
        "pvalue": try .of { try test().p.value }, "log10_pvalue": try .of { try test().p.log10 },
        "dof": try .of { try test().degreesOfFreedom ?? 0 },
      ]
    },
    "fisher_exact": VectorKind { vector in
      let table = try ContingencyTable(vector.table("table"))
      return try tails { try FisherExact.p(table, $0) }
        .merging(["odds_ratio": .of { try FisherExact.oddsRatio(table) }]) { first, _ in first }
    },
    "mcnemar": VectorKind(documents: ["statsmodels_exact_p", "statsmodels_cc", "statsmodels_nocc"]) { vector in
      let test = try McNemar(firstOnly: vector.count("b"), secondOnly: vector.count("c"))
      let (plain, corrected) = (test.chiSquared(), test.chiSquared(corrected: true))
      return [
        "exact_p": .number(test.exact.value), "log10_exact_p": .number(test.exact.log10),
        "midp": .number(test.midP.value), "log10_midp": .number(test.midP.log10),
        "chi2": .number(plain.statistic), "chi2_p": .number(plain.p.value), "chi2_log10_p": .number(plain.p.log10),
        "chi2_cc": .number(corrected.statistic), "chi2_cc_p": .number(corrected.p.value),
        "chi2_cc_log10_p": .number(corrected.p.log10), "log10_pvalue": .number(test.exact.log10),
      ]
    },
    "cochran_q": VectorKind { vector in
      let outcomes = try vector.table("table").map { row in
        try row.map { value in
          guard value == 0 || value == 1 else { throw Undefined.outsideDomain("outcomes must be 0 or 1") }
          return value == 1
        }
      }
      return result(try CochranQ.test(outcomes), degrees: "df")
    },
    "binom_test": VectorKind { vector in
      let (successes, trials) = try (vector.count("k"), vector.count("n"))
      let share = try vector.number("p0", or: 0.5)
      return try tails {
        try BinomialTest.p(successes: successes, trials: trials, share: share, $0)
      }
    },
  ]

  private static let distances: [String: VectorKind] = [
    "psi": VectorKind { vector in
      let (reference, current) = try (
        Counts(vector.numbers("expected_counts")), Counts(vector.numbers("actual_counts"))
      )
      var policy = PopulationStabilityIndex.ZeroPolicy.none
      if vector.has("epsilon") {
        let epsilon = try vector.number("epsilon")
        policy =
          try vector.has("renormalize") && vector.flag("renormalize") ? .floorAndRenormalise(epsilon) : .floor(epsilon)
      }
      return [
        "psi": try .of { try PopulationStabilityIndex.value(reference: reference, current: current, zeros: policy) }
      ]
    },
    "kl_divergence": VectorKind { vector in
      let (p, q) = try (Counts(vector.numbers("p_counts")), Counts(vector.numbers("q_counts")))
      var answers: [String: Answer] = [:]
      for unit in InformationUnit.allCases {
        answers["kl_pq_\(unit)"] = try .of { try KullbackLeibler.divergence(of: p, from: q, in: unit) }
        answers["kl_qp_\(unit)"] = try .of { try KullbackLeibler.divergence(of: q, from: p, in: unit) }
        answers["entropy_p_\(unit)"] = .number(Entropy.value(p, in: unit))
        answers["entropy_q_\(unit)"] = .number(Entropy.value(q, in: unit))
      }
      return answers
    },
    "jensen_shannon": VectorKind { vector in
      let (p, q) = try (Counts(vector.numbers("p_counts")), Counts(vector.numbers("q_counts")))
      return [
        "js_distance_base2": .number(try JensenShannon.distance(p, q)),
        "js_divergence_base2": .number(try JensenShannon.divergence(p, q)),
        "js_distance_nats": .number(try JensenShannon.distance(p, q, in: .nats)),
        "js_divergence_nats": .number(try JensenShannon.divergence(p, q, in: .nats)),
      ]
    },
    "hellinger_tv_linf": VectorKind { vector in
      let (p, q) = try (Counts(vector.numbers("p_counts")), Counts(vector.numbers("q_counts")))
      return [
        "hellinger": .number(try Hellinger.distance(p, q)),
        "bhattacharyya_coefficient": .number(try Hellinger.bhattacharyya(p, q)),
        "total_variation": .number(try TotalVariation.distance(p, q)),
        "linf": .number(try LInfinity.distance(p, q)),
      ]
    },
  ]

  private static let multiplicity: [String: VectorKind] = [
    "multiple_testing": VectorKind(documents: ["argsort_plus_1", "kept_by_argsort_rule"]) { vector in
      // A NaN is no p-value: who asks must say that the hypothesis was not tested.
      let p = try Probability.values(vector.numbers("p"))
      let significance = try vector.number("alpha", or: 0.05)
      let procedures: [String: any Adjustment.Type] = [
        "bonferroni": Bonferroni.self, "sidak": Sidak.self, "holm": Holm.self, "holm-sidak": HolmSidak.self,
        "hochberg": Hochberg.self, "hommel": Hommel.self, "bh": BenjaminiHochberg.self,
        "by": BenjaminiYekutieli.self,
      ]
      var answers = procedures.mapValues { procedure in
        let adjusted = procedure.adjust(p)
        return Answer.record([
          "adjusted": .numbers(adjusted.map(\.value)), "log10_adjusted": .numbers(adjusted.map(\.log10)),
          "reject": .flags(adjusted.map { $0.rejects(at: significance) }),
        ])
      }
      let discoveries = BenjaminiHochberg.adjust(p)
      answers["scipy_bh"] = .numbers(discoveries.map(\.value))
      answers["scipy_by"] = .numbers(BenjaminiYekutieli.adjust(p).map(\.value))
      answers["kept_by_bh"] = .flags(discoveries.map { $0.rejects(at: significance) })
      answers["true_rank"] = .numbers(Ranks(p.map(\.value)).midranks)
      return answers
    },
    "combine_pvalues": VectorKind { vector in
      let p = try Probability.values(vector.numbers("p"))
      let weights = try vector.has("weights") ? vector.numbers("weights") : nil
      var answers: [String: Answer] = [:]
      let methods: [(String, () throws -> Probability)] = [
        ("fisher", { try FisherCombination.combine(p) }),
        ("stouffer", { try StoufferCombination.combine(p, weights: weights) }),
        ("tippett", { try TippettCombination.combine(p) }),
      ]
      for (name, combine) in methods {
        answers[name] = try .of { try combine().value }
        for key in ["log10_\(name)", "\(name)_log10", "\(name)_log10_pvalue"] {
          answers[key] = try .of { try combine().log10 }
        }
      }
      return answers
    },
  ]

  private static func homogeneity(
    _ vector: VectorCase, corrected: Bool, _ test: (ContingencyTable, Bool) throws -> TestResult
  ) throws -> [String: Answer] {
    let table = try ContingencyTable(vector.table("table"))
    let correction = try vector.has("correction") ? vector.flag("correction") : corrected
    var answers = result(try test(table, correction), degrees: "dof")
    let rows = (0..<table.rows).map { row in
      Array(table.expected[row * table.columns..<(row + 1) * table.columns])
    }
    answers["expected"] = .table(rows)
    answers["cramers_v"] = try .of { try CramersV.value(table) }
    return answers
  }

  private static func result(_ test: TestResult, degrees: String) -> [String: Answer] {
    [
      "statistic": .number(test.statistic), "pvalue": .number(test.p.value), "log10_pvalue": .number(test.p.log10),
      degrees: .number(test.degreesOfFreedom ?? 0),
    ]
  }

  /// The p-value and its logarithm for every alternative.
  private static func tails(_ p: (Alternative) throws -> Probability) throws -> [String: Answer] {
    var answers: [String: Answer] = [:]
    for alternative in Alternative.allCases {
      let name = alternative.rawValue
      let probability = try p(alternative)
      answers[name] = .number(probability.value)
      for key in ["log10_\(name)", "\(name)_log10", "\(name)_log10_pvalue"] {
        answers[key] = .number(probability.log10)
      }
    }
    answers["log10_pvalue"] = answers["log10_two-sided"]
    return answers
  }
}
