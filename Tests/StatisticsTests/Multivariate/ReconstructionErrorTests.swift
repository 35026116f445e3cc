import Testing

@testable import Statistics

@Suite struct ReconstructionErrorTests {
  private typealias Value = CrossFittedArea.Value

  /// Six columns that are two hidden numbers with some noise; without `structure` all by themselves.
  private static func sample(_ rows: Int, structure: Bool = true, _ seed: UInt64) -> [[Value]] {
    var random = Philox(Seed(seed))
    func normal() -> Double { Normal.quantile(max(random.uniform(), 1e-12)) }
    var table = [[Value]](repeating: [], count: 6)
    for _ in 0..<rows {
      let hidden = [normal(), normal()]
      for column in 0..<6 {
        table[column].append(.number(structure ? hidden[column % 2] + 0.3 * normal() : normal()))
      }
    }
    return table
  }

  private static func judged(_ a: [[Value]], _ b: [[Value]], seed: UInt64 = 1) throws -> ReconstructionError {
    try ReconstructionError(reference: a, current: b, confidence: 0.95, seed: Seed(seed))
  }

  @Test func samplesOfOnePopulationAreDescribedAlike() throws {
    let found = try Self.judged(Self.sample(2000, 1), Self.sample(2000, 2))
    #expect(found.components == 2 && found.features == 6 && found.heldOut == 1000)
    #expect(found.factor.interval.lower < 1.02 && found.factor.interval.upper < 1.1, "\(found.factor)")
  }

  @Test func whatNoLongerGoesTogetherIsDescribedWorse() throws {
    let found = try Self.judged(Self.sample(1000, 3), Self.sample(1000, structure: false, 4))
    #expect(found.means.current > 2 * found.means.reference)
    #expect(found.factor.interval.lower > 2)
    // The other way round it is described better, by a factor all the same.
    let other = try Self.judged(Self.sample(1000, structure: false, 3), Self.sample(1000, 4))
    #expect(other.means.current < other.means.reference && other.factor.value > 1)
  }

  /// Two of one hundred intervals may begin above 1 by chance, and some more.
  @Test func differencesByChanceAreRare() throws {
    let above = try (0..<100).count { seed in
      let found = try Self.judged(
        Self.sample(200, UInt64(2 * seed + 50)), Self.sample(200, UInt64(2 * seed + 51)), seed: UInt64(seed))
      return found.factor.interval.lower > 1
    }
    #expect(above <= 13)
  }

  @Test func whatCannotBeJudgedIsSaid() {
    let some = Self.sample(200, 7)
    #expect(throws: Undefined.tooFew("rows", needed: 50, got: 49)) { try Self.judged(Self.sample(98, 8), some) }
    #expect(throws: Undefined.tooFew("features", needed: 2, got: 1)) { try Self.judged([some[0]], [some[0]]) }
    // Where the reference does not vary there is nothing that an error could be held against.
    let constant = [[Value]](repeating: [Value](repeating: .number(1), count: 200), count: 6)
    #expect(throws: Undefined.zeroVariance) { try Self.judged(constant, some) }
    // Of columns that are the same one component is left out, so that there is an error.
    let same = [some[0], some[0]]
    let found = try? Self.judged(same, same)
    #expect(found?.components == 0 && found?.factor.interval.lower == 1)
  }
}
