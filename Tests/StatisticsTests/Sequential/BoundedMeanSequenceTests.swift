import Testing

@testable import Statistics

/// The sequences for means of values in a known range.
@Suite struct BoundedMeanSequenceTests {
  /// Distributions in 0...1 with their means: rare events, even ones, and a heavy tail cut at the range's end.
  static let distributions: [(name: String, mean: Double, draw: @Sendable (inout Philox) -> Double)] = [
    ("rare", 0.05, { $0.uniform() < 0.05 ? 1 : 0 }),
    ("even", 0.5, { $0.uniform() }),
    ("two points", 0.9, { $0.uniform() < 0.9 ? 1 : 0 }),
    // min(1, 0.02 / sqrt(u)): E = 0.02² + integral of 0.02 / sqrt(u) from there to 1.
    ("heavy", 0.0004 + 0.04 * (1 - 0.02), { min(1, 0.02 / (1 - $0.uniform()).squareRoot()) }),
  ]

  /// 400 paths of 300 looks: the mean is ever missed in at most 10 % (four standard errors are 6 %).
  @Test func theMeanIsHeldOverTime() throws {
    for (index, (name, mean, draw)) in Self.distributions.enumerated() {
      var random = Philox(Seed(71), stream: UInt64(index))
      var (bernstein, betting) = (0, 0)
      for _ in 0..<400 {
        var first = try EmpiricalBernsteinSequence(confidence: 0.9)
        var second = try BettingSequence(confidence: 0.9, steps: 200)
        for _ in 0..<300 {
          let value = draw(&random)
          try first.update(value)
          try second.update(value)
        }
        // The sequences intersect their times: the last look tells whether one ever missed.
        if (try? first.interval().contains(mean)) != true { bernstein += 1 }
        if (try? second.interval().contains(mean)) != true { betting += 1 }
      }
      #expect(bernstein <= 64 && betting <= 64, "\(name): \(bernstein) \(betting)")
    }
  }

  @Test func widthsShrinkAndBettingIsShorter() throws {
    for (index, (name, mean, draw)) in Self.distributions.enumerated() {
      var random = Philox(Seed(72), stream: UInt64(index))
      var bernstein = try EmpiricalBernsteinSequence(confidence: 0.95)
      var betting = try BettingSequence(confidence: 0.95)
      var last = (1.0, 1.0)
      for round in 0..<5 {
        let values = (0..<400).map { _ in draw(&random) }
        try bernstein.update(contentsOf: values)
        try betting.update(contentsOf: values)
        let (one, other) = (try bernstein.interval(), try betting.interval())
        #expect(one.contains(mean) && other.contains(mean), "\(name) \(round)")
        #expect(one.width <= last.0 && other.width <= last.1)
        // A thousandth on each side is the grid's.
        #expect(other.width < 1.02 * one.width + 0.002, "\(name) \(round): \(one) \(other)")
        last = (one.width, other.width)
      }
      #expect(last.1 < 0.12, "\(name): \(last)")
    }
  }

  @Test func theRangeMovesTheInterval() throws {
    var random = Philox(Seed(73))
    let values = (0..<200).map { _ in Double(random.index(below: 65)) / 64 }
    var (unit, moved) = (try BettingSequence(confidence: 0.9), try BettingSequence(range: -8...8, confidence: 0.9))
    var (plain, shifted) = try (
      EmpiricalBernsteinSequence(confidence: 0.9), EmpiricalBernsteinSequence(range: -8...8, confidence: 0.9)
    )
    try unit.update(contentsOf: values)
    try plain.update(contentsOf: values)
    try moved.update(contentsOf: values.map { $0 * 16 - 8 })
    try shifted.update(contentsOf: values.map { $0 * 16 - 8 })
    for (one, other) in [(try unit.interval(), try moved.interval()), (try plain.interval(), try shifted.interval())] {
      #expect((one.lower * 16 - 8 - other.lower).magnitude < 1e-9)
      #expect((one.upper * 16 - 8 - other.upper).magnitude < 1e-9)
    }
    // The mirror image of the values has the mirror image of the interval.
    var mirrored = try BettingSequence(confidence: 0.9)
    try mirrored.update(contentsOf: values.map { 1 - $0 })
    #expect((try mirrored.interval().lower - (1 - unit.interval().upper)).magnitude < 1e-9)
  }

  @Test func zeroVarianceKeepsAWidth() throws {
    var (bernstein, betting) = (try EmpiricalBernsteinSequence(confidence: 0.95), try BettingSequence(confidence: 0.95))
    let zeros = [Double](repeating: 0, count: 50)
    try bernstein.update(contentsOf: zeros)
    try betting.update(contentsOf: zeros)
    #expect(try bernstein.interval().lower == 0 && betting.interval().lower == 0)
    #expect(try bernstein.interval().upper > 0.05 && betting.interval().upper > 0.05)
  }

  @Test func hostileInputsAreTypedErrors() throws {
    for confidence in [0, 1, -1, .nan] {
      #expect(throws: Undefined.self) { try EmpiricalBernsteinSequence(confidence: confidence) }
      #expect(throws: Undefined.self) { try BettingSequence(confidence: confidence) }
    }
    for range in [1.0...1.0, 0...(.infinity), -1.7e308...1.7e308] {
      let message = Undefined.outsideDomain("a range must have a finite width above 0")
      #expect(throws: message) { try EmpiricalBernsteinSequence(range: range, confidence: 0.9) }
      #expect(throws: message) { try BettingSequence(range: range, confidence: 0.9) }
    }
    for steps in [-1, 0, 1, .max] {
      #expect(throws: Undefined.outsideDomain("steps must be between 2 and 2^20")) {
        try BettingSequence(confidence: 0.9, steps: steps)
      }
    }
    var (bernstein, betting) = (try EmpiricalBernsteinSequence(confidence: 0.9), try BettingSequence(confidence: 0.9))
    #expect(try bernstein.interval() == .init(lower: 0, upper: 1, confidence: 0.9))
    #expect(try betting.interval() == .init(lower: 0, upper: 1, confidence: 0.9))
    #expect(throws: Undefined.notFinite(index: 0)) { try bernstein.update(.nan) }
    #expect(throws: Undefined.outsideDomain("values must lie in the range")) { try bernstein.update(1.5) }
    #expect(throws: Undefined.outsideDomain("values must lie in the range")) {
      try betting.update(contentsOf: [0, -1])
    }
    #expect(bernstein.count == 0 && betting.count == 0)
    // A mean that moves is no mean: the times exclude each other, and that is said.
    let moving = [Double](repeating: 0, count: 2000) + [Double](repeating: 1, count: 200_000)
    try betting.update(contentsOf: moving)
    try bernstein.update(contentsOf: moving)
    #expect(throws: Undefined.noSolution("constant mean")) { try betting.interval() }
    #expect(throws: Undefined.noSolution("constant mean")) { try bernstein.interval() }
  }
}
