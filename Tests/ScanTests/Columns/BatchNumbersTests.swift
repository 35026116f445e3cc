import TestSupport
import Testing

@testable import Scan

/// The numbers of a column, counted, are those that reading it row by row gives.
@Suite struct BatchNumbersTests {
  private static func expectTheSame(_ values: StoredColumn, _ type: StoredType, readsRows: Bool) -> Numbers {
    var batch = Batch()
    (batch.fields, batch.stored, batch.slots) = ([Field("a", type)], [values], ["a": 0])
    batch.rowCount = values.rowCount
    let byRow = ColumnReading("a", as: .number)
    if readsRows { batch.derive(byRow) }
    let found = batch.counted("a")
    guard case .number(let rows) = values.read(type, as: .number) else {
      Issue.record("no numbers")
      return found.numbers
    }
    var expected: [Double: Int] = [:]
    var counts = ViolationSummary()
    var nans = 0
    for (value, state) in zip(rows.values, rows.states) {
      counts.rows += 1
      switch state {
      case CellState.valid.rawValue:
        counts.evaluated += 1
        if value.isNaN { nans += 1 } else { expected[value, default: 0] += 1 }
      case CellState.null.rawValue: counts.nulls += 1
      default: counts.malformed += 1
      }
    }
    var seen: [Double: Int] = [:]
    for (index, value) in found.numbers.values.enumerated() {
      seen[value, default: 0] += found.numbers.counts?[index] ?? 1
    }
    #expect(seen == expected && found.rows == counts && found.numbers.nanCount == nans)
    #expect(found.numbers.infinityCount == expected.filter { $0.key.isInfinite }.reduce(0) { $0 + $1.value })
    return found.numbers
  }

  private static func states(_ count: Int, _ dice: inout SeededGenerator) -> [UInt8] {
    (0..<count).map { _ in [1, 1, 1, 0, 2].randomElement(using: &dice) ?? 1 }
  }

  @Test(arguments: [0, 1, 3, 200, 3000], [3, 1_000_000])
  func fixedWidths(rows: Int, distinct: Int) {
    var dice = SeededGenerator(seed: UInt64(rows + distinct))
    let states = Self.states(rows, &dice)
    let integers = (0..<rows).map { _ in
      Int64.random(in: 0..<Int64(distinct), using: &dice) - (Bool.random(using: &dice) ? 1 : 0)
    }
    let specials: [Double] = [.nan, .infinity, -.infinity, -0.0]
    let doubles = integers.map { Int.random(in: 0..<9, using: &dice) == 0 ? specials[Int($0) & 3] : Double($0) / 4 }
    for readsRows in [false, true] {
      let column = StoredColumn.integers(Column(values: integers, states: states))
      for type in [
        StoredType.integer(bits: 64, isSigned: true), .integer(bits: 64, isSigned: false), .boolean, .date,
      ] {
        let numbers = Self.expectTheSame(column, type, readsRows: readsRows)
        if rows == 3000, type == .integer(bits: 64, isSigned: true) {
          #expect((numbers.counts != nil) == (distinct == 3))
        }
      }
      let numbers = Self.expectTheSame(
        .numbers(Column(values: doubles, states: states)), .float(bits: 64), readsRows: readsRows)
      if rows == 3000 { #expect((numbers.counts != nil) == (distinct == 3)) }
    }
  }

  @Test(arguments: [0, 1, 700, 3000])
  func texts(rows: Int) {
    var dice = SeededGenerator(seed: UInt64(rows))
    let words = ["1", "2.5", "-0", "nan", "inf", "", "x", "1e3", "007"]
    let texts = (0..<rows).map { _ -> String? in
      Int.random(in: 0..<7, using: &dice) == 0 ? nil : words.randomElement(using: &dice)
    }
    let plain = TestTable(columns: [("a", texts)]).batch(0..<rows).texts("a")
    var coded = plain.coded()
    #expect((coded.codes != nil) == (rows > 512))
    for readsRows in [false, true] {
      for type in [StoredType.untyped, .text] {
        _ = Self.expectTheSame(.texts(plain), type, readsRows: readsRows)
        _ = Self.expectTheSame(.texts(coded), type, readsRows: readsRows)
      }
    }
    // An entry that is a null, one that no row has, and more entries than rows.
    guard coded.codes != nil else { return }
    coded.starts += [0, 0]
    coded.ends += [-1, 1]
    coded.codes?[0] = Int32(coded.ends.count - 2)
    _ = Self.expectTheSame(.texts(coded), .untyped, readsRows: false)
    coded.codes = [3, -1, 0]
    #expect(!coded.hasDictionary)
    _ = Self.expectTheSame(.texts(coded), .untyped, readsRows: false)
  }

  @Test func tokens() {
    let texts = TestTable(columns: [("a", ["1", "2.5", "true", nil, "3"])]).batch(0..<5).texts("a")
    let kinds: [TokenKind] = [.number, .number, .boolean, .null, .string]
    _ = Self.expectTheSame(.tokens(texts, kinds: kinds.map(\.rawValue)), .tokens, readsRows: true)
  }
}
