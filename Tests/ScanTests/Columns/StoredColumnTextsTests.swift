import TestSupport
import Testing

@testable import Scan

/// Kernels write values as single values are written.
@Suite struct StoredColumnTextsTests {
  private func texts(_ texts: TextColumn) -> [String?] {
    (0..<texts.rowCount).map { row in
      texts.range(row).map { String(decoding: texts.bytes[$0], as: UTF8.self) }
    }
  }

  private func check(_ column: StoredColumn, _ type: StoredType, _ name: String = "") {
    #expect(texts(column.texts(of: nil, type)) == texts(column.plainTexts(of: nil, type)), "\(type) \(name)")
    let rows = (0..<Int32(column.rowCount)).filter { $0 % 3 != 1 }.reversed() as [Int32]
    #expect(texts(column.texts(of: rows, type)) == texts(column.plainTexts(of: rows, type)), "\(type) \(name)")
  }

  /// Of a few values one is missing and one is malformed.
  private func states(_ count: Int) -> [UInt8] {
    (0..<count).map { ($0 % 11 == 5 ? CellState.null : $0 % 13 == 7 ? .malformed : .valid).rawValue }
  }

  private func numbers(_ values: [Double]) -> StoredColumn {
    .numbers(Column(values: values, states: states(values.count)))
  }

  private func integers(_ values: [Int64]) -> StoredColumn {
    .integers(Column(values: values, states: states(values.count)))
  }

  @Test func doublesThatMatter() {
    let powers = (-340...309).flatMap { power -> [Double] in
      [Double("1e\(power)") ?? 0, Double("9.999999999999999e\(power)") ?? 0]
    }
    let borders: [Double] = [
      0x1p53, 0x1p54, 0x1p24, 1e-4, 1e-5, 1e13, 1e15, 1e16, 0.005, 0.015, 1.005, 2.675, 1e22, 123456.75,
    ]
    let near = borders.flatMap { border -> [Double] in [border.nextDown, border, border.nextUp] }
    let values: [Double] = powers + near + [0, .nan, .infinity, .leastNonzeroMagnitude]
    let all = values + values.map { -$0 }
    // Every place in turn, so that no value is always in that of a null.
    for shift in 0..<3 { check(numbers([Double](repeating: 1, count: shift) + all), .float(bits: 64)) }
  }

  @Test(arguments: 0..<10)
  func doublesOfAllKinds(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bits = (0..<3000).map { _ in Double(bitPattern: UInt64.random(in: .min ... .max, using: &generator)) }
    check(numbers(bits), .float(bits: 64), "bits")
    let prices = (0..<3000).map { _ in Double(Int.random(in: -10_000_000...10_000_000, using: &generator)) / 100 }
    check(numbers(prices), .float(bits: 64), "prices")
    check(numbers(prices.map(\.nextUp)), .float(bits: 64), "no prices")
    let large = (0..<3000).map { _ in Double(Int64.random(in: -(1 << 58)...1 << 58, using: &generator)) }
    check(numbers(large), .float(bits: 64), "whole numbers")
    check(numbers((0..<3000).map { _ in Double.random(in: -1...1, using: &generator) }), .float(bits: 64), "shares")
    let floats = (0..<3000).map { _ in Float(bitPattern: UInt32.random(in: .min ... .max, using: &generator)) }
    check(numbers(floats.map { Double($0) }), .float(bits: 32), "floats")
    check(numbers(prices.map { Double(Float($0)) }), .float(bits: 32), "prices as floats")
  }

  @Test(arguments: 0..<5)
  func integersAndMoments(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let any = (0..<2000).map { _ in
      Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0..<64, using: &generator)
    }
    check(integers([.min, .max, 0, -1, 9, 10] + any), .integer(bits: 64, isSigned: true))
    check(integers([.min, .max, 0, -1] + any), .integer(bits: 64, isSigned: false))
    check(integers(any.map { $0 & 1 }), .boolean)
    // Within the years that the kernel writes, at their borders, and beyond.
    let days =
      [-719_528, 2_932_896, 0, -1]
      + (0..<2000).map { _ in
        Int64.random(in: -719_528...2_932_896, using: &generator)
      }
    check(integers(days), .date)
    check(integers(days + [-719_529]), .date, "before")
    check(integers(days + [2_932_897]), .date, "after")
    check(integers(any), .duration(.second))
    for unit in [StoredType.TimeUnit.second, .millisecond, .microsecond, .nanosecond] {
      let perDay = Int64(unit.perSecond) * 86_400
      // Nanoseconds reach from 1677 to 2262.
      let range = unit == .nanosecond ? -106_000...106_000 : -719_528...2_932_895 as ClosedRange<Int64>
      let moments = (0..<2000).map { row -> Int64 in
        let day = Int64.random(in: range, using: &generator) * perDay
        return row % 3 == 0 ? day : day + Int64.random(in: 0..<perDay, using: &generator)
      }
      for zone in [nil, "UTC"] {
        check(integers(moments), .timestamp(unit, zone: zone))
        check(integers(moments + any), .timestamp(unit, zone: zone), "any")
      }
    }
  }

  @Test func noRowsAreNoTexts() {
    #expect(numbers([]).texts(of: nil, .float(bits: 64)).rowCount == 0)
    #expect(integers([1]).texts(of: [], .date).rowCount == 0)
  }
}
