import Testing

@testable import Statistics

@Suite struct CramerVonMisesLimitTests {
  /// The table of Anderson and Darling (1952).
  @Test(arguments: [
    (0.34730, 0.10), (0.46136, 0.05), (0.74346, 0.01), (1.16786, 0.001), (0.11888, 0.50), (0.04601, 0.90),
  ])
  func agreesWithTheTable(x: Double, p: Double) {
    #expect(agree(CramerVonMisesLimit.upper(x).value, p, 3e-4))
  }

  @Test func theTailFalls() {
    var last = Probability.one
    for step in 1...400 {
      let tail = CramerVonMisesLimit.upper(Double(step) * 0.01)
      #expect(tail < last)
      last = tail
    }
    // The slowest part decays as exp(-x pi^2 / 2).
    let (a, b) = (CramerVonMisesLimit.upper(500), CramerVonMisesLimit.upper(501))
    #expect(agree((a.log10 - b.log10), 4.934802200544679 / 2.302585092994046, 1e-3))
    #expect(CramerVonMisesLimit.upper(0.001) == .one)
    #expect(CramerVonMisesLimit.upper(1e5).log10 < -200_000)
  }
}
