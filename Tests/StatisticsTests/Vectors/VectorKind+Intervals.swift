import VectorSupport

@testable import Statistics

extension VectorKind {
  static let intervals: [String: VectorKind] = [
    // Wald's interval has no width at 0 and n successes.
    "proportion_ci95": VectorKind(documents: ["normal"]) { vector in
      let count = try BinomialCount(try vector.count("k"), of: try vector.count("n"))
      return try proportion(count, confidence: 1 - (try vector.number("alpha", or: 0.05)))
    },
    "proportion_ci_levels": VectorKind(documents: ["normal"]) { vector in
      let count = try BinomialCount(try vector.count("k"), of: try vector.count("n"))
      return try proportion(count, confidence: try vector.number("confidence"))
    },
    "newcombe_paired_diff": VectorKind { vector in
      let outcomes = try PairedOutcomes(
        both: try vector.count("a_both"), firstOnly: try vector.count("b_first_only"),
        secondOnly: try vector.count("c_second_only"), neither: try vector.count("d_neither"))
      let confidence = 1 - (try vector.number("alpha", or: 0.05))
      return [
        "diff": .number(outcomes.difference),
        "phi_method8": .number(NewcombePaired.correlation(outcomes)),
        "phi_method10": .number(NewcombePaired.correctedCorrelation(outcomes)),
        "ci95_method8": .interval(
          try NewcombePaired.uncorrectedInterval(outcomes, confidence: confidence).interval),
        "ci95_method10": .interval(try NewcombePaired.interval(outcomes, confidence: confidence).interval),
      ]
    },
    // Wald's interval has no width where both shares are 0 or 1. The `score` interval of statsmodels 0.15.0 takes a wrong
    // root: in the linear term of Miettinen and Nurminen's cubic it writes the second sample's successes for its rows.
    // MiettinenNurminenTests shows that, and holds ours to published limits.
    "proportion_diff_indep": VectorKind(documents: ["wald", "score"]) { vector in
      let first = try BinomialCount(try vector.count("k1"), of: try vector.count("n1"))
      let second = try BinomialCount(try vector.count("k2"), of: try vector.count("n2"))
      let confidence = 1 - (try vector.number("alpha", or: 0.05))
      return [
        "newcomb": .interval(try NewcombeIndependent.interval(first, second, confidence: confidence).interval),
        "agresti-caffo": .interval(try AgrestiCaffo.interval(first, second, confidence: confidence).interval),
        "miettinen_nurminen": .interval(
          try MiettinenNurminen.interval(first, second, confidence: confidence).interval),
        "score_test": try .test { try MiettinenNurminen.test(first, second) },
        "pooled_z": try .test { try TwoProportionZ.test(first, second) },
      ]
    },
    "tango_paired_score": VectorKind { vector in
      let outcomes = try PairedOutcomes(
        both: try vector.count("a"), firstOnly: try vector.count("b"), secondOnly: try vector.count("c"),
        neither: try vector.count("d"))
      let difference = try vector.number("delta")
      return [
        "q21": .number(Tango.restrictedShare(outcomes, difference)),
        "z": try .of { try Tango.test(outcomes, difference: difference).statistic },
      ]
    },
    "paired_vs_unpaired_se": VectorKind { vector in
      let gain = try PairingGain(
        first: try vector.number("p_candidate"), second: try vector.number("p_baseline"),
        discordant: try vector.number("p_discordant"), count: try vector.count("n"))
      return [
        "se_unpaired": .number(gain.unpairedError), "se_paired": .number(gain.pairedError),
        "sample_size_ratio": try .of { try gain.rowsSaved() },
      ]
    },
  ]

  private static func proportion(_ count: BinomialCount, confidence: Double) throws -> [String: Answer] {
    let wilson = Answer.interval(try Wilson.interval(count, confidence: confidence).interval)
    let corrected = Answer.interval(try Wilson.correctedInterval(count, confidence: confidence).interval)
    let exact = Answer.interval(try ClopperPearson.interval(count, confidence: confidence).interval)
    return [
      "wilson": wilson, "wilson_scipy": wilson, "wilsoncc": corrected, "wilsoncc_scipy": corrected,
      "beta": exact, "clopper_pearson": exact, "clopper_pearson_scipy": exact,
      "agresti_coull": .interval(try AgrestiCoull.interval(count, confidence: confidence).interval),
      "jeffreys": .interval(try Jeffreys.interval(count, confidence: confidence).interval),
    ]
  }
}

extension Answer {
  /// A statistic with its p-value, and its degrees of freedom when it has any.
  static func test(_ compute: () throws -> TestResult) throws -> Answer {
    try any {
      let result = try compute()
      return numbers([result.statistic, result.p.value] + [result.degreesOfFreedom].compactMap { $0 })
    }
  }
}
