internal import Glibc

/// Recognises files that are no text table by their first bytes, so that the error can say what they are.
enum FileSignature {
  private static let known: [(bytes: [UInt8], what: String)] = [
    ([0x1F, 0x8B], "a gzip file"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file"),
    (Array("PAR1".utf8), "a Parquet file"),
    (Array("ARROW1".utf8), "an Arrow file"),
    (Array("PK\u{3}\u{4}".utf8), "a zip archive or an Excel workbook"),
    (Array("SQLite format 3".utf8), "an SQLite database"),
    (Array("%PDF-".utf8), "a PDF document"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array"),
    ([0x80, 0x04, 0x95], "a Python pickle"),
  ]

  /// What is wrong with a file that should be a text table and begins like this; nil when nothing is.
  static func problem(of bytes: [UInt8], name: String) -> ScanError? {
    if let match = known.first(where: { bytes.starts(with: $0.bytes) }) {
      return ScanError(
        .malformed, "\(name) is \(match.what), not CSV",
        hint: "tables are read from CSV, TSV, JSON Lines, Parquet and Arrow; leave format out, or convert the file")
    }
    // The mark of UTF-32 begins with that of UTF-16.
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return ScanError(.malformed, "\(name) is UTF-32 text", hint: "convert it to UTF-8: iconv -f utf-32 -t utf-8")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return ScanError(
        .malformed, "\(name) is UTF-16 text",
        hint: "name the encoding: --encoding utf-16, or encoding: utf-16 in the config")
    }
    if let offset = bytes.prefix(65536).firstIndex(of: 0) {
      let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
      return ScanError(.malformed, "\(name):\(line + 1): \(nulByte)", hint: nulHint)
    }
    return nil
  }

  private static let nulByte = "a NUL byte, which stands in no text: the file is binary, or damaged"
  private static let nulHint = "make it again; of UTF-16 text name the encoding: utf-16"

  /// The same of records further behind; nil when there is no such byte.
  ///
  /// - Parameter line: the line of the chunk in which the records begin.
  static func problem(of records: [UInt8], in name: String, chunkLine line: Int) -> ScanError? {
    // Safe because: memchr looks at no more bytes than the buffer has, and finds a place in it.
    let offset = records.withUnsafeBytes { bytes -> Int? in
      guard let start = bytes.baseAddress, let found = memchr(start, 0, bytes.count) else { return nil }
      return start.distance(to: UnsafeRawPointer(found))
    }
    return offset.map { offset in
      let before = records[..<offset].count { $0 == UInt8(ascii: "\n") }
      return ScanError(.malformed, in: name, chunkLine: line + before, nulByte, hint: nulHint)
    }
  }
}
