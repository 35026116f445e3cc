import Glibc
import Testing

@testable import Statistics

@Suite struct EntropyTests {
  @Test func runsFromCertaintyToUniformity() throws {
    #expect(try Entropy.value(Counts([5, 0, 0])) == 0)
    #expect(agrees(try Entropy.value(Counts([3, 3, 3, 3]), in: .bits), 2))
    #expect(agrees(try Entropy.value(Counts([1, 3])), -0.25 * log(0.25) - 0.75 * log(0.75)))
  }

  @Test func independentVariablesAdd() throws {
    let (x, y) = ([1, 4, 2], [3, 5])
    let both = try Counts(x.flatMap { one in y.map { one * $0 } })
    #expect(agrees(Entropy.value(both), try Entropy.value(Counts(x)) + Entropy.value(Counts(y))))
  }

  @Test func theCorrectionTakesTheBias() throws {
    var random = Philox(Seed(22))
    let shares = [Double](repeating: 0.1, count: 10)
    var (plain, corrected) = (0.0, 0.0)
    for _ in 0..<2000 {
      let counts = try Counts(random.counts(of: 60, shares: shares))
      plain += Entropy.value(counts) / 2000
      corrected += Entropy.corrected(counts) / 2000
    }
    // The bias is -9/120; what the correction leaves is of the order of 1/n^2.
    #expect((plain - log(10) + 0.075).magnitude < 0.01)
    #expect((corrected - log(10)).magnitude < 0.01)
  }
}
