import TestSupport
import Testing

@testable import Scan

@Suite struct RowExpressionTests {
  /// What the interpreter says of every row.
  private static func slowly(_ expression: RowExpression, _ table: TestTable, _ rows: Range<Int>) -> [SlowValue?] {
    rows.map { row in
      let values = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, $0.values[row]) })
      return RowInterpreter(row: values).value(expression)
    }
  }

  @Test(arguments: 0..<6)
  func agreesWithTheInterpreter(seed: Int) {
    var random = RandomExpressions(dice: SeededGenerator(seed: 20 + UInt64(seed)))
    var known = 0
    for round in 0..<1500 {
      let rows = round % 10 == 0 ? 0 : round % 10 == 1 ? 1 : 20
      let table = random.table(rows: rows)
      let batch = random.roll(2) == 0 ? table.batch(0..<rows) : table.batch(0..<rows).coded
      let type = RowType.allCases[random.roll(RowType.allCases.count)]
      let expression = random.expression(type, depth: 4)
      let found = expression.values(batch).slow(rows)
      let expected = Self.slowly(expression, table, 0..<rows)
      known += expected.count { $0 != nil }
      if found != expected.map(\.bits) {
        let row = (0..<rows).first { found[$0] != expected[$0].bits } ?? 0
        Issue.record(
          "\(expression.text): \(found[row]), not \(expected[row].bits) in \(table.columns.map { ($0.name, $0.values[row] ?? "null") })"
        )
        return
      }
      let folded = expression.folded(type)
      #expect(folded.values(batch).slow(rows) == found, "\(expression.text) folded is \(folded.text)")
    }
    #expect(known > 5000)
  }

  @Test func truthsComeForEveryRow() {
    let batch = TestTable(columns: [("a", ["1", nil])]).batch(0..<2)
    #expect(RowExpression.truth(.yes).truths(batch) == [.yes, .yes])
    #expect(RowExpression.truth(.yes).truths(Batch()) == [])
    // A column that the file does not have.
    let absent = RowExpression.column(ColumnReading("b", as: .integer))
    #expect(RowExpression.comparison(.equal, absent, absent).truths(batch) == [.unknown, .unknown])
    #expect(RowExpression.isNull(absent).truths(batch) == [.yes, .yes])
  }

  @Test func aTextThatBecomesTooLongIsUnknown() {
    let table = TestTable(columns: [("a", [String(repeating: "a", count: 1 << 16), "b"])])
    let column = RowExpression.column(ColumnReading("a", as: .string))
    let long = RowExpression.text(ExactText(String(repeating: "x", count: 1 << 12)))
    let replaced = RowExpression.call("replace", [.string, .string, .string], [column, .text("a"), long])
    #expect(RowExpression.isNull(replaced).truths(table.batch(0..<2)) == [.yes, .no])
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

/// A value to the last bit: all NaN are one.
private enum Bits: Equatable {
  case unknown
  case integer(Int64)
  case number(UInt64)
  case text([UInt8])
  case truth(Bool)
}

extension SlowValue? {
  fileprivate var bits: Bits {
    switch self {
    case nil: .unknown
    case .integer(let value)?: .integer(value)
    case .number(let value)?: .number((value.isNaN ? Double.nan : value).bitPattern)
    case .text(let text)?: .text(Array(text.utf8))
    case .truth(let value)?: .truth(value)
    }
  }
}

extension RowValues {
  fileprivate func slow(_ rows: Int) -> [Bits] {
    (0..<rows).map { row in
      switch self {
      case .booleans(let column): column[row].map { SlowValue.truth($0) }.bits
      case .integers(let column): column[row].map { SlowValue.integer($0) }.bits
      case .numbers(let column): column[row].map { SlowValue.number($0) }.bits
      case .texts(let text): text.place(row).map { .text(Array(text.bytes[$0])) } ?? .unknown
      }
    }
  }
}

extension RowExpression {
  /// As a person would write it, with all brackets.
  fileprivate var text: String {
    switch self {
    case .column(let reading): reading.column
    case .between(let a, let low, let high): "(\(a.text) between \(low.text) and \(high.text))"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let text): "'\(text)'"
    case .truth(let truth): "\(truth)"
    case .unknown(let type): "null:\(type)"
    case .comparison(let comparison, let a, let b): "(\(a.text) \(comparison.rawValue) \(b.text))"
    case .membership(let a, let members): "\(a.text) in (\(members.map(\.text).joined(separator: ", ")))"
    case .matches(let a, let pattern): "(\(a.text) matches '\(pattern.text)')"
    case .and(let a, let b): "(\(a.text) and \(b.text))"
    case .or(let a, let b): "(\(a.text) or \(b.text))"
    case .not(let a): "not \(a.text)"
    case .isNull(let a): "(\(a.text) is null)"
    case .call(let function, let arguments):
      "\(function.name):\(function.result)(\(arguments.map(\.text).joined(separator: ", ")))"
    }
  }
}

extension Batch {
  /// The same rows with dictionaries for their texts.
  fileprivate var coded: Batch {
    var batch = self
    for (reading, vector) in derived {
      guard case .text(let text) = vector else { continue }
      var coded = TextColumn(bytes: text.bytes, starts: [], ends: [], codes: [])
      var entries: [[UInt8]: Int32] = [:]
      for row in 0..<text.rowCount {
        guard let range = text.range(row) else {
          coded.codes?.append(-1)
          continue
        }
        let key = Array(text.bytes[range])
        if entries[key] == nil {
          entries[key] = Int32(coded.ends.count)
          coded.starts.append(Int32(range.lowerBound))
          coded.ends.append(Int32(range.upperBound))
        }
        coded.codes?.append(entries[key] ?? -1)
      }
      batch.derived[reading] = .text(coded)
    }
    return batch
  }
}
