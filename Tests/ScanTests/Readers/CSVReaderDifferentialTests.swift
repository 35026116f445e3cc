import TestSupport
import Testing

@testable import Scan

/// The fast reader beside its slow twin, on generated files.
@Suite struct CSVReaderDifferentialTests {
  private static func compare(
    _ bytes: [UInt8], _ dialect: CSVDialect, chunk: Int, piece: Int
  ) -> Comment? {
    let naive = PlainTable(naively: bytes, dialect)
    do {
      let table = try VectorLevel.share(of: bytes).run { () throws(ScanError) in
        try PlainTable(reading: bytes, dialect, chunk: chunk, piece: piece)
      }
      if table == naive { return nil }
      return "chunk \(chunk), piece \(piece): \(text(bytes))\nread  \(table)\nnaive \(naive)"
    } catch {
      if let failure = naive.failure, failure == "blank" || error.message.contains(failure) { return nil }
      return "chunk \(chunk), piece \(piece): \(text(bytes))\nerror \(error)\nnaive \(naive)"
    }
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).debugDescription }

  private static func dialect(_ generator: inout SeededGenerator) -> CSVDialect {
    CSVDialect(
      delimiter: ",;|\t".utf8.randomElement(using: &generator) ?? 44, hasHeader: Bool.random(using: &generator),
      names: Int.random(in: 0..<4, using: &generator) == 0 ? ["p", "q"] : [],
      nullValues: Bool.random(using: &generator) ? ["NA", "a"] : [])
  }

  /// Bytes from a small alphabet, so that every special byte meets every other.
  @Test(arguments: 0..<12)
  func agreesOnByteSoup(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<1500 {
      let dialect = Self.dialect(&generator)
      var alphabet: [[UInt8]] = [
        [34], [34], [10], [10], [13], [13, 10], [dialect.delimiter], [dialect.delimiter], [97], [98], [32],
        Array("é".utf8), Array("NA".utf8), Array("😀".utf8),
      ]
      if seed % 3 == 0 { alphabet += [[0xFF], [0xC3]] }
      if seed % 4 == 0 { alphabet.removeAll { $0 == [34] } }
      var bytes: [UInt8] = Bool.random(using: &generator) ? [] : [0xEF, 0xBB, 0xBF]
      for _ in 0..<Int.random(in: 1...60, using: &generator) {
        bytes += alphabet.randomElement(using: &generator) ?? []
      }
      let chunk = [1, 2, 3, 5, 17, 1 << 20].randomElement(using: &generator) ?? 1
      let piece = [1, 2, 3, 7, .max].randomElement(using: &generator) ?? 1
      if let difference = Self.compare(bytes, dialect, chunk: chunk, piece: piece) { Issue.record(difference) }
    }
  }

  /// A file that a program would write, with every kind of field.
  private static func wellFormed(
    rows: Int, columns: Int, _ dialect: CSVDialect, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    let lineEnd: [UInt8] = [[10], [13, 10], [13]].randomElement(using: &generator) ?? [10]
    var bytes: [UInt8] = []
    for row in 0..<rows {
      if Int.random(in: 0..<20, using: &generator) == 0 { bytes += lineEnd }
      let ragged = Int.random(in: 0..<15, using: &generator) == 0 ? 1 : 0
      for column in 0..<columns + ragged {
        if column > 0 { bytes.append(dialect.delimiter) }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0 where columns > 1: break
        case 1:
          let content = ["", "\"\"", "x\ny", "x\r\ny", "a\(UnicodeScalar(dialect.delimiter))b", "é\"\"ü", "\r"]
          bytes += Array("\"\(content.randomElement(using: &generator) ?? "")\"".utf8)
        case 2: bytes += Array("it is \"quoted\" inside".utf8)
        default: bytes += Array("\(row * column % 97)".utf8)
        }
      }
      if row < rows - 1 || Bool.random(using: &generator) { bytes += lineEnd }
    }
    return bytes
  }

  /// Plain records, many at once, with now and then one that is none.
  @Test(arguments: 0..<6)
  func agreesOnPlainRecordsBetweenOthers(seed: Int) {
    var generator = SeededGenerator(seed: 200 + UInt64(seed))
    for _ in 0..<12 {
      let dialect = Self.dialect(&generator)
      let columns = Int.random(in: 1...7, using: &generator)
      let separator = String(UnicodeScalar(dialect.delimiter))
      let lineEnd = Bool.random(using: &generator) ? "\n" : "\r\n"
      let others = [
        "", "\"a\"", "x" + separator + "\"b\nc\"", "a\rb", String(repeating: separator, count: 9), "é", "NA",
      ]
      let share = [0, 3, 40, 300].randomElement(using: &generator) ?? 0
      // So short that nearly every byte ends a field, or longer.
      let longest = [0, 1, 2, 30].randomElement(using: &generator) ?? 0
      var text = ""
      for row in 0..<1500 {
        if share > 0, Int.random(in: 0..<share, using: &generator) == 0 {
          text += (others.randomElement(using: &generator) ?? "") + lineEnd
        }
        let fields = (0..<columns).map { column in
          row * column % 5 == 4 ? "" : String(repeating: "7", count: Int.random(in: 0...longest, using: &generator))
        }
        text += fields.joined(separator: separator) + lineEnd
      }
      for chunk in [1000, 4096, 1 << 20] {
        if let difference = Self.compare(Array(text.utf8), dialect, chunk: chunk, piece: .max) {
          Issue.record(difference)
        }
      }
    }
  }

  @Test(arguments: 0..<8)
  func agreesOnWellFormedFiles(seed: Int) {
    var generator = SeededGenerator(seed: 100 + UInt64(seed))
    for _ in 0..<150 {
      let dialect = Self.dialect(&generator)
      let columns = Int.random(in: 1...5, using: &generator)
      let rows = Int.random(in: 1...30, using: &generator)
      let bytes = Self.wellFormed(rows: rows, columns: columns, dialect, &generator)
      for chunk in [1, 8, 61, 256, 1 << 20] {
        if let difference = Self.compare(bytes, dialect, chunk: chunk, piece: 7) { Issue.record(difference) }
      }
    }
  }

  /// One field of every length around a border between chunks, plain and quoted.
  @Test func agreesOnEveryLengthAroundABorder() {
    let chunk = 64
    for length in 0...140 {
      for field in [
        String(repeating: "x", count: length), "\"" + String(repeating: "\"\"", count: length / 2) + "\"",
        "\"" + String(repeating: "é", count: length / 2) + "\"", String(repeating: "é", count: length / 2),
      ] {
        let bytes = Array("a,b\r\n1,\(field)\r\n2,\(field)\r\n3,z".utf8)
        if let difference = Self.compare(bytes, CSVDialect(), chunk: chunk, piece: .max) { Issue.record(difference) }
      }
    }
  }

  /// Several chunks of the size that a run has, so that batches split where they do in earnest.
  @Test func agreesOnMegabytes() {
    var generator = SeededGenerator(seed: 7)
    let dialect = CSVDialect()
    let bytes = Self.wellFormed(rows: 120_000, columns: 5, dialect, &generator)
    #expect(bytes.count > 3 << 20)
    if let difference = Self.compare(bytes, dialect, chunk: 1 << 20, piece: 65536) {
      Issue.record("\(String(difference.rawValue.prefix(200)))")
    }
  }
}
