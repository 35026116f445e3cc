import Testing

@testable import Scan

@Suite struct FileSignatureTests {
  @Test(
    arguments: [
      ([0x1F, 0x8B, 8, 0], "gzip"), ([0x28, 0xB5, 0x2F, 0xFD, 1], "zstd"), (Array("PAR1....".utf8), "Parquet"),
      (Array("ARROW1\0\0".utf8), "Arrow"), (Array("PK\u{3}\u{4}xl".utf8), "zip"),
      (Array("SQLite format 3\0".utf8), "SQLite"), (Array("%PDF-1.7".utf8), "PDF"),
      (Array("\u{7F}ELF\u{2}".utf8), "program"),
      ([0x93] + Array("NUMPY\u{1}".utf8), "NumPy"), ([0x80, 4, 0x95, 0], "pickle"), ([0xFF, 0xFE, 97, 0], "UTF-16"),
      ([0xFE, 0xFF, 0, 97], "UTF-16"), (Array("a,b\n1,\0\n".utf8), "table.csv:2: a NUL byte"),
    ] as [([UInt8], String)])
  func isNamedInsteadOfParsed(bytes: [UInt8], word: String) {
    for piece in [1, 5, Int.max] {
      do {
        _ = try PlainTable(reading: bytes, piece: piece)
        Issue.record("\(word) was read as CSV")
      } catch {
        #expect(error.kind == .malformed)
        #expect(error.message.contains(word) && error.message.contains("table.csv"), "\(error.message)")
      }
    }
  }

  @Test func ordinaryTextIsNone() { #expect(FileSignature.problem(of: Array("id,name\n".utf8), name: "x") == nil) }
}
