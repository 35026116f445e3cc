import TestSupport
import Testing

@testable import Scan

@Suite struct SuccessiveValuesTests {
  private static func summary(
    _ values: [String?], as type: ValueType, _ relation: SuccessiveValues.Relation, parts size: Int = 3
  ) async throws -> ViolationSummary {
    let parts = TestTable(columns: [("a", values)]).batches(of: size).map { [$0] }
    return try await SuccessiveValues.Specification("a", as: type, relation).summary(of: parts).summary
  }

  @Test(arguments: [1, 2, 7, 100])
  func everyValueIsHeldAgainstTheOneBefore(size: Int) async throws {
    var generator = SeededGenerator(seed: 44)
    let relations: [(SuccessiveValues.Relation, (Int, Int) -> Bool)] = [
      (.ascending(strictly: false), { $0 <= $1 }), (.ascending(strictly: true), { $0 < $1 }),
      (.descending(strictly: false), { $0 >= $1 }), (.descending(strictly: true), { $0 > $1 }),
      (.step(2), { $0 + 2 == $1 }),
    ]
    for round in 0..<40 {
      let numbers = (0..<30).map { _ in Int.random(in: 0..<9, using: &generator) }
      let values = numbers.map { Int.random(in: 0..<5, using: &generator) == 0 ? nil : "\($0)" }
      for (relation, holds) in relations {
        for type in [ValueType.integer, .number, .string] where type == .integer || relation != .step(2) {
          let found = try await Self.summary(values, as: type, relation, parts: size)
          let present = values.enumerated().compactMap { row, value in value.flatMap { Int($0) }.map { (row, $0) } }
          let broken = zip(present, present.dropFirst()).filter { !holds($0.1, $1.1) }
          #expect(found.evaluated == present.count && found.nulls == 30 - present.count, "round \(round)")
          #expect(found.violating == broken.count)
          #expect(found.first.map(\.place.number) == broken.prefix(10).map { $1.0 + 2 })
          #expect(found.first.map { $0.earlier?.number } == broken.prefix(10).map { $0.0.0 + 2 })
          #expect(found.first.map(\.values) == broken.prefix(10).map { ["\($1.1)", "\($0.1)"] })
        }
      }
    }
  }

  @Test func whatHasNoPlaceInTheOrderIsPassedOver() async throws {
    let nan = try await Self.summary(["1", "nan", "2", "0"], as: .number, .ascending(strictly: true), parts: 1)
    #expect(nan.evaluated == 4 && nan.first.map(\.place.number) == [3, 5])
    #expect(nan.first.map(\.values) == [["nan"], ["0", "2"]])
    let mixed = try await Self.summary(["1", "x", nil, "2"], as: .integer, .step(1))
    #expect(mixed.malformed == 1 && mixed.nulls == 1 && mixed.evaluated == 2 && mixed.violating == 0)
    let end = try await Self.summary(["9223372036854775807", "-9223372036854775808"], as: .integer, .step(1))
    #expect(end.violating == 1)
    let texts = try await Self.summary(["a", "é", "e\u{301}", "日"], as: .string, .ascending(strictly: true))
    #expect(texts.violating == 1)
  }
}
