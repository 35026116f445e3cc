import Foundation
import Testing

@testable import Statistics

/// The interval of a ratio of means of the same rows.
@Suite struct FiellerTests {
  private func influences(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { $0 - mean }
  }

  private func fieller(_ upper: [Double], _ lower: [Double]) throws -> (fieller: Fieller, ratio: Double) {
    let (c, b) = (upper.reduce(0, +) / Double(upper.count), lower.reduce(0, +) / Double(lower.count))
    let (mine, theirs) = (influences(upper), influences(lower))
    let rest = zip(mine, theirs).map { $0 - c / b * $1 }
    return (
      Fieller(
        ratio: c / b, lower: try InfluenceInterval(value: b, influences: theirs),
        rest: try InfluenceInterval(value: 0, influences: rest),
        sum: try InfluenceInterval(value: 0, influences: zip(rest, theirs).map { $0 + $1 })), c / b
    )
  }

  /// At its ends c - R b is t standard errors from 0, as one computes it for that R alone.
  @Test func theEndsAreThoseOfATest() throws {
    let upper = (0..<40).map { Double($0 * 7919 % 31) + 3 }
    let lower = (0..<40).map { Double($0 * 104_729 % 23) + 1 }
    let (fieller, ratio) = try fieller(upper, lower)
    let interval = try fieller.interval(confidence: 0.9)
    #expect(interval.lower < ratio && ratio < interval.upper)
    for end in [interval.lower, interval.upper] {
      let rows = zip(upper, lower).map { $0 - end * $1 }
      let mean = rows.reduce(0, +) / 40
      let variance = rows.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39 / 40
      let t = mean.magnitude / variance.squareRoot()
      #expect((t - StudentT(degrees: 39).upperQuantile(0.05)).magnitude < 1e-9, "\(t)")
    }
    // To the right it is longer.
    #expect(interval.upper - ratio > ratio - interval.lower)
  }

  @Test func aBaselineThatMayBeZeroHasNoEnd() throws {
    let lower = (0..<20).map { $0 == 0 ? 1.0 : 0 }
    let (fieller, _) = try fieller((0..<20).map { Double($0) }, lower)
    #expect(try fieller.interval(confidence: 0.95).upper == .infinity)
  }
}
