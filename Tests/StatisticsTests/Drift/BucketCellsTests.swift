import Glibc
import Testing

@testable import Statistics

/// Long-tailed categories by the buckets of their hashes.
@Suite struct BucketCellsTests {
  /// The rows of each of 256 buckets in samples of a Zipf population, drawn by the inverse of its distribution function.
  private struct LongTail {
    let ends: [Double]
    /// Added to the number of every other category of the rarer half of all rows.
    var renamed = 0

    init(categories: Int, exponent: Double = 1.05) {
      var sum = 0.0
      ends = (1...categories).map {
        sum += Double($0).power(-exponent)
        return sum
      }
    }

    func sample(_ rows: Int, _ random: inout Philox) -> [Double] {
      var buckets = [Double](repeating: 0, count: 256)
      let whole = ends[ends.count - 1]
      for _ in 0..<rows {
        let place = random.uniform() * whole
        var (low, high) = (0, ends.count - 1)
        while low < high {
          let middle = (low + high) / 2
          if ends[middle] > place { high = middle } else { low = middle + 1 }
        }
        let name = place > whole / 2 && low.isMultiple(of: 2) ? low + renamed : low
        buckets[Int(Self.hash(UInt64(name)) >> 56)] += 1
      }
      return buckets
    }

    private static func hash(_ value: UInt64) -> UInt64 {
      var z = (value &+ 1) &* 0x9E37_79B9_7F4A_7C15
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static func decide(
    _ reference: [Double], _ current: [Double], _ method: DriftMethod, limits: [Double], _ seed: Int = 1
  ) throws -> [DriftDecision] {
    let cells = try DriftCells.buckets(reference: reference, current: current).cells
    let estimate = try Drift.estimate(cells, method, limit: limits[0], seed: Seed(UInt64(seed)))
    return limits.map { estimate.decision(limit: $0, isSignificant: estimate.p.value <= 0.05) }
  }

  /// At a level of 5 % seven of 40 pairs have a probability below 1 %; at a limit that samples of one population exceed.
  @Test(
    arguments: [DriftMethod.jensenShannon, .totalVariation, .psi, .hellinger],
    [(1000, 100), (1000, 1000), (20000, 3000), (20000, 20000)])
  func identicalLongTailsDoNotDrift(method: DriftMethod, sizes: (Int, Int)) throws {
    let population = LongTail(categories: 20_000)
    var random = Philox(Seed("tails", [Double(sizes.0), Double(sizes.1)]))
    var (drifted, stable) = (0, 0)
    for run in 0..<40 {
      let (first, second) = (population.sample(sizes.0, &random), population.sample(sizes.1, &random))
      let found = try Self.decide(first, second, method, limits: [0.001, method.isSquare ? 0.2 : 0.1], run)
      if found[0] == .drifted { drifted += 1 }
      if found[1] == .stable { stable += 1 }
    }
    #expect(drifted <= 6)
    if min(sizes.0, sizes.1) >= 3000, method != .totalVariation { #expect(stable >= 32) }
  }

  /// A quarter of all rows has other names, and no frequent one among them.
  @Test func aTailThatMovesIsSeen() throws {
    var (population, random) = (LongTail(categories: 20_000), Philox(Seed("moved")))
    let before = population.sample(20_000, &random)
    population.renamed = 100_000
    let now = population.sample(20_000, &random)
    #expect(try Self.decide(before, now, .jensenShannon, limits: [0.05]) == [.drifted])
  }

  @Test func thereIsACellForFiftyRows() throws {
    let even = [Double](repeating: 100, count: 256)
    #expect(try DriftCells.buckets(reference: even, current: even).cells.reference.count == 256)
    let fewer = [Double](repeating: 1, count: 256)
    let cells = try DriftCells.buckets(reference: even, current: fewer)
    #expect(cells.cells.reference.count == 4 && cells.cells.current == [64, 64, 64, 64])
    #expect(cells.members[1] == Array(stride(from: 1, to: 256, by: 4)))
    #expect(cells.cells.reference == [6400, 6400, 6400, 6400])
  }

  /// Two buckets of one category each, and nothing beside them.
  @Test func whatIsRareSharesACell() throws {
    var (reference, current) = ([Double](repeating: 0, count: 256), [Double](repeating: 0, count: 256))
    (reference[0], reference[1], reference[2], reference[3]) = (5000, 4990, 3, 7)
    current = reference
    let found = try DriftCells.buckets(reference: reference, current: current)
    #expect(found.cells.reference == [5000, 4990, 10])
    #expect(found.members.joined().sorted() == Array(0..<256))
  }

  @Test func whatIsNoSampleIsRefused() {
    let none = [Double](repeating: 0, count: 256)
    #expect(throws: Undefined.noObservations) { try DriftCells.buckets(reference: none, current: none) }
    #expect(throws: Undefined.self) { try DriftCells.buckets(reference: [1, 2, 3], current: [1, 2, 3]) }
    #expect(throws: Undefined.self) { try DriftCells.buckets(reference: [1, 2], current: [1, -2]) }
  }
}

extension Double {
  fileprivate func power(_ exponent: Double) -> Double { Glibc.pow(self, exponent) }
}
