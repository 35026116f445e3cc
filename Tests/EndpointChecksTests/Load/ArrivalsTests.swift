import Testing

@testable import EndpointChecks

/// When requests are due: by the laws of rates, whatever the pattern.
@Suite struct ArrivalsTests {
  private func moments(
    _ pattern: Arrivals.Pattern, from first: Double, to last: Double? = nil, warmup: Double = 0, _ duration: Double
  ) -> [Double] {
    var arrivals = Arrivals(pattern, rate: .init(first: first, last: last ?? first), warmup: warmup, duration: duration)
    var moments: [Double] = []
    while let next = arrivals.next() { moments.append(Double(next) / 1e9) }
    return moments
  }

  @Test func constantOnesAreEven() {
    #expect(moments(.constant, from: 4, 1.5) == [0, 0.25, 0.5, 0.75, 1, 1.25])
    #expect(moments(.constant, from: 200, 10).count == 2000)
    #expect(moments(.constant, from: 0.5, 5) == [0, 2, 4])
  }

  /// From 0.5/s to 2/s in 4 s, the expected number by t is t/2 + 3t²/16: whole at t = 4(√(1 + 3k) - 1)/3.
  @Test func aRampFollowsTheAreaUnderTheRate() {
    let found = moments(.constant, from: 0.5, to: 2, 4)
    let wanted = (0..<5).map { 4 * ((1 + 3 * Double($0)).squareRoot() - 1) / 3 }
    #expect(found.count == 5)
    for (moment, expected) in zip(found, wanted) { #expect(abs(moment - expected) < 1e-8) }
  }

  @Test(arguments: [(10.0, 400.0), (400, 10), (100, 100.000001)])
  func aRampHasTheMeanRate(_ first: Double, _ last: Double) {
    let found = moments(.constant, from: first, to: last, 10)
    #expect(abs(found.count - Int(((first + last) * 5).rounded())) <= 1)
    // The first tenth of the time has the arrivals that the rate there makes expect.
    let early = found.count { $0 < 1 }
    #expect(abs(Double(early) - (first + (last - first) / 20)) <= 1)
  }

  @Test func theFirstRateHoldsWhileItWarmsUp() {
    let found = moments(.constant, from: 10, to: 100, warmup: 2, 2)
    #expect(found.count { $0 < 2 } == 20)
    #expect(zip(found, (0..<20).map { Double($0) / 10 }).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(found.count { $0 >= 2 } == 110)
  }

  /// The count is Poisson and the gaps exponential: their means and variances within five of their standard errors.
  @Test func poissonOnesKeepTheRateAndForgetThePast() {
    let found = moments(.poisson, from: 1000, 100)
    #expect(abs(Double(found.count) - 100_000) < 5 * 100_000.0.squareRoot())
    let gaps = zip(found.dropFirst(), found).map { $0 - $1 }
    #expect(gaps.allSatisfy { $0 >= 0 })
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let variance = gaps.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(gaps.count)
    let error = 5 / Double(gaps.count).squareRoot()
    #expect(abs(mean * 1000 - 1) < error)
    // The fourth moment of an exponential number makes this error root 8 times as large.
    #expect(abs(variance * 1_000_000 - 1) < 3 * error)
    let products = zip(gaps.dropFirst(), gaps).map { ($0 - mean) * ($1 - mean) }
    #expect(abs(products.reduce(0, +) / Double(products.count) / variance) < error)
  }

  @Test func theSameOnesComeInEveryRun() {
    #expect(moments(.poisson, from: 50, 10) == moments(.poisson, from: 50, 10))
    #expect(moments(.poisson, from: 50, 10) != moments(.poisson, from: 50.5, 10))
  }

  @Test func aPoissonRampHasItsArrivalsWhereTheRateIsHigh() {
    let found = moments(.poisson, from: 1, to: 1999, 10)
    let late = found.count { $0 >= 5 }
    // A quarter and three quarters of the area.
    #expect(abs(Double(late) / Double(found.count) - 0.75) < 0.03)
  }
}
