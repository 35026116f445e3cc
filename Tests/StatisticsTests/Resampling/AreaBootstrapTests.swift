import TestSupport
import Testing

@testable import Statistics

@Suite struct AreaBootstrapTests {
  private static func rows(_ count: Int, grid: Double) -> (labels: [Bool], first: [Double], second: [Double]) {
    var random = SeededGenerator(seed: UInt64(count))
    let labels = (0..<count).map { $0 % 3 == 0 }
    func scores() -> [Double] {
      labels.map { (($0 ? 0.3 : 0) * grid + Double.random(in: 0...grid, using: &random)).rounded() }
    }
    return (labels, scores(), scores())
  }

  /// The replicates against areas of all pairs, each pair counted as often as its rows are drawn.
  @Test(arguments: [1e6, 5]) func replicatesAreAreasOfTheResampledRows(grid: Double) async throws {
    let (labels, first, second) = Self.rows(60, grid: grid)
    func area(_ scores: [Double], _ counts: [UInt8]) -> Double {
      var (pairs, all) = (0.0, 0.0)
      for positive in labels.indices where labels[positive] {
        for negative in labels.indices where !labels[negative] {
          let weight = Double(counts[positive]) * Double(counts[negative])
          all += weight
          pairs += weight * (scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0)
        }
      }
      return pairs / all
    }
    let distribution = try await AreaBootstrap(labels: labels, first: first, second: second).difference(resamples: 200)
    // The same draws, whose places are those of the rows in the order of the first model.
    let order = first.indices.sorted { (first[$0], $0) < (first[$1], $1) }
    let seed = Seed("paired-auc-bootstrap", first, second, labels.map { $0 ? 1 : 0 })
    let expected = (0..<200).map { number in
      var random = Philox(seed, stream: UInt64(number))
      var counts = [UInt8](repeating: 0, count: 60)
      for _ in 0..<60 { counts[order[random.index(below: 60)]] += 1 }
      return area(first, counts) - area(second, counts)
    }
    for (ours, theirs) in zip(distribution.replicates, expected.sorted()) { #expect((ours - theirs).magnitude < 1e-12) }
  }

  @Test func theStandardErrorIsThatOfDeLong() async throws {
    let (labels, first, second) = Self.rows(900, grid: 1e6)
    let bootstrap = try AreaBootstrap(labels: labels, first: first, second: second)
    let distribution = try await bootstrap.difference(resamples: 2000)
    let delong = try DeLong(labels: labels, scores: [first, second])
    let ratio = try distribution.standardError() / delong.varianceOfDifference(0, 1).squareRoot()
    #expect((ratio - 1).magnitude < 0.08)
    for threads in [1, 3] {
      let again = try await bootstrap.difference(resamples: 2000, threads: threads)
      #expect(again.replicates == distribution.replicates)
    }
  }

  @Test func modelsThatAgreeHaveNoInterval() async throws {
    let (labels, first, _) = Self.rows(60, grid: 1e6)
    let distribution = try await AreaBootstrap(labels: labels, first: first, second: first.map { $0 * 2 }).difference()
    #expect(throws: Undefined.allEqual) { try distribution.percentile(confidence: 0.95) }
  }

  @Test func aClassThatOftenVanishesIsUndefined() async throws {
    let labels = [true] + [Bool](repeating: false, count: 9)
    let bootstrap = try AreaBootstrap(
      labels: labels, first: (0..<10).map(Double.init), second: (0..<10).map { -Double($0) })
    await #expect(throws: Undefined.self) { try await bootstrap.difference(resamples: 500) }
  }
}
