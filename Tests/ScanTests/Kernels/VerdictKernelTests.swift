import CKernels
import TestSupport
import Testing

@testable import Scan

/// Verdicts on many rows at once are those on each.
@Suite struct VerdictKernelTests {
  private static let verdicts = ck_verdicts(null: 0, holds: 1, violated: 2, malformed: 3)

  private static func expected(_ state: UInt8, _ holds: Bool) -> UInt8 {
    state == 1 ? (holds ? 1 : 2) : state == 0 ? 0 : 3
  }

  @Test(arguments: VectorLevel.allCases)
  func rangesJudgeEach(level: VectorLevel) {
    var dice = SeededGenerator(seed: 5)
    let specials: [Double] = [.nan, .infinity, -.infinity, 0, -0.0, 2, -3]
    for count in 0..<200 {
      let states = (0..<count).map { _ in UInt8.random(in: 0...2, using: &dice) }
      let doubles = (0..<count).map { _ in
        Bool.random(using: &dice) ? Double.random(in: -5...5, using: &dice) : specials.randomElement(using: &dice) ?? 0
      }
      let integers = (0..<count).map { _ in
        Bool.random(using: &dice)
          ? Int64.random(in: -5...5, using: &dice) : [Int64.min, .max].randomElement(using: &dice) ?? 0
      }
      var judged = [UInt8](repeating: 9, count: count)
      for (low, high) in [(-3.0, 2.0), (-.infinity, 0), (0, .infinity), (1, -1)] {
        level.run { ck_judge_doubles(doubles, states, count, low, high, Self.verdicts, &judged) }
        #expect(judged == zip(states, doubles).map { Self.expected($0, $1 >= low && $1 <= high) })
      }
      for (low, high) in [(-3, 2), (.min, 0), (0, .max), (1, -1)] as [(Int64, Int64)] {
        level.run { ck_judge_integers(integers, states, count, low, high, Self.verdicts, &judged) }
        #expect(judged == zip(states, integers).map { Self.expected($0, $1 >= low && $1 <= high) })
      }
    }
  }

  @Test func matchesJudgeEach() {
    var dice = SeededGenerator(seed: 6)
    for count in 0..<100 {
      let found = (0..<count).map { _ in UInt8.random(in: 0...2, using: &dice) }
      let ends = (0..<count).map { _ in Int32.random(in: -1...2, using: &dice) }
      for wanted in [0, 1] as [UInt8] {
        var judged = [UInt8](repeating: 9, count: count)
        ck_judge_matches(found, wanted, ends, count, 0, 1, 2, &judged)
        #expect(judged == zip(found, ends).map { $1 < 0 ? 0 : $0 == wanted ? 1 : 2 })
      }
    }
  }

  @Test func oneVerdictBecomesAnother() {
    let all: [RowVerdict] = (0..<50).map { RowVerdict(rawValue: UInt8($0 * $0 % 5)) ?? .null }
    var verdicts = all
    verdicts.replace(.malformed, with: .violated)
    #expect(verdicts == all.map { $0 == .malformed ? .violated : $0 })
  }

  @Test(arguments: [1, 2, 255, 256, 1000])
  func codesAreCounted(entries: Int) {
    var dice = SeededGenerator(seed: UInt64(entries))
    for count in [0, 1, 2, 3, 4, 5, 777] {
      let codes = (0..<count).map { _ in Int32.random(in: -1..<Int32(entries), using: &dice) }
      let counts = CountedTexts.counts(codes, entries: entries)
      #expect(counts == (0..<entries).map { entry in codes.count { Int($0) == entry } })
    }
  }
}
