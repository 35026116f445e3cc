import TestSupport
import Testing

@testable import Scan

@Suite struct RowExpressionTests {
  /// A random expression that is true, false or unknown.
  private static func claim(_ depth: Int, _ generator: inout SeededGenerator) -> RowExpression {
    let comparisons: [RowExpression.Comparison] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    switch Int.random(in: 0..<(depth == 0 ? 4 : 8), using: &generator) {
    case 0: return .column(ColumnReading("flag", as: .boolean))
    case 1: return .truth([.no, .yes, .unknown].randomElement(using: &generator) ?? .no)
    case 2:
      let (a, b) = (text(&generator), text(&generator))
      return .comparison(comparisons.randomElement(using: &generator) ?? .equal, a, b)
    case 3: return .isNull(Bool.random(using: &generator) ? number(depth, &generator) : text(&generator))
    case 4: return .not(claim(depth - 1, &generator))
    case 5: return .and(claim(depth - 1, &generator), claim(depth - 1, &generator))
    case 6: return .or(claim(depth - 1, &generator), claim(depth - 1, &generator))
    default:
      return .comparison(
        comparisons.randomElement(using: &generator) ?? .equal, number(depth, &generator), number(depth, &generator))
    }
  }

  private static func number(_ depth: Int, _ generator: inout SeededGenerator) -> RowExpression {
    let operations: [RowExpression.Arithmetic] = [.add, .subtract, .multiply, .divide, .remainder]
    switch Int.random(in: 0..<(depth == 0 ? 3 : 5), using: &generator) {
    case 0: return .number([0, -1, 2.5, 1e308].randomElement(using: &generator) ?? 0)
    case 1: return .column(ColumnReading("n", as: .number))
    case 2: return .column(ColumnReading("i", as: .integer))
    case 3: return .negation(number(depth - 1, &generator))
    default:
      return .arithmetic(
        operations.randomElement(using: &generator) ?? .add, number(depth - 1, &generator),
        number(depth - 1, &generator))
    }
  }

  private static func text(_ generator: inout SeededGenerator) -> RowExpression {
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: .text(["", "a", "b", "é"].randomElement(using: &generator) ?? "")
    case 1: .column(ColumnReading("s", as: .string))
    default: .column(ColumnReading("t", as: .string))
    }
  }

  @Test(arguments: 0..<4)
  func agreesWithTheInterpreter(seed: Int) {
    var generator = SeededGenerator(seed: 20 + UInt64(seed))
    func column(_ values: [String?]) -> [String?] {
      (0..<40).map { _ in values.randomElement(using: &generator) ?? nil }
    }
    let table = TestTable(columns: [
      ("n", column([nil, "0", "1.5", "-2", "inf", "nan", "x"])), ("i", column([nil, "0", "3", "-4", "2.5"])),
      ("s", column([nil, "", "a", "é", "e\u{301}"])), ("t", column([nil, "a", "b", "😀", "\u{FFFF}"])),
      ("flag", column([nil, "true", "False", "1", "0", "x"])),
    ])
    let batch = table.batch(0..<40)
    for _ in 0..<1500 {
      let expression = Self.claim(4, &generator)
      let truths = expression.truths(batch)
      for row in 0..<40 {
        let values = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, $0.values[row]) })
        let expected: Truth =
          switch RowInterpreter(row: values).truth(expression) {
          case true?: .yes
          case false?: .no
          case nil: .unknown
          }
        #expect(truths[row] == expected, "\(expression) on \(values)")
      }
    }
  }

  @Test func theLogicIsThatOfSQL() {
    let all: [Truth] = [.no, .unknown, .yes]
    // Unknown lies between no and yes: and is the smaller, or the larger.
    for (i, a) in all.enumerated() {
      for (j, b) in all.enumerated() {
        #expect((a && b) == all[min(i, j)])
        #expect((a || b) == all[max(i, j)])
      }
      #expect(!a == all[2 - i])
    }
  }
}
