import Testing

@testable import Scan

/// Numbers of 16 bits: all of them.
@Suite struct HalfWidthTests {
  private static let type = StoredType?.some(.float(bits: 16))

  /// What a number is written as, and what anybody writes who means it, is that number.
  @Test func everyNumberReadsAsItself() {
    for pattern in UInt16(0)..<Float16.infinity.bitPattern {
      let value = Double(Float16(bitPattern: pattern))
      let column = StoredColumn.numbers(
        Column(values: [value, -value], states: [UInt8](repeating: CellState.valid.rawValue, count: 2)))
      for (row, value) in [value, -value].enumerated() {
        var text: [UInt8] = []
        #expect(column.append(row, of: .float(bits: 16), to: &text))
        let written = Literal.number(String(decoding: text, as: UTF8.self))
        #expect(written.map(Self.type.nearest) == value)
        #expect(written == Self.type.shortest(value))
        let all = column.texts(of: nil, .float(bits: 16))
        #expect(all.range(row).map { Array(all.bytes[$0]) } == text)
      }
    }
  }

  @Test func neighboursAreNext() {
    for pattern in UInt16(1)..<Float16.greatestFiniteMagnitude.bitPattern {
      let value = Double(Float16(bitPattern: pattern))
      #expect(Self.type.next(value, up: true) == Double(Float16(bitPattern: pattern + 1)))
      #expect(Self.type.next(value, up: false) == Double(Float16(bitPattern: pattern - 1)))
    }
    // A limit beyond all numbers of the width stays what it is.
    #expect(Self.type.nearest(1e9) == 1e9)
    #expect(Self.type.nearest(0.1) == Double(Float16(0.1)) && Self.type.shortest(Double(Float16(0.1))) == 0.1)
  }
}
