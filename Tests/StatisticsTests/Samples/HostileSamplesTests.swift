import Testing

@testable import Statistics

/// Every method of samples on samples that nobody should have: a typed error or a number, never NaN, a trap or a hang.
@Suite struct HostileSamplesTests {
  private static let samples: [[Double]] = [
    [], [1], [-0.0], [.nan], [.infinity, -.infinity], [1, .nan, 3], [2, 2, 2, 2], [0, -0.0, 0],
    [1.7e308, -1.7e308, 1.6e308], [1e308, 1e308, 1e308, 0.9e308], [.leastNonzeroMagnitude, 3e-308, 0, -4e-308],
    [1e-200, 2e-200, 4e-200],
    [1e16, 1e16 + 2, 1e16 + 4], [.leastNonzeroMagnitude, 0, 1], [1, 2], [3, 1, 2, 5, 4, 9], [1e-300, 1, 1e300],
  ]

  private typealias Method = @Sendable ([Double], [Double]) async throws -> [Double]

  private static let methods: [(name: String, answer: Method)] = [
    (
      "kolmogorov-smirnov",
      { x, y in
        let test = try KolmogorovSmirnov(x, y)
        return try Alternative.allCases.flatMap { side in
          let exact = try test.test(side)
          return [exact.statistic, exact.p.value, try test.test(side, law: .limit).p.value]
        }
      }
    ),
    ("finite law", { x, y in [try KolmogorovSmirnov(x, y).test(law: .finite).p.value] }),
    ("cramer-von-mises", { x, y in numbers(try CramerVonMises.test(x, y)) }),
    ("its limit", { x, y in numbers(try CramerVonMises.test(x, y, law: .asymptotic)) }),
    (
      "anderson-darling",
      { x, y in
        let test = try AndersonDarling([x, y])
        return [test.statistic, try await test.p(replicates: 19).value]
      }
    ),
    (
      "mann-whitney",
      { x, y in
        let test = try MannWhitney(x, y)
        return numbers(try test.test(law: .exact)) + numbers(try test.test(law: .normal)) + [test.rankBiserial]
      }
    ),
    ("hodges-lehmann", { x, y in [try HodgesLehmann(x, y).shift] }),
    // Few values bound no shift: then the ends are infinite.
    ("its interval", { x, y in [try HodgesLehmann(x, y).interval(confidence: 0.6).lower < .infinity ? 1 : .nan] }),
    ("brunner-munzel", { x, y in numbers(try BrunnerMunzel(x, y).test()) + ends(try BrunnerMunzel(x, y).interval()) }),
    (
      "wilcoxon",
      { x, y in
        let test = try WilcoxonSignedRank(x, y, zeros: .pratt)
        return numbers(try test.test()) + numbers(try test.test(law: .normal, continuity: true))
      }
    ),
    ("kruskal-wallis", { x, y in numbers(try KruskalWallis.test([x, y])) }),
    ("friedman", { x, y in numbers(try Friedman.test([x, y, x])) }),
    ("levene", { x, y in numbers(try Levene.test([x, y])) }),
    ("levene's own", { x, y in numbers(try Levene.test([x, y], around: .mean)) }),
    ("welch-t", { x, y in try all(WelchT.difference(x, y)) }),
    ("paired-t", { x, y in try all(PairedT.difference(x, y)) }),
    ("permutation-test", { x, y in all(try await PermutationTest.test(x, y, replicates: 19)) }),
    ("sign-flip", { x, y in all(try await SignFlip.test(differences: x + y, replicates: 19)) }),
    ("wasserstein", { x, y in [try Wasserstein.distance(x, y)] }),
    ("normalised", { x, y in [try Wasserstein.normalised(x, y)] }),
    ("weighted", { x, y in [try Wasserstein.distance(x, weights: y, y, weights: x)] }),
    ("energy-distance", { x, y in [try EnergyDistance.distance(x, y)] }),
    (
      "mmd",
      { x, y in
        let test = try MaximumMeanDiscrepancy(x, y)
        return [test.unbiased, test.biased, test.bandwidth, try await test.p(replicates: 9).value]
      }
    ),
  ]

  private static func numbers(_ result: TestResult) -> [Double] { [result.statistic, result.p.value] }
  private static func ends(_ interval: ConfidenceInterval) -> [Double] { [interval.lower, interval.upper] }
  private static func all(_ result: PermutationResult) -> [Double] {
    [result.observed, result.greater.value, result.less.value, result.twoSided.value]
  }
  private static func all(_ difference: MeanDifference) throws -> [Double] {
    [difference.value, try difference.p().value] + numbers(try difference.test()) + ends(try difference.interval())
  }

  @Test(arguments: methods.map(\.name)) func answersOrSaysWhyNot(name: String) async throws {
    let method = try #require(Self.methods.first { $0.name == name })
    var answered = 0
    for x in Self.samples {
      for y in Self.samples {
        do {
          let answers = try await method.answer(x, y)
          let areFinite = answers.allSatisfy(\.isFinite)
          #expect(areFinite, "\(x) and \(y): \(answers)")
          answered += 1
        } catch is Undefined {
        }
      }
    }
    #expect(answered > 2)
  }

  /// Sizes at which counting must give way to a law.
  @Test func largeSamplesAreAnsweredAtOnce() throws {
    let x = (0..<200_000).map { Double($0 % 1_000) }
    let y = (0..<100_000).map { Double($0 % 1_003) }
    #expect(try KolmogorovSmirnov(x, y).test().law == .finite)
    #expect(try KolmogorovSmirnov(x, [1, 2, 3]).test().law == .exact)
    #expect(try MannWhitney(x, y).test().p.value > 0)
    #expect(try HodgesLehmann(x, y).interval().contains(HodgesLehmann(x, y).shift))
    #expect(try CramerVonMises.test(x, y).p.value > 0)
    #expect(try WilcoxonSignedRank(y, Array(x[..<100_000])).test().p.log10.isFinite)
    #expect(try MaximumMeanDiscrepancy(x, y).first == 500)
  }
}
