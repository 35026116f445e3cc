import JSON
import Testing
import Verdict

@testable import EndpointChecks

/// What counts as another answer, and what as another class.
@Suite struct OutputDifferencesTests {
  private func table(_ rows: [JSONValue], named name: String = "p") -> OutputTable {
    OutputTable([(name, .init(name: name, values: rows))], count: rows.count)
  }

  @Test func numbersDifferBeyondTheTolerance() {
    let differences = OutputDifferences(
      table([0.5, 0.25, 1.0000001, 3]), expected: table([0.5, 0.26, 1, .null]), OutputTolerances())
    #expect(differences.compared == 3 && differences.missing == 1)
    #expect(differences.differing.map(\.row) == [1])
    #expect(differences.outputs[0].largest == 0.010000000000000009)
    #expect(differences.counts.nulls == 1 && differences.counts.violating == 1)
  }

  static let pairs: [(JSONValue, JSONValue, Bool)] = [
    ("late", "late", true), ("late", "early", false), ("1", 1, true), ("true", true, true), (.null, 1, false),
    (1, "1", false), ([1, 2], [1, 2], true), ([1, 2], [1], false), (true, 1, false),
  ]

  @Test(arguments: pairs)
  func otherValuesAreTheSameOrNot(_ found: JSONValue, _ expected: JSONValue, _ isSame: Bool) {
    let differences = OutputDifferences(table([found]), expected: table([expected]), OutputTolerances())
    #expect(differences.differing.isEmpty == isSame)
  }

  @Test func nanIsTheNaNThatIsExpected() throws {
    let nan = JSONValue.number(JSONNumber(.nan))
    #expect(OutputDifferences(table([nan]), expected: table([nan]), .init()).differing.isEmpty)
    #expect(!OutputDifferences(table([nan]), expected: table([0]), .init()).differing.isEmpty)
    #expect(!OutputDifferences(table([0]), expected: table([nan]), .init()).differing.isEmpty)
  }

  static let flips: [(JSONValue, JSONValue, Double?, Bool)] = [
    (0.51, 0.49, 0.5, true), (0.51, 0.49, nil, false), (0.51, 0.5, 0.5, false), ("a", "b", nil, true),
    (1, 2, nil, true), (1, 1, nil, false), ([0.2, 0.8], [0.6, 0.4], nil, true), ([0.2, 0.8], [0.4, 0.6], nil, false),
    ([0.5, 0.5], [0.5, 0.4], nil, false),
  ]

  @Test(arguments: flips)
  func anotherClassIsAFlip(_ found: JSONValue, _ expected: JSONValue, _ threshold: Double?, _ isFlip: Bool) {
    let differences = OutputDifferences(table([found]), expected: table([expected]), .init(), threshold: threshold)
    #expect(differences.flips.isEmpty == !isFlip)
  }

  @Test func theWorstComesFirstAndSharesAreOfComparedRows() {
    let found = table([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    let differences = OutputDifferences(found, expected: table([1, 2.5, 3, 9, 5, 6, 7, 8, 9, .null]), .init())
    #expect(differences.worst.map(\.row) == [3, 1])
    #expect(differences.isWithin(Quantity(2, .rows)) && !differences.isWithin(Quantity(1, .rows)))
    #expect(!differences.isWithin(Quantity(0.22, .share)) && differences.isWithin(Quantity(0.23, .share)))
    #expect(!differences.isWithin(nil))
  }
}
