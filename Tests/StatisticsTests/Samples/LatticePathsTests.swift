import Foundation
import Testing

@testable import Statistics

@Suite struct LatticePathsTests {
  /// Every order of the pooled values, each followed to its largest gap.
  @Test func agreesWithEveryPath() {
    for (m, n) in [(1, 1), (1, 5), (4, 1), (3, 3), (4, 6), (5, 4), (6, 6), (2, 7), (3, 6)] {
      let paths = LatticePaths(m, n)
      var above = [Int: Int]()
      var both = [Int: Int]()
      let all = combinations(m, of: m + n)
      for chosen in all {
        var (i, j, highest, widest) = (0, 0, 0, 0)
        for step in 0..<m + n {
          if chosen.contains(step) { i += 1 } else { j += 1 }
          let gap = i * paths.unit / m - j * paths.unit / n
          highest = max(highest, gap)
          widest = max(widest, abs(gap))
        }
        above[highest, default: 0] += 1
        both[widest, default: 0] += 1
      }
      for height in 0...paths.unit {
        let oneSided = Double(above.filter { $0.key >= height }.values.reduce(0, +)) / Double(all.count)
        let twoSided = Double(both.filter { $0.key >= height }.values.reduce(0, +)) / Double(all.count)
        #expect(agree(paths.reaching(height, twoSided: false).value, oneSided))
        #expect(agree(paths.reaching(height, twoSided: true).value, twoSided))
      }
    }
  }

  /// Gnedenko and Korolyuk: for equal lengths the one-sided tail is C(2n, n - h) / C(2n, n).
  @Test(arguments: [(50, 3), (200, 120), (1_000, 1_000), (3_000, 2_000)])
  func agreesWithTheReflectionPrinciple(n: Int, height: Int) {
    let tail = LatticePaths(n, n).reaching(height, twoSided: false)
    let (size, h) = (Double(n), Double(height))
    let log10 = (2 * factorial(size) - factorial(size - h) - factorial(size + h)) / 2.302585092994046
    #expect(agree(tail.log10, log10, 1e-11))
    if tail.value > 0 { #expect(agree(tail.value, Probability(log10: log10).value, 1e-9)) }
  }

  @Test func exchangingTheSamplesChangesNothing() {
    for height in stride(from: 1, through: 700, by: 53) {
      let (one, other) = (LatticePaths(20, 35), LatticePaths(35, 20))
      #expect(agree(one.reaching(height, twoSided: true).value, other.reaching(height, twoSided: true).value))
    }
  }

  @Test func theTailFalls() {
    let paths = LatticePaths(40, 30)
    var last = Probability.one
    for height in 0...paths.unit {
      let tail = paths.reaching(height, twoSided: true)
      #expect(tail <= last || agree(tail.value, last.value))
      last = tail
    }
    #expect(agree(last.log10, (0.6931471805599453 - choose(70, 30)) / 2.302585092994046))
  }

  private func factorial(_ n: Double) -> Double { stride(from: 2.0, through: n, by: 1).map { log($0) }.compensatedSum }

  private func choose(_ n: Double, _ k: Double) -> Double { factorial(n) - factorial(k) - factorial(n - k) }
}
