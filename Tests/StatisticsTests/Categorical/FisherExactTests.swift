import Glibc
import Testing

@testable import Statistics

@Suite struct FisherExactTests {
  private func p(_ rows: [[Int]], _ alternative: Alternative = .twoSided) throws -> Probability {
    try FisherExact.p(ContingencyTable(rows), alternative)
  }

  /// Every table with the same totals, weighed by exact binomial coefficients.
  private func enumerated(_ rows: [[Int]], _ alternative: Alternative) -> Double {
    let (a, b, c, d) = (rows[0][0], rows[0][1], rows[1][0], rows[1][1])
    func weight(_ x: Int) -> Double { choose(a + b, x) * choose(c + d, a + c - x) }
    let outcomes = max(0, a + c - (c + d))...min(a + b, a + c)
    let all = outcomes.reduce(0.0) { $0 + weight($1) }
    let extreme = outcomes.filter { x in
      switch alternative {
      case .less: x <= a
      case .greater: x >= a
      case .twoSided: weight(x) <= weight(a) * (1 + 1e-9)
      }
    }
    return extreme.reduce(0.0) { $0 + weight($1) } / all
  }

  @Test func agreesWithTheEnumerationOfAllTables() throws {
    var random = Philox(Seed(5))
    for _ in 0..<300 {
      let rows = (0..<2).map { _ in (0..<2).map { _ in random.index(below: 7) } }
      guard rows.joined().contains(where: { $0 > 0 }) else { continue }
      for alternative in Alternative.allCases {
        #expect(agrees(try p(rows, alternative).value, enumerated(rows, alternative)), "\(rows) \(alternative)")
      }
    }
  }

  @Test func exchangingRowsReversesTheAlternative() throws {
    var random = Philox(Seed(6))
    for _ in 0..<100 {
      let rows = random.table(rows: 2, columns: 2, below: 40)
      for alternative in Alternative.allCases {
        let value = try p(rows, alternative).value
        #expect(agrees(try p(rows.reversed(), alternative.reversed).value, value, within: 1e-11))
        #expect(agrees(try FisherExact.p(ContingencyTable(rows).transposed, alternative).value, value, within: 1e-11))
      }
    }
  }

  /// Given any totals, p-values of at most a level turn up no more often than that.
  @Test func keepsItsLevelExactly() throws {
    for (first, second, drawn) in [(5, 9, 6), (12, 12, 8), (20, 7, 13)] {
      let outcomes = max(0, drawn - second)...min(first, drawn)
      for level in [0.01, 0.05, 0.2] {
        let rejected = try outcomes.filter { x in
          try p([[x, first - x], [drawn - x, second - drawn + x]]).value <= level
        }
        let probability = rejected.reduce(0.0) { $0 + choose(first, $1) * choose(second, drawn - $1) }
        #expect(probability / choose(first + second, drawn) <= level)
      }
    }
  }

  @Test func tailsReachFarBelowEveryDouble() throws {
    // The one table that is so extreme: 1 / (1000 choose 500), and 1 / (4000 choose 2000).
    for half in [500, 2000] {
      let exact = (1...half).reduce(0.0) { $0 + log10(Double($1)) - log10(Double(half + $1)) }
      let tail = try p([[half, 0], [0, half]], .greater)
      #expect(agrees(tail.log10, exact, within: 1e-13))
      #expect(agrees(try p([[half, 0], [0, half]]).log10, exact + log10(2), within: 1e-13))
    }
    #expect(agrees(try p([[500, 0], [0, 500]], .greater).value, 3.699753997814027e-300))
  }

  @Test func manyRowsAreAsTheNormalApproximationSays() throws {
    let n = 1_000_000_000
    let rows = [[n / 2 + 20_000, n / 2 - 20_000], [n / 2, n / 2]]
    let test = try ChiSquaredHomogeneity.test(ContingencyTable(rows), correction: true)
    #expect(agrees(try p(rows).value, test.p.value, within: 1e-3))
    #expect(try p([[n, n], [n, n]]) == .one)
  }

  @Test func oddsRatios() throws {
    #expect(try FisherExact.oddsRatio(ContingencyTable([[3, 1], [1, 3]])) == 9)
    #expect(try FisherExact.oddsRatio(ContingencyTable([[0, 1], [1, 3]])) == 0)
    #expect(throws: Undefined.emptyCategory("the second cell")) {
      try FisherExact.oddsRatio(ContingencyTable([[5, 0], [1, 3]]))
    }
  }

  @Test func otherTablesAreRefused() {
    #expect(throws: Undefined.outsideDomain("the table must have two rows and two columns")) {
      try p([[1, 2, 3], [4, 5, 6]])
    }
    #expect(throws: Undefined.outsideDomain("counts must be whole numbers")) {
      try FisherExact.p(ContingencyTable([[1.5, 2], [3, 4]]))
    }
    #expect(throws: Undefined.outsideDomain("counts must be at most 2^53")) { try p([[1 << 53, 1 << 53], [3, 4]]) }
  }
}
