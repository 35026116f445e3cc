internal import Statistics

/// How often one of k samples passes.
package enum PassAtK {
  package static let page = MetricPage(
    "pass_at_k", aliases: ["pass@k"], better: .higher, range: 0...1,
    what: """
      The mean over problems of the chance that of k samples one passes: 1 - C(n - c, k) / C(n, k) with c of n passed, \
      which is unbiased (Chen et al. 2021). Undefined for a problem with fewer than k samples, which the paper's code \
      calls solved.
      """,
    why: "Generated code is tried until it works; this is how often k tries suffice.",
    example: "{metric: {name: pass_at_k, k: 1}, max_regression: 0.02 absolute, confidence: 95%}",
    fix: "Look at the problems that no sample solves any more.")

  static let k = MetricParameter("k", .count(least: 1), or: .number(1), "How many samples one would try.")

  static let generation = MetricDefinition<GenerationRows>(page, [k]) { arguments throws(MetricProblem) in
    let (k, isCompatible) = (try arguments.count(k), arguments.conventions.isCompatible)
    return .means { rows throws(Undefined) in
      let tallies = rows.tallies
      if !isCompatible, let few = tallies.first(where: { $0.samples < k }) {
        throw Undefined.tooFew("samples", needed: k, got: few.samples)
      }
      return RowMeans(
        tallies.map { chance($0.samples, $0.passed, k) }, [Double](repeating: 1, count: tallies.count),
        units: tallies.map(\.firstRow))
    }
  }

  private static func chance(_ samples: Int, _ passed: Int, _ k: Int) -> Double {
    if samples - passed < k { return 1 }
    // The chance that none passes, factor by factor.
    var none = 1.0
    for count in samples - passed + 1..<samples + 1 { none *= 1 - Double(k) / Double(count) }
    return 1 - none
  }
}
