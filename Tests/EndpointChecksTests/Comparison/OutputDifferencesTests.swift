import JSON
import Language
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
    #expect(differences.compared == 3 && differences.missing == [3])
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

  /// Numbers within objects are numbers, and their texts are the class.
  @Test(arguments: [
    (#"{"label":"late","score":0.5}"#, #"{"score":0.5000000000001,"label":"late"}"#, true, false),
    (#"{"label":"late","score":0.5}"#, #"{"label":"late","score":0.6}"#, false, false),
    (#"{"label":"late","score":0.5}"#, #"{"label":"early","score":0.5}"#, false, true),
    (#"{"yes":0.7,"no":0.3}"#, #"{"yes":0.7000000000001,"no":0.3}"#, true, false),
    (#"{"yes":0.7,"no":0.3}"#, #"{"yes":0.3,"no":0.7}"#, false, true),
    (#"{"v":0.5}"#, #"{"w":0.5}"#, false, true), (#"{"v":[{"s":1.0}]}"#, #"{"v":[{"s":1.0000000001}]}"#, true, false),
    (#"{"a":{"b":1}}"#, #"{"a.b":1}"#, false, true),
    (#"{"score":0.1}"#, #"{"score":0.9}"#, false, true), (#"{"score":0.6}"#, #"{"score":0.9}"#, false, false),
    (#"{"prediction":3,"probability":0.8}"#, #"{"prediction":5,"probability":0.8}"#, false, true),
    (#"{"id":"r7","score":0.1}"#, #"{"id":"r7","score":0.9}"#, false, true), ("[[3]]", "[[5]]", false, true),
    (#"{"yes":0.7,"no":0.3}"#, #"{"yes":1,"no":0}"#, false, false), (#"{"v":17.5}"#, #"{"v":18.5}"#, false, true),
    (#"{"id":12345678}"#, #"{"id":12345679}"#, false, true), (#"{"yes":1,"no":0}"#, #"{"yes":0,"no":1}"#, false, true),
  ])
  func objectsAreComparedByTheirLeaves(_ found: String, _ expected: String, _ isSame: Bool, _ isFlip: Bool) throws {
    let rows = try [found, expected].map { table([try JSONParser.parse($0)]) }
    let differences = OutputDifferences(rows[0], expected: rows[1], OutputTolerances())
    #expect(differences.differing.isEmpty == isSame && differences.flips.isEmpty == !isFlip)
  }

  @Test(arguments: [(0.5, true), (0.95, false), (0.05, false)])
  func theOnlyScoreOfAnObjectHasAThreshold(_ threshold: Double, _ isFlip: Bool) throws {
    let rows = try [#"{"score":0.1}"#, #"{"score":0.9}"#].map { table([try JSONParser.parse($0)]) }
    let differences = OutputDifferences(rows[0], expected: rows[1], OutputTolerances(), threshold: threshold)
    #expect(differences.flips.isEmpty == !isFlip)
  }

  @Test func nanIsTheNaNThatIsExpected() throws {
    let nan = JSONValue.number(JSONNumber(.nan))
    #expect(OutputDifferences(table([nan]), expected: table([nan]), .init()).differing.isEmpty)
    #expect(!OutputDifferences(table([nan]), expected: table([0]), .init()).differing.isEmpty)
    #expect(!OutputDifferences(table([0]), expected: table([nan]), .init()).differing.isEmpty)
  }

  static let flips: [(JSONValue, JSONValue, Double?, Bool)] = [
    (0.51, 0.49, 0.5, true), (0.51, 0.49, nil, true), (0.51, 0.5, 0.5, false), ("a", "b", nil, true),
    (1, 2, nil, true), (1, 1, nil, false), ([0.2, 0.8], [0.6, 0.4], nil, true), ([0.2, 0.8], [0.4, 0.6], nil, false),
    ([0.5, 0.5], [0.5, 0.4], nil, false),
    (1.0, 0.0, nil, true), (1.0, 0.0, 0.5, true), (3.5, 1.5, nil, false), (3.5, 1.5, 2, true), (.null, 1, nil, true),
  ]

  @Test(arguments: flips)
  func anotherClassIsAFlip(_ found: JSONValue, _ expected: JSONValue, _ threshold: Double?, _ isFlip: Bool) {
    let differences = OutputDifferences(table([found]), expected: table([expected]), .init(), threshold: threshold)
    #expect(differences.flips.isEmpty == !isFlip)
  }

  /// One value does not tell a label from a score: all of both sides do.
  @Test func theClassIsReadOffAllValues() {
    func reading(_ found: [JSONValue], _ expected: [JSONValue], _ threshold: Double? = nil) -> ClassReading? {
      ClassReading(
        [found, expected].flatMap { table($0).outputs }, threshold: threshold)
    }
    #expect(reading([1.0, 0.0], [1.0, 1.0]) == .label)
    #expect(reading([1.0, 0.0], [1.0, 0.5]) == .threshold(0.5))
    #expect(reading([1.0, 7.0], [1.0, 0.5]) == nil && reading([1.0, 7.0], [1.0, 0.5], 3) == .threshold(3))
    #expect(reading(["a", .null], ["b", "c"]) == .label && reading([[0.1, 0.9]], [[0.2, 0.8]]) == .largest)
    #expect(reading([.null], [.null]) == nil)
  }

  static let texts: [(Datatype?, JSONValue, JSONValue, Bool)] = [
    (.bytes, "1", 1, true), (nil, "true", true, true), (.fp64, "1", 1, false), (nil, "0.25", 0.25, false),
    (.fp64, "0.25", 0.25, false),
  ]

  /// A label may be text; a number that came as text is none.
  @Test(arguments: texts)
  func textIsNoNumber(_ datatype: Datatype?, _ found: JSONValue, _ expected: JSONValue, _ isSame: Bool) {
    let answers = OutputTable([OutputTable.Output(name: "p", datatype: datatype, rows: [[found]])], count: 1)
    let differences = OutputDifferences(answers, expected: table([expected]), .init())
    #expect(differences.differing.isEmpty == isSame)
    if !isSame { #expect(differences.differing[0].found == found.description, "in quotes, which are all that differs") }
  }

  @Test func theWorstComesFirstAndSharesAreOfComparedRows() {
    let found = table([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    let differences = OutputDifferences(found, expected: table([1, 2.5, 3, 9, 5, 6, 7, 8, 9, .null]), .init())
    #expect(differences.worst.map(\.row) == [3, 1])
    func allowed(_ value: Double, _ unit: Quantity.Unit) -> AllowedRows {
      AllowedRows(Located(Quantity(value, unit), at: SourceLocation(file: "", line: 1, column: 1)))
    }
    #expect(differences.isWithin(allowed(2, .rows)) && !differences.isWithin(allowed(1, .rows)))
    #expect(!differences.isWithin(allowed(0.22, .share)) && differences.isWithin(allowed(0.23, .share)))
    #expect(!differences.isWithin(AllowedRows(nil)))
  }
}
