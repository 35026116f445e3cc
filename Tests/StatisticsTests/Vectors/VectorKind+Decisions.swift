import JSON
import Statistics
import VectorSupport

extension VectorKind {
  static let decisions: [String: VectorKind] = [
    "tost_welch": VectorKind { vector in
      try equivalence(
        try TwoOneSidedTests(
          try vector.numbers("x"), try vector.numbers("y"), between: try vector.number("low"),
          and: try vector.number("upp")))
    },
    "tost_paired": VectorKind { vector in
      try equivalence(
        try TwoOneSidedTests(
          pairs: try vector.numbers("x"), try vector.numbers("y"), between: try vector.number("low"),
          and: try vector.number("upp")))
    },
    "tost_proportions": VectorKind { vector in
      let method = vector.has("method") ? try vector.word("method") : "agresti-caffo"
      guard let error = TwoOneSidedTests.ProportionError(rawValue: method) else {
        throw VectorProblem(description: "\(vector.id): no method \(method)")
      }
      let tests = try TwoOneSidedTests(
        try BinomialCount(try vector.count("k1"), of: try vector.count("n1")),
        try BinomialCount(try vector.count("k2"), of: try vector.count("n2")), between: try vector.number("low"),
        and: try vector.number("upp"), error: error)
      return [
        "pvalue": .number(tests.p.value), "log10_pvalue": .number(tests.p.log10),
        "statistic": .number(tests.lower.p < tests.upper.p ? tests.upper.statistic : tests.lower.statistic),
      ]
    },
    "non_inferiority_z": VectorKind { vector in
      let result = try NonInferiority(
        difference: try vector.number("diff"), standardError: try vector.number("se"),
        margin: try vector.number("margin"), higherIsBetter: try vector.flag("higher_is_better"))
      return [
        "z": .number(result.test.statistic), "p_noninferior": .number(result.test.p.value),
        "log10_p_noninferior": .number(result.test.p.log10), "log10_pvalue": .number(result.test.p.log10),
        "one_sided_bound95": .number(result.bound),
      ]
    },
    "power_t_ind": VectorKind { vector in
      [
        "power": .number(
          try TTestPower.power(
            effect: try vector.number("effect_size"), count: try vector.number("nobs1"),
            alpha: try vector.number("alpha"), design: .twoSamples(ratio: try vector.number("ratio", or: 1)),
            alternative: try vector.alternative()))
      ]
    },
    // statsmodels stops its search within 1e-5 of the root (`brentq_expanding`, xtol), which the file's tolerance takes for
    // exact: at its 0.39813911 the power is 0.8000019. TTestPowerTests holds ours to the power itself.
    "mde_t_ind": VectorKind(documents: ["effect_size"]) { vector in
      let effect = try TTestPower.minimumDetectableEffect(
        count: try vector.number("nobs1"), target: try vector.target(),
        design: .twoSamples(ratio: try vector.number("ratio", or: 1)))
      if let pinned = vector.outputs?["effect_size"] {
        let theirs = try VectorCase.number(pinned, "effect_size")
        guard (effect.magnitude - theirs.magnitude).magnitude < 1e-5 else {
          throw VectorProblem(description: "\(vector.id): \(effect) instead of \(theirs)")
        }
      }
      return ["effect_size": .number(effect), "effect_size_exact": .number(effect)]
    },
    "mde_normal": VectorKind { vector in
      [
        "mde": .number(
          try NormalPower.minimumDetectableEffect(
            standardError: try vector.number("se_of_difference"), target: try vector.target()))
      ]
    },
    "sample_size_two_props": VectorKind { vector in
      let (first, second) = (try vector.number("p1"), try vector.number("p2"))
      let target = try vector.target()
      return [
        "n_per_arm_fleiss": try .of { try TwoProportionsPower.sampleSize(first, second, target: target) },
        "cohen_h": .number(try TwoProportionsPower.cohenH(first, second)),
        "n_per_arm_arcsine": try .of { try TwoProportionsPower.arcsineSampleSize(first, second, target: target) },
      ]
    },
    "sample_size_mcnemar": VectorKind { vector in
      [
        "n_pairs": .number(
          try McNemarPower.sampleSize(
            firstOnly: try vector.number("p_b"), secondOnly: try vector.number("p_c"), target: try vector.target()))
      ]
    },
    "gate_threshold_from_alpha": VectorKind { vector in
      let gate = try GateThreshold(
        count: try vector.count("n"), standardDeviation: try vector.number("sigma"),
        alpha: try vector.number("alpha"), beta: try vector.number("beta"))
      return [
        "theta_mde": .number(gate.detectableRegression), "threshold_minus_reference": .number(gate.fromReference),
      ]
    },
  ]

  private static func equivalence(_ tests: TwoOneSidedTests) throws -> [String: Answer] {
    [
      "tost_p": .number(tests.p.value), "log10_pvalue": .number(tests.p.log10),
      "log10_tost_p": .number(tests.p.log10), "lower": try .test { tests.lower }, "upper": try .test { tests.upper },
    ]
  }
}

extension VectorCase {
  /// The alternative by the words of scipy or of statsmodels; two-sided when there is none.
  func alternative() throws -> Alternative {
    if has("sides") { return try number("sides") == 1 ? .greater : .twoSided }
    guard has("alternative") else { return .twoSided }
    switch try word("alternative") {
    case "two-sided": return .twoSided
    case "greater", "larger": return .greater
    case "less", "smaller": return .less
    case let other: throw VectorProblem(description: "\(id): no alternative \(other)")
    }
  }

  func target() throws -> PowerTarget {
    try PowerTarget(alpha: try number("alpha"), power: try number("power"), alternative: try alternative())
  }
}
