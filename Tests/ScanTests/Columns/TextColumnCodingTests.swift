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

  /// A dictionary with more entries than rows is left behind, unless its rows would be longer than all of it.
  @Test(arguments: [3, 400], [1, 5000]) func aLargeDictionaryIsLeft(rows: Int, length: Int) {
    let entries = (0..<300).map { place -> [UInt8] in
      let count = place == 9 ? length : 3 + place % 4
      return Array(repeating: UInt8(place % 7), count: count)
    }
    var coded = column(entries)
    coded.codes = (0..<Int32(rows)).map { row -> Int32 in [row % 300, 9, -1][Int(row % 3)] }
    let plain = coded.withoutLargeDictionary()
    #expect(texts(plain) == texts(coded))
    // Two rows of a long entry would be more than the entries, one is not.
    #expect((plain.codes == nil) == (rows == 3))
    coded.codes = [9, 9, 9]
    #expect((coded.withoutLargeDictionary().codes == nil) == (length == 1))
    #expect(texts(coded.withoutLargeDictionary()) == texts(coded))
  }

  /// Texts and words of every length and number of different ones get the numbers in which each came first.
  @Test(arguments: VectorLevel.allCases)
  func numbersAreInTheOrderOfTheirFirstPlaces(level: VectorLevel) {
    var dice = SeededGenerator(seed: 5)
    for longest in [0, 1, 7, 8, 15, 16, 17, 40] {
      for distinct in [1, 3, 60, 255, 256] {
        // Few different bytes, so that many texts begin or end alike, and zeros, which a word is filled up with.
        let different = (0..<distinct).map { _ in
          (0..<Int.random(in: 0...longest, using: &dice)).map { _ in UInt8.random(in: 0...2, using: &dice) }
        }
        let rows = (0..<1200).map { row -> [UInt8]? in
          Int.random(in: 0..<9, using: &dice) == 0 ? nil : different[Int.random(in: 0..<distinct, using: &dice)]
        }
        var known: [[UInt8]: Int32] = [:]
        let codes = rows.map { row -> Int32 in
          guard let row else { return -1 }
          if known[row] == nil { known[row] = Int32(known.count) }
          return known[row] ?? -1
        }
        let coded = level.run { column(rows).coded() }
        #expect(coded.codes == (known.count > 255 ? nil : codes))
        #expect(texts(coded) == rows)

        let words = rows.map { row in (row ?? [9]).reduce(0) { $0 &* 3 &+ UInt64($1) } << (longest < 8 ? 0 : 40) }
        let counted = level.run { CountedWords(words) }
        var truth: [UInt64: Int] = [:]
        for word in words { truth[word, default: 0] += 1 }
        var found: [UInt64: Int] = [:]
        for (index, word) in counted.words.enumerated() { found[word, default: 0] += counted.counts?[index] ?? 1 }
        #expect(found == truth)
      }
    }
  }

  @Test func allNullsAreADictionaryOfNothing() {
    let coded = column([[UInt8]?](repeating: nil, count: 600)).coded()
    #expect(coded.codes == [Int32](repeating: -1, count: 600) && coded.ends.isEmpty)
    guard case .number(let numbers) = coded.decoded(as: .number) else { return #expect(Bool(false)) }
    #expect(numbers.states == [UInt8](repeating: CellState.null.rawValue, count: 600))
  }
}
