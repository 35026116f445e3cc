import Testing

@testable import Statistics

@Suite struct RanksTests {
  @Test func equalValuesShareTheirMeanRank() {
    let ranks = Ranks([10, 20, 20, 5, -0.0, 0, 20])
    #expect(ranks.midranks == [4, 6, 6, 3, 1.5, 1.5, 6])
    // Two equal values and three: 6 + 24.
    #expect(ranks.tieSum == 30)
    #expect(ranks.hasTies)
    #expect(Ranks([]).midranks.isEmpty)
    #expect(!Ranks([3, 1, 2]).hasTies)
  }

  @Test func ranksAddUpAndOnlyTheOrderMatters() {
    var draws = Draws(seed: 5)
    for count in [1, 10, 700, 3_000] {
      let values = draws.integers(count, below: 50)
      let ranks = Ranks(values)
      #expect(ranks.midranks.reduce(0, +) == Double(count * (count + 1)) / 2)
      #expect(Ranks(values.map { $0 * $0 * $0 - 7 }).midranks == ranks.midranks)
      // The midrank is one more than the smaller values plus half of the equal others.
      for (value, rank) in zip(values, ranks.midranks).prefix(20) {
        let smaller = values.count { $0 < value }
        #expect(rank == Double(smaller) + Double(values.count { $0 == value } + 1) / 2)
      }
    }
  }
}
