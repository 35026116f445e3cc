import TestSupport
import Testing

@testable import Scan

/// The kernel beside its slow twin, on generated lines whole and mutated.
@Suite struct JSONLinesDifferentialTests {
  private static let columns = ["a", "b", "long key", "o.x", "o.deep.y", "list", "dot.ted", "o"]

  private static func value(_ depth: Int, _ generator: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<(depth > 3 ? 7 : 9), using: &generator) {
    case 0: "null"
    case 1: ["true", "false"].randomElement(using: &generator) ?? ""
    case 2: String(Int.random(in: -1000...1000, using: &generator))
    case 3: ["0", "-0", "1e5", "1.25E-3", "12345678901234567890", "0.5"].randomElement(using: &generator) ?? ""
    case 4, 5, 6: string(&generator)
    case 7:
      "["
        + (0..<Int.random(in: 0...3, using: &generator)).map { _ in value(depth + 1, &generator) }
        .joined(separator: ",") + "]"
    default: object(depth + 1, ["x", "deep", "y", "other"], &generator)
    }
  }

  private static func string(_ generator: inout SeededGenerator) -> String {
    let parts = ["", "plain", "é", "日本", "😀", #"\n"#, #"\""#, #"\\"#, "{", "}", "[", ",", ":", " ", #"A"#, "a.b"]
    let count = Int.random(in: 0...5, using: &generator)
    return "\"" + (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined() + "\""
  }

  private static func object(_ depth: Int, _ keys: [String], _ generator: inout SeededGenerator) -> String {
    var chosen = keys.filter { _ in Int.random(in: 0..<4, using: &generator) > 0 }
    if Int.random(in: 0..<5, using: &generator) == 0 { chosen.shuffle(using: &generator) }
    // Of paths that are no columns only so many are known.
    if depth == 0, Int.random(in: 0..<20, using: &generator) == 0 { chosen += chosen.prefix(1) }
    let members = chosen.map { "\"\($0)\":" + value(depth, &generator) }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func file(_ lines: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    let keys = ["a", "b", "long key", "o", "list", "dot.ted", "unread"]
    var text = ""
    let repeating = [
      #"{"o":{"x":1,"y":2,"x":3}}"#, #"{"dot.ted":1,"dot":{"ted":1}}"#, #"{"o":{"deep":{"y":1,"y":1}}}"#,
      #"{"list":[{"x":1,"y":[],"x":1}]}"#, #"{"unread":[[{"y":{"x":1,"\u0078":1}}]]}"#,
    ]
    for line in 0..<lines {
      let repeats = line % 50 == 7 ? repeating.randomElement(using: &generator) : nil
      text +=
        (repeats ?? object(0, keys, &generator))
        + (["\n", "\n", "\r\n", "\n\n"].randomElement(using: &generator) ?? "\n")
    }
    return Array(text.utf8)
  }

  private static func compare(_ bytes: [UInt8], block: Int, piece: Int) throws -> Comment? {
    let naive = NaiveJSONLines.read(bytes, columns: columns)
    var found = try JSONLinesTable(
      JSONLinesReader(PiecewiseSource(bytes, piece: piece), fields: columns, blockBytes: block))
    guard found.defects.count == found.defectLines.count else { return "defects without lines" }
    found.defects = []
    found.late = [:]
    found = NaiveJSONLines.compacted(found)
    if found == naive { return nil }
    let text = String(decoding: bytes.prefix(3000), as: UTF8.self).debugDescription
    return "block \(block), piece \(piece): \(text)\nread  \(found)\nnaive \(naive)"
  }

  @Test(arguments: 0..<8)
  func agreesOnWellFormedFiles(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<60 {
      let bytes = Self.file(Int.random(in: 1...40, using: &generator), &generator)
      for block in [1, 100, 1 << 20] {
        if let difference = try Self.compare(bytes, block: block, piece: .random(in: 1...50, using: &generator)) {
          Issue.record(difference)
        }
      }
    }
  }

  @Test(arguments: 0..<10)
  func agreesOnMutations(seed: Int) throws {
    var generator = SeededGenerator(seed: 100 + UInt64(seed))
    let alphabet = Array("{}[]:,\"\\\n\r \t0e-.tnu\u{0}x".utf8) + [0xFF, 0xC3, 0xA9]
    for _ in 0..<500 {
      var bytes = Self.file(Int.random(in: 1...8, using: &generator), &generator)
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let byte = alphabet.randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(byte, at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &generator)))
        default: bytes[place] = byte
        }
      }
      let block = [1, 64, 1 << 20].randomElement(using: &generator) ?? 1
      if let difference = try Self.compare(bytes, block: block, piece: .max) { Issue.record(difference) }
    }
  }

  /// More than a window, a block and a chunk, so that all of them end where they do in earnest.
  @Test func agreesOnMegabytes() throws {
    var generator = SeededGenerator(seed: 9)
    var bytes = Self.file(60_000, &generator)
    #expect(bytes.count > 6 << 20)
    for _ in 0..<30 { bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8(ascii: "\"") }
    let naive = NaiveJSONLines.read(bytes, columns: Self.columns)
    var found = try JSONLinesTable(JSONLinesReader(MemorySource(bytes), fields: Self.columns))
    found.defects = []
    found.late = [:]
    found = NaiveJSONLines.compacted(found)
    #expect(naive.rows.count == found.rows.count)
    #expect(naive == found)
  }

  /// Every path with values that is no column is told, with a line where it has one, and nothing else is.
  @Test(arguments: 0..<8)
  func lateColumnsAreThoseThatAreNotKnown(seed: Int) throws {
    var generator = SeededGenerator(seed: 200 + UInt64(seed))
    for _ in 0..<60 {
      let bytes = Self.file(Int.random(in: 1...40, using: &generator), &generator) + Array("{\"b\":1,\"new\":2".utf8)
      let block = [1, 100, 1 << 20].randomElement(using: &generator) ?? 1
      let (all, held) = NaiveJSONLines.pathLines(bytes)
      let late = try JSONLinesTable(JSONLinesReader(MemorySource(bytes), fields: Self.columns, blockBytes: block)).late
      for (path, lines) in held where !Self.columns.contains(path) {
        #expect(late[path].map { $0 <= lines.min() ?? 0 } == true, "\(path) is not told")
      }
      for (path, line) in late {
        #expect(!Self.columns.contains(path) && all[path]?.contains(line) == true, "\(path) is not in line \(line)")
      }
    }
  }

  /// Broken lines must not cost more than their length.
  @Test func linesThatNeverCloseAreWalkedOnce() throws {
    for line in ["{\"a\":[0,", "{\"a\":{\"b\":", "{\"a\":\"", "[[[[[[[[[[", "{\"a\":1"] {
      let text = String(repeating: line + "\n", count: 50_000)
      let table = try JSONLinesTable(JSONLinesReader(MemorySource(Array(text.utf8)), fields: ["a"]))
      #expect(table.defects.count == 50_000)
      #expect(table.defectLines == Array(0..<50_000))
    }
  }
}
