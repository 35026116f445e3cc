import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// A few values that are far away from all others.
@Suite struct FarValuesTests {
  /// Uniform numbers, of which one in so many rows is a thousand million and more, each another.
  private static func table(_ seed: UInt64, farEvery rows: Int? = nil) -> String {
    var generator = SeededGenerator(seed: seed)
    let lines = (0..<5000).map { row -> String in
      let value = Double.random(in: 0...1, using: &generator)
      return rows.map { row % $0 == 0 } == true ? "\(1_000_000_000 + row)\n" : "\(value)\n"
    }
    return "x\n" + lines.joined()
  }

  private func finding(_ now: String, _ rule: Tree) async throws -> Finding {
    var tables = Neighbours(now, ("before", Self.table(1)))
    tables.baseline = "before"
    return try await tables.finding("x.drift", ["drift": rule])
  }

  /// Cells of equal mass put them beside the greatest of before; 2 % of them alone are a distance of 0.1.
  @Test func aFewValuesFarAwayFail() async throws {
    let found = try await finding(Self.table(2, farEvery: 25), "all")
    #expect(found.outcome == .failed, "\(found.message)")
    #expect(found.message.hasPrefix("excess of values outside the range before 3.9"), "\(found.message)")
    #expect(found.message.contains(", at most 1.98"), "\(found.message)")
    let allowed = try await finding(Self.table(2, farEvery: 25), ["columns": "all", "unseen": ["at_most": "6%"]])
    #expect(allowed.outcome == .passed, "\(allowed.message)")
    #expect(try await finding(Self.table(3), "all").outcome == .passed)
  }
}
