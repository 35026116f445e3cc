import TestSupport
import Testing

@testable import Scan

@Suite struct TextColumnCodingTests {
  private func column(_ texts: [[UInt8]?]) -> TextColumn {
    var column = TextColumn()
    for text in texts {
      column.starts.append(Int32(column.bytes.count))
      column.bytes += text ?? []
      column.ends.append(text == nil ? -1 : Int32(column.bytes.count))
    }
    return column
  }

  private func texts(_ column: TextColumn) -> [[UInt8]?] {
    (0..<column.rowCount).map { column.range($0).map { Array(column.bytes[$0]) } }
  }

  /// Texts that differ in one byte or in their length only, around the lengths that are compared as words.
  @Test(arguments: [1, 2, 17, 254, 255, 256, 300])
  func aDictionaryChangesNothing(distinct: Int) {
    var generator = SeededGenerator(seed: UInt64(distinct))
    let different = (0..<distinct).map { index -> [UInt8] in
      let length = index % 40
      var text = [UInt8](repeating: 0, count: length)
      if length > 0 { text[Int.random(in: 0..<length, using: &generator)] = UInt8(index / 40) }
      return text
    }
    let count = Set(different).count
    let rows = (0..<3000).map { row in row % 13 == 5 ? nil : different[row < distinct ? row : row * row % distinct] }
    let plain = column(rows)
    let coded = plain.coded()
    #expect((coded.codes != nil) == (Set(rows.compactMap { $0 }).count <= 255))
    #expect(texts(coded) == rows)
    if count <= 255 { #expect(coded.ends.count == Set(rows.compactMap { $0 }).count) }
  }

  @Test func allNullsAreADictionaryOfNothing() {
    let coded = column([[UInt8]?](repeating: nil, count: 600)).coded()
    #expect(coded.codes == [Int32](repeating: -1, count: 600) && coded.ends.isEmpty)
    guard case .number(let numbers) = coded.decoded(as: .number) else { return #expect(Bool(false)) }
    #expect(numbers.states == [UInt8](repeating: CellState.null.rawValue, count: 600))
  }
}
