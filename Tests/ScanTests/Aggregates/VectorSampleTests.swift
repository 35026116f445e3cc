import TestSupport
import Testing

@testable import Scan

@Suite struct VectorSampleTests {
  /// Some vectors with what is none between them.
  private static func texts(_ count: Int, _ generator: inout SeededGenerator) -> [String?] {
    (0..<count).map { row in
      switch row % 50 {
      case 7: nil
      case 11: "[1]"
      case 13: "nothing"
      default: "[\(Int.random(in: -9...9, using: &generator)), 0.5 ,\(row)e0]"
      }
    }
  }

  private static func summary(
    _ texts: [String?], cuts: [Int], limit: Int = 1 << 20, width: Int = 8
  ) async throws -> VectorSample {
    let table = TestTable(columns: [("v", texts)])
    let parts = zip([0] + cuts, cuts + [texts.count]).map { table.batches(of: 100, in: $0..<$1) }
    return try await VectorSample.Specification("v", limit: limit, width: width).summary(of: parts)
  }

  @Test func allOfFewStayInTheirOrder() async throws {
    var generator = SeededGenerator(seed: 3)
    let texts = Self.texts(1000, &generator)
    let found = try await Self.summary(texts, cuts: [100, 400])
    #expect(found.rows == 1000 && found.nulls == 20 && found.others.count == 20)
    #expect(found.lengths.mapValues(\.count) == [3: 940, 1: 20] && found.commonLength == 3)
    let vectors = found.vectors(of: 3)
    let rows = (0..<1000).filter { ![7, 11, 13].contains($0 % 50) }
    #expect(vectors.map { $0[2] } == rows.map { Float($0) } && vectors.allSatisfy { $0[1] == 0.5 })
    #expect(found.vectors(of: 1) == (0..<20).map { _ in [1] })
  }

  /// Which rows stay is not a matter of what is merged first.
  @Test func ofManyAFixedSampleStays() async throws {
    var generator = SeededGenerator(seed: 4)
    let texts = Self.texts(3000, &generator)
    let table = TestTable(columns: [("v", texts)])
    let specification = VectorSample.Specification("v", limit: 150, width: 8)
    let parts = [0..<1000, 1000..<1200, 1200..<3000].map { range in
      var part = specification.empty
      for batch in table.batches(of: 100, in: range) { part.update(batch) }
      return part
    }
    var (first, second, last) = (parts[0], parts[0], parts[1])
    first.merge(parts[1])
    first.merge(parts[2])
    last.merge(parts[2])
    second.merge(last)
    try await first.finish()
    try await second.finish()
    #expect(first.vectors(of: 3) == second.vectors(of: 3))
    let kept = first.vectors(of: 3).count + first.vectors(of: 1).count
    #expect(kept == 150 && first.lengths == second.lengths)
    // Of thirds of the rows thirds are drawn.
    let early = first.vectors(of: 3).count { $0[2] < 1000 }
    #expect((25...75).contains(early))
  }

  @Test func furtherElementsAreFolded() async throws {
    let found = try await Self.summary(["[1, 2, 3, 4, 5]"], cuts: [], width: 2)
    let vector = try #require(found.vectors(of: 5).first)
    #expect(vector.count == 2)
    // Each of 3, 4 and 5 is added to or taken from one of both; all of them add up to an odd or even number alike.
    let total = vector[0].magnitude + vector[1].magnitude
    #expect(total <= 15 && Int(vector[0] + vector[1]) & 1 == 15 & 1)
    #expect(vector != [1, 2])
  }
}
