import TestSupport
import Testing

@testable import Scan

@Suite struct NumberTallyTests {
  @Test func onlyWhatIsCountedIsTallied() { #expect(NumberTally(Numbers([1, 2])) == nil) }

  @Test func ranksAreThoseOfTheRows() throws {
    var dice = SeededGenerator(seed: 12)
    for _ in 0..<300 {
      var (rows, tally): ([Double], NumberTally) = ([], NumberTally())
      for _ in 0..<Int.random(in: 0...4, using: &dice) {
        let values = (0..<Int.random(in: 0...9, using: &dice)).map { _ in
          [Double(Int.random(in: -4...4, using: &dice)), -0.0, .infinity].randomElement(using: &dice) ?? 0
        }
        let counts = values.map { _ in Int.random(in: 1...5, using: &dice) }
        tally.merge(try #require(NumberTally(Numbers(values, counts: counts))))
        rows += zip(values, counts).flatMap { Array(repeating: $0, count: $1) }
      }
      rows.sort()
      #expect(tally.values == Set(rows).sorted() && tally.numbers.rowCount == rows.count)
      for rank in 1...rows.count + 1 {
        #expect(tally.value(ofRank: rank) == (rank <= rows.count ? rows[rank - 1] : nil))
      }
    }
  }
}
