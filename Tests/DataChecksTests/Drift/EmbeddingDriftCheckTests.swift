import DataChecks
import TestSupport
import Testing
import Verdict

/// Vectors as JSON in a text file.
@Suite struct EmbeddingDriftCheckTests {
  /// Vectors of eight numbers, all of which are moved a little.
  private static func table(_ rows: Int, length: Int = 8, shift: Double = 0, _ seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    let lines = (0..<rows).map { row in
      let values = (0..<length).map { _ in Double.random(in: -1...1, using: &generator) + shift }
      return "\(row),\"[\(values.map { "\($0)" }.joined(separator: ", "))]\"\n"
    }
    return "id,v\n" + lines.joined()
  }

  private static func finding(_ now: String, _ before: String?, limit: Tree = "0.6") async throws -> Finding {
    var tables = Neighbours(now, ("before", before))
    tables.baseline = "before"
    let rules: Tree = ["embedding_drift": ["column": "v", "at_most": limit]]
    return try #require(try await tables.findings(rules).first { $0.kind == "embedding_drift" })
  }

  @Test func vectorsOfOneKindPass() async throws {
    let found = try await Self.finding(Self.table(1200, 1), Self.table(1200, 2))
    #expect(found.outcome == .passed, "\(found.message)")
    #expect(found.evidence.notes[0].hasSuffix("1,200 of 1,200 in before, vectors of 8 elements"))
  }

  /// A third of a standard deviation in each of eight elements is nearly one in all.
  @Test func whatMovesALittleEverywhereFails() async throws {
    let found = try await Self.finding(Self.table(600, shift: 0.2, 3), Self.table(600, 4))
    #expect(found.outcome == .failed && found.message.hasPrefix("the vectors are told apart"), "\(found.message)")
  }

  /// Vectors that are all made equally long have elements as before, but for their scale.
  @Test func normalisedVectorsFail() async throws {
    func table(_ seed: UInt64, isNormalised: Bool) -> String {
      var generator = SeededGenerator(seed: seed)
      let lines = (0..<1000).map { row in
        var values = (0..<16).map { _ in (0..<6).reduce(0.0) { sum, _ in sum + .random(in: -1...1, using: &generator) }
        }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // The mean square of an element is 2.
        if isNormalised { values = values.map { $0 / length * 32.squareRoot() } }
        return "\(row),\"[\(values.map { "\($0)" }.joined(separator: ", "))]\"\n"
      }
      return "id,v\n" + lines.joined()
    }
    let same = try await Self.finding(table(11, isNormalised: false), table(12, isNormalised: false))
    #expect(same.outcome == .passed, "\(same.message)")
    let other = try await Self.finding(table(13, isNormalised: true), table(14, isNormalised: false))
    #expect(other.outcome == .failed, "\(other.message)")
  }

  /// Directions of the sphere, with norms of 1, or of 0.5 and 1.5: every element has the mean that it had.
  private static func directions(_ rows: Int, norms: [Double], _ seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    let lines = (0..<rows).map { row in
      let values = (0..<16).map { _ in
        (0..<12).reduce(0.0) { sum, _ in sum + Double.random(in: -0.5...0.5, using: &generator) }
      }
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot() / norms[row % norms.count]
      return "\(row),\"[\(values.map { "\($0 / norm)" }.joined(separator: ", "))]\"\n"
    }
    return "id,v\n" + lines.joined()
  }

  @Test(arguments: [[0.5, 1.5], [0.9, 1.1]])
  func otherNormsFail(norms: [Double]) async throws {
    let before = Self.directions(1000, norms: [1], 5)
    let found = try await Self.finding(Self.directions(1000, norms: norms, 6), before)
    #expect(found.outcome == .failed, "\(found.message)")
    #expect(found.evidence.notes.first == "told apart most of all by the norms of the vectors")
    // What rounding leaves of a norm of 1 is no difference.
    let same = try await Self.finding(Self.directions(1000, norms: [1.0001, 0.9999], 7), before)
    #expect(same.outcome == .passed, "\(same.message)")
  }

  @Test func anotherLengthFails() async throws {
    let now = Self.table(100, 7) + "100,\"[1, 2]\"\n101,\"[]\"\n102,none\n103,\n"
    let found = try await Self.finding(now, Self.table(200, 8))
    #expect(found.outcome == .failed)
    #expect(found.message == "3 rows of 103 hold no vector of 8 elements, as before does")
    #expect(found.evidence.samples.map(\.value) == ["0 elements", "2 elements", "no list"])
    #expect(found.evidence.samples.map(\.line) == [103, 102, 104])
    let words = try await Self.finding(Self.table(100, 7) + "100,\"[1, 2, 3, 4, 5, 6, 7, null]\"\n", Self.table(100, 8))
    #expect(words.outcome == .failed && words.message.contains("no finite numbers"), "\(words.message)")
    #expect(words.id.description == "data.t.v.embedding_drift")
    let nan = try await Self.finding(
      Self.table(50, length: 2, 7) + "50,\"[1, NaN]\"\n51,\"[1, 2]\"\n52,\"[inf, 2]\"\n", Self.table(100, length: 2, 8))
    #expect(nan.message == "2 rows of 53 hold vectors with elements that are no finite numbers", "\(nan.message)")
    #expect(nan.evidence.samples.map(\.line) == [52] && nan.evidence.counts?.violating == 2)
  }

  @Test func nothingToCompareIsNoPass() async throws {
    let some = Self.table(100, 9)
    for (now, before) in [
      ("id,v\n", Optional(some)), (some, "id,v\n"), ("id,v\n1,\n", some), (some, "id,v\n1,\n"), (some, "id,v\n1,x\n"),
      (some, nil), (some, "id,w\n1,2\n"),
    ] {
      let found = try await Self.finding(now, before)
      #expect(found.outcome == .errored, "\(found.message)")
    }
    let few = try await Self.finding(Self.table(20, 10), some)
    #expect(few.outcome == .inconclusive && few.message.contains("too few"))
  }
}
