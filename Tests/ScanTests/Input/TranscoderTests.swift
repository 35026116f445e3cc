import Testing

@testable import Scan

@Suite struct TranscoderTests {
  private static let text = "größe,name\n1,\"Zoë, 😀\"\n2,日本\n"

  private static func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  @Test(
    arguments: [(true, true), (false, true), (false, false), (true, false)] as [(Bool, Bool)], [1, 2, 3, 5, 7, 1000])
  func utf16WithEitherOrderInAnyPieces(form: (bigEndian: Bool, mark: Bool), piece: Int) throws {
    let bytes = Self.utf16(Self.text, bigEndian: form.bigEndian, mark: form.mark)
    for chunk in [1, 6, 1 << 20] {
      let table = try PlainTable(reading: bytes, CSVDialect(encoding: .utf16), chunk: chunk, piece: piece)
      #expect(table == PlainTable(naively: Array(Self.text.utf8), CSVDialect()))
    }
  }

  @Test(arguments: [1, 3, 1000])
  func latin1IsTheFirst256Scalars(piece: Int) throws {
    let bytes: [UInt8] = [97, 10] + (0xA0...0xFF) + [10]
    let table = try PlainTable(reading: bytes, CSVDialect(encoding: .latin1), piece: piece)
    let expected = String(String.UnicodeScalarView((0xA0...0xFF).map { UnicodeScalar(UInt8($0)) }))
    #expect(table.rows == [[expected]])
  }

  @Test(
    arguments: [
      [0x61, 0xD83D, 0x62], [0xDE00], [0xD83D, 0xD83D, 0xDE00], [0xDE00, 0xD83D, 0x61],
    ] as [[UInt16]])
  func halfASurrogatePairIsADefect(units: [UInt16]) throws {
    let all = Array("a\n1\n".utf16) + units + Array("\n2\n".utf16)
    let bytes = all.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let table = try PlainTable(reading: bytes, CSVDialect(encoding: .utf16))
    #expect(table.rows == [["1"], ["2"]])
    #expect(table.defects == [RecordDefect(line: 3, what: "bytes that are not UTF-16")])
  }

  @Test(arguments: [[97, 0, 10, 0, 49], [97, 0, 10, 0, 0x3D, 0xD8], [97]] as [[UInt8]])
  func aFileThatEndsWithinACharacterIsMalformed(bytes: [UInt8]) {
    #expect {
      try PlainTable(reading: bytes, CSVDialect(encoding: .utf16))
    } throws: {
      ($0 as? ScanError)?.message == "table.csv ends in the middle of a UTF-16 character"
    }
  }

  @Test func latin1ReadAsUTF8IsADefectAndNoGuess() throws {
    let table = try PlainTable(reading: Array("a\ncaf".utf8) + [0xE9, 10])
    #expect(table.rows.isEmpty)
    #expect(table.defects.count == 1)
  }
}
