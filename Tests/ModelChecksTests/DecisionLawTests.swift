import Language
import Testing
import Verdict

@testable import ModelChecks

/// Laws of the comparing gates over random decimals. The oracle reckons in whole thousandths, where nothing is rounded.
@Suite struct DecisionLawTests {
  private static let place = SourceLocation(file: "cupel.yaml", line: 1, column: 1)

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private struct Numbers {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    mutating func number(in range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func direction() -> MetricDirection { next() % 2 == 0 ? .higher : .lower }
  }

  /// The double that the decimal text of so many thousandths means.
  private static func decimal(_ thousandths: Int) -> Double {
    let digits = String(abs(thousandths))
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return Double((thousandths < 0 ? "-" : "") + padded.dropLast(3) + "." + padded.suffix(3))!
  }

  private static func holds(_ gate: any ChangeGate, _ change: Change) throws -> Bool {
    let margin = try #require(gate.margin.deciding(for: change.baseline))
    return change.keeps(gate.allowedBenefit(margin.amount))
  }

  private static func change(_ candidate: Int, _ baseline: Int, _ direction: MetricDirection) -> Change {
    Change(metric: "m", baseline: decimal(baseline), candidate: decimal(candidate), direction: direction)
  }

  @Test func decimalsDecideAsDecimals() throws {
    var numbers = Numbers(state: 1)
    var ties = 0
    for _ in 0..<20_000 {
      let baseline = numbers.number(in: -2000...2000)
      let candidate = baseline + numbers.number(in: -60...60)
      // Half of the limits equal the difference, where rounding would decide.
      let limit = numbers.next() % 2 == 0 ? abs(candidate - baseline) : numbers.number(in: 0...60)
      let direction = numbers.direction()
      let benefit = direction == .higher ? candidate - baseline : baseline - candidate
      if abs(benefit) == limit { ties += 1 }
      let change = Self.change(candidate, baseline, direction)
      let margin = Margin(absolute: Self.decimal(limit))
      let regression = MaxRegressionGate(margin: margin, location: Self.place)
      let improvement = MinImprovementGate(margin: margin, location: Self.place)
      #expect(try Self.holds(regression, change) == (benefit >= -limit), "\(change) \(margin)")
      #expect(try Self.holds(improvement, change) == (benefit >= limit), "\(change) \(margin)")
    }
    #expect(ties > 9000)
  }

  @Test func sharesDecideAsDecimals() throws {
    var numbers = Numbers(state: 2)
    for _ in 0..<20_000 {
      var baseline = numbers.number(in: -2000...2000)
      if baseline == 0 { baseline = 7 }
      let percent = numbers.number(in: 0...40)
      // On the limit itself whenever that is a whole number of thousandths.
      let onLimit = abs(baseline) * percent % 100 == 0 && numbers.next() % 2 == 0
      let step = onLimit ? abs(baseline) * percent / 100 : numbers.number(in: 0...900)
      let candidate = numbers.next() % 2 == 0 ? baseline + step : baseline - step
      let direction = numbers.direction()
      let benefit = direction == .higher ? candidate - baseline : baseline - candidate
      let change = Self.change(candidate, baseline, direction)
      let margin = Margin(relative: Double(percent) / 100)
      let regression = MaxRegressionGate(margin: margin, location: Self.place)
      let improvement = MinImprovementGate(margin: margin, location: Self.place)
      #expect(
        try Self.holds(regression, change) == (benefit * 100 >= -percent * abs(baseline)), "\(change) \(percent)%")
      #expect(
        try Self.holds(improvement, change) == (benefit * 100 >= percent * abs(baseline)), "\(change) \(percent)%")
    }
  }

  /// Turning the sign of both values and the direction around changes nothing.
  @Test func directionsAreMirrorImages() throws {
    var numbers = Numbers(state: 3)
    for _ in 0..<5000 {
      let baseline = Double(bitPattern: numbers.next() & 0x800F_FFFF_FFFF_FFFF | 0x3FE0_0000_0000_0000)
      let candidate = baseline + Double(numbers.number(in: -1000...1000)) * 1e-6
      let margin = numbers.next() % 2 == 0 ? Margin(absolute: 0.0005) : Margin(relative: 0.0005)
      let change = Change(metric: "m", baseline: baseline, candidate: candidate, direction: .higher)
      let mirror = Change(metric: "m", baseline: -baseline, candidate: -candidate, direction: .lower)
      #expect(change.benefit == mirror.benefit)
      for gate: any ChangeGate in [
        MaxRegressionGate(margin: margin, location: Self.place),
        MinImprovementGate(margin: margin, location: Self.place),
      ] {
        #expect(try Self.holds(gate, change) == Self.holds(gate, mirror))
      }
    }
  }

  /// A wider margin never fails what a narrower one passed, and a better candidate never fails where a worse passed.
  @Test func verdictsAreMonotonic() throws {
    var numbers = Numbers(state: 4)
    for _ in 0..<5000 {
      let baseline = numbers.number(in: -2000...2000)
      let candidate = baseline + numbers.number(in: -50...50)
      let direction = numbers.direction()
      let narrow = numbers.number(in: 0...50)
      let wide = narrow + numbers.number(in: 0...10)
      let better = direction == .higher ? candidate + numbers.number(in: 0...9) : candidate - numbers.number(in: 0...9)
      let change = Self.change(candidate, baseline, direction)
      let improved = Self.change(better, baseline, direction)
      func regression(_ limit: Int, _ change: Change) throws -> Bool {
        try Self.holds(MaxRegressionGate(margin: Margin(absolute: Self.decimal(limit)), location: Self.place), change)
      }
      func improvement(_ limit: Int, _ change: Change) throws -> Bool {
        try Self.holds(MinImprovementGate(margin: Margin(absolute: Self.decimal(limit)), location: Self.place), change)
      }
      if try regression(narrow, change) {
        #expect(try regression(wide, change))
        #expect(try regression(narrow, improved))
      }
      if try improvement(wide, change) {
        #expect(try improvement(narrow, change))
        #expect(try improvement(wide, improved))
      }
    }
  }

  @Test func hugeValuesDoNotConfuse() throws {
    let large = 1.7e308
    let fall = Change(metric: "m", baseline: large, candidate: -large, direction: .higher)
    let rise = Change(metric: "m", baseline: -large, candidate: large, direction: .higher)
    for margin in [Margin(absolute: 1), Margin(relative: 0.01)] {
      let gate = MaxRegressionGate(margin: margin, location: Self.place)
      #expect(try !Self.holds(gate, fall))
      #expect(try Self.holds(gate, rise))
    }
  }
}
