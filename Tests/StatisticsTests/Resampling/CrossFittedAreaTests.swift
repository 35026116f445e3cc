import TestSupport
import Testing

@testable import Statistics

@Suite struct CrossFittedAreaTests {
  private static func estimate(
    _ count: Int, seed: UInt64, confidence: Double = 0.95,
    _ value: (Bool, Int, inout SeededGenerator) -> CrossFittedArea.Value
  ) throws -> Estimate {
    var random = SeededGenerator(seed: seed)
    let labels = (0..<count).map { _ in Bool.random(using: &random) }
    let values = labels.indices.map { value(labels[$0], $0, &random) }
    let folds = labels.map { _ in Bool.random(using: &random) }
    return try CrossFittedArea.estimate(labels: labels, values: values, folds: folds, confidence: confidence)
  }

  /// What tells nothing is near one half, however many values it has: of 300 intervals of 95 % few miss it.
  @Test(arguments: ["number", "category", "identifier", "missing"])
  func noiseTellsNothing(kind: String) throws {
    var missed = 0
    for seed in 0..<300 {
      let found = try Self.estimate(400, seed: UInt64(seed)) { _, row, random in
        switch kind {
        case "number": .number(Double.random(in: 0...1, using: &random))
        case "category": .category(UInt64.random(in: 0..<7, using: &random))
        case "identifier": .category(UInt64(row))
        default: Int.random(in: 0..<3, using: &random) == 0 ? .missing : .number(1)
        }
      }
      if !found.interval.contains(0.5) { missed += 1 }
      #expect((found.value - 0.5).magnitude < 0.15)
    }
    // The 99.99 % quantile of a binomial count of 300 at 5 % is 31.
    #expect(missed <= 31, "\(missed) of 300")
  }

  /// The area of two normal distributions a standard deviation and a half apart is Φ(1.5/√2) = 0.8556.
  @Test func aNumberTellsWhatItTells() throws {
    let found = try Self.estimate(20_000, seed: 5) { label, _, random in
      // The sum of twelve uniform numbers is as good as normal here.
      let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &random) }
      return .number(noise + (label ? 1.5 : 0))
    }
    #expect((found.value - 0.8556).magnitude < 0.01 && found.interval.width < 0.02)
  }

  /// The direction does not matter, nor does the shape: classes may lie inside of others.
  @Test(arguments: [-1.0, 1])
  func anyRelationIsLearnt(sign: Double) throws {
    let found = try Self.estimate(4000, seed: 6) { label, _, random in
      let side: Double = Bool.random(using: &random) ? 1 : -1
      return .number(sign * (label ? Double.random(in: -1...1, using: &random) : side * 3))
    }
    // A bin at a border holds some of both.
    #expect(found.value > 0.98)
  }

  /// Of k pairs without a common row all are in order with a probability of at most θ^k.
  @Test func aPerfectFeatureHasAnExactBound() throws {
    let labels = (0..<100).map { $0 % 2 == 0 }
    let folds = (0..<100).map { $0 % 4 < 2 }
    let values = labels.map { CrossFittedArea.Value.category($0 ? 1 : 2) }
    let found = try CrossFittedArea.estimate(labels: labels, values: values, folds: folds, confidence: 0.95)
    #expect(found.value == 1 && found.interval.upper == 1)
    // 0.025^(1/50)
    #expect((found.interval.lower - 0.928878).magnitude < 1e-6)
  }

  @Test func aConstantTellsNothingForCertain() throws {
    let found = try Self.estimate(100, seed: 1) { _, _, _ in .number(7) }
    #expect(found.value == 0.5 && found.interval.lower == 0.5 && found.interval.upper == 0.5)
  }

  @Test func whatCannotBeToldThrows() {
    func estimate(_ labels: [Bool], _ folds: [Bool]) throws -> Estimate {
      try CrossFittedArea.estimate(
        labels: labels, values: labels.map { .number($0 ? 1 : 0) }, folds: folds, confidence: 0.95)
    }
    #expect(throws: Undefined.self) { try estimate([true, true, false, false], [true, true, true, true]) }
    #expect(throws: Undefined.self) { try estimate([true, true, true, true], [true, false, true, false]) }
    #expect(throws: Undefined.lengthsDiffer(2, 1)) { try estimate([true, false], [true]) }
    #expect(throws: Undefined.self) { try estimate([], []) }
  }
}
