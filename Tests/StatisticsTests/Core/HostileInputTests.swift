import Testing

@testable import Statistics

/// Whatever comes in, a summary, a distance or a test answers with finite numbers, or says why it cannot.
@Suite struct HostileInputTests {
  private static let values = [
    0, -0.0, 1, -1, 2, 0.1, 1e16, 1e154, 1.7e308, -1.7e308, 0x1p-1074, -0x1p-1022, .nan, .infinity, -.infinity,
  ]
  private static let ordinary = [0, 1, 2, 2.5, -7, 1e8, 1e-8, 1.6e308, -1.6e308, 0x1p-1060]

  private func sample(_ random: inout Philox, of pool: [Double], _ most: UInt32 = 7) -> [Double] {
    (0..<random.index(below: most)).map { _ in pool[random.index(below: UInt32(pool.count))] }
  }

  /// The numbers that a computation gives; none when it is undefined, which must be for a typed reason.
  private func numbers(_ compute: () throws -> [Double]) -> [Double] {
    do { return try compute() } catch is Undefined { return [] } catch { return [.nan] }
  }

  @Test func summaries() throws {
    var random = Philox(Seed(40))
    for round in 0..<4000 {
      let pool = round % 2 == 0 ? Self.values : Self.ordinary
      let (x, y) = (sample(&random, of: pool), sample(&random, of: pool))
      let q = round % 3 == 0 ? pool[random.index(below: UInt32(pool.count))] : 0.37
      let found = [
        numbers { [try Moments(x).mean] }, numbers { [try Moments(x).variance()] },
        numbers { [try Moments(x).standardDeviation()] }, numbers { [try Moments(x).adjustedSkewness()] },
        numbers { [try Moments(x).adjustedKurtosis()] }, numbers { [try ExactSum.value(x)] },
        numbers { try QuantileType.allCases.map { try Quantiles(x).value(q, $0) } },
        numbers { [try Quantiles(x).median] }, numbers { [try MedianAbsoluteDeviation.scaled(x)] },
        numbers { [try TukeyFences(x).lower, try TukeyFences(x).upper] }, numbers { try ModifiedZ(x).scores },
        numbers { [try WeightedMoments(x, weights: y).mean] },
        numbers { [try WeightedMoments(x, weights: y).variance(.reliability)] },
        numbers { [try WeightedMoments(x, weights: y).variance(.frequency)] },
        numbers { [try WeightedQuantiles(x, weights: y).value(q)] },
        numbers { [try WeightedQuantiles(x, weights: y).linear(q)] },
        numbers { [try Pearson(x, y).coefficient, try Pearson(x, y).p().value] },
        numbers { [try Pearson(x, y).interval(confidence: q).width] },
        numbers { [try Spearman(x, y).coefficient, try Spearman(x, y).p().value] },
        numbers { [try Kendall(x, y).coefficient, try Kendall(x, y).p().value] },
      ]
      for (index, values) in found.enumerated() {
        #expect(values.allSatisfy { $0.isFinite }, "\(index): \(x) \(y) \(q)")
      }
    }
  }

  @Test func tablesAndDistances() throws {
    var random = Philox(Seed(41))
    let counts = [0, 1, 2, 7, 100, 0.5, 0x1p53, 0x1p52 + 1, 0x1p-1070]
    for round in 0..<3000 {
      let pool = round % 4 == 0 ? Self.values : counts
      let (x, y) = (sample(&random, of: pool, 5), sample(&random, of: pool, 5))
      let q = round % 3 == 0 ? pool[random.index(below: UInt32(pool.count))] : 0.03
      let found = [
        numbers { [try ChiSquaredHomogeneity.test(ContingencyTable([x, y])).statistic] },
        numbers { [try ChiSquaredHomogeneity.test(ContingencyTable([x, y]), correction: true).p.value] },
        numbers { [try GHomogeneity.test(ContingencyTable([x, y])).statistic] },
        numbers { [try CramersV.value(ContingencyTable([x, y]))] },
        numbers { [try CramersV.biasCorrected(ContingencyTable([x, y]))] },
        numbers { [try MutualInformation.normalised(ContingencyTable([x, y]))] },
        numbers { [try GoodnessOfFit.test(Counts(x), expected: Counts(y)).statistic] },
        numbers { [try FisherExact.oddsRatio(ContingencyTable([x, y]))] },
        numbers { [try PopulationStabilityIndex.value(reference: Counts(x), current: Counts(y), zeros: .none)] },
        numbers { [try PopulationStabilityIndex.value(reference: Counts(x), current: Counts(y), zeros: .floor(q))] },
        numbers {
          [try PopulationStabilityIndex.value(reference: Counts(x), current: Counts(y), zeros: .floorAndRenormalise(q))]
        },
        numbers {
          [try PopulationStabilityIndex.criticalValue(reference: q, current: 10, categories: 4, significance: q)]
        },
        numbers { [try KullbackLeibler.divergence(of: Counts(x), from: Counts(y))] },
        numbers { [try JensenShannon.distance(Counts(x), Counts(y))] },
        numbers { [try Hellinger.distance(Counts(x), Counts(y)), try Hellinger.bhattacharyya(Counts(x), Counts(y))] },
        numbers { [try TotalVariation.distance(Counts(x), Counts(y)), try LInfinity.distance(Counts(x), Counts(y))] },
        numbers { [try LInfinity.noiseFloor(Counts(x), Counts(y), significance: q)] },
        numbers { [Entropy.value(try Counts(x)), Entropy.corrected(try Counts(y))] },
      ]
      for (index, values) in found.enumerated() {
        #expect(values.allSatisfy { $0.isFinite }, "\(index): \(x) \(y) \(q)")
      }
    }
  }

  @Test func exactTestsOfAnySize() throws {
    var random = Philox(Seed(42))
    let counts = [0, 1, 2, 5, 1000, 1_000_003, 1 << 31, (1 << 31) + 12345, 1 << 40, 1 << 52, 1 << 53, .max, -1, .min]
    for _ in 0..<400 {
      let c = (0..<4).map { _ in counts[random.index(below: UInt32(counts.count))] }
      let share = Self.values[random.index(below: UInt32(Self.values.count))]
      let found = [
        numbers { [try BinomialTest.p(successes: c[0], trials: c[1], share: share).value] },
        numbers { [try BinomialTest.p(successes: c[0], trials: c[1], share: 0.5).value] },
        numbers { [try BinomialTest.p(successes: c[0], trials: c[1], share: 1e-6, .greater).value] },
        numbers { [try McNemar(firstOnly: c[0], secondOnly: c[1]).midP.value] },
        numbers { [try McNemar(firstOnly: c[0], secondOnly: c[1]).exact.value] },
        numbers { [try McNemar(firstOnly: c[0], secondOnly: c[1]).chiSquared(corrected: true).statistic] },
        numbers { [try FisherExact.p(ContingencyTable([[c[0], c[1]], [c[2], c[3]]])).value] },
      ]
      for (index, values) in found.enumerated() {
        #expect(values.allSatisfy { 0...1 ~= $0 || index == 5 && $0.isFinite }, "\(index): \(c) \(share)")
      }
    }
  }
}
