import TestSupport
import Testing

@testable import Scan

/// Lists and maps: the shapes of old writers, and random records shredded by a slow twin.
@Suite struct ParquetNestingTests {
  typealias Element = ParquetBytes.Element

  /// A page of 64-bit integers with levels.
  private func page(
    _ entries: [(repetition: Int, definition: Int, value: Int?)], maximum: (repetition: Int, definition: Int),
    using dice: inout SeededGenerator
  ) -> ParquetBytes.Page {
    var bytes: [UInt8] = []
    if maximum.repetition > 0 {
      bytes += NaiveEncodings.levels(
        entries.map(\.repetition), width: LevelDecoder.width(maximum.repetition), using: &dice)
    }
    if maximum.definition > 0 {
      bytes += NaiveEncodings.levels(
        entries.map(\.definition), width: LevelDecoder.width(maximum.definition), using: &dice)
    }
    bytes += entries.compactMap(\.value).flatMap { ParquetBytes.number($0, 8) }
    return ParquetBytes.Page(count: entries.count, bytes: bytes)
  }

  @Test(arguments: [
    // A repeated leaf without any annotation.
    ([Element(name: "v", repetition: 2, physical: .int64)], "list<int64>"),
    // The repeated leaf is the element.
    (
      [
        Element(name: "v", converted: 3, children: 1), Element(name: "element", repetition: 2, physical: .int64),
      ], "list<int64>"
    ),
    // Three levels, as it is written today.
    (
      [
        Element(name: "v", converted: 3, children: 1), Element(name: "list", repetition: 2, children: 1),
        Element(name: "element", physical: .int64),
      ], "list<int64>"
    ),
    // Groups named like this are the element themselves.
    (
      [
        Element(name: "v", converted: 3, children: 1), Element(name: "array", repetition: 2, children: 1),
        Element(name: "x", physical: .int64),
      ], "list<struct<x: int64>>"
    ),
    (
      [
        Element(name: "v", converted: 3, children: 1), Element(name: "v_tuple", repetition: 2, children: 1),
        Element(name: "x", physical: .int64),
      ], "list<struct<x: int64>>"
    ),
  ]) func listsOfOldWriters(tree: [Element], word: String) throws {
    var dice = SeededGenerator(seed: 2)
    let entries = [(0, 1, 1), (1, 1, 2), (0, 0, nil), (0, 1, 3)] as [(repetition: Int, definition: Int, value: Int?)]
    let file = ParquetBytes(
      tree: tree, fields: 1, rows: 3, [[page(entries, maximum: (1, 1), using: &dice)]]
    ).file
    let reader = try ParquetFile.reader(file)
    #expect(reader.fields == [Field("v", .nested(word))])
    let isStruct = word.contains("struct")
    let expected = isStruct ? ["[{\"x\":1},{\"x\":2}]", "[]", "[{\"x\":3}]"] : ["[1,2]", "[]", "[3]"]
    #expect(try ParquetFile.rows(reader) == [expected])
  }

  @Test func keysThatAreNoTextMakeAListOfPairs() throws {
    var dice = SeededGenerator(seed: 2)
    let tree = [
      Element(name: "m", repetition: 1, converted: 1, children: 1),
      Element(name: "key_value", repetition: 2, children: 2),
      Element(name: "key", physical: .int64), Element(name: "value", repetition: 1, physical: .int64),
    ]
    let keys = page([(0, 2, 1), (1, 2, 2), (0, 1, nil), (0, 0, nil)], maximum: (1, 2), using: &dice)
    let values = page([(0, 3, 10), (1, 2, nil), (0, 1, nil), (0, 0, nil)], maximum: (1, 3), using: &dice)
    let file = ParquetBytes(tree: tree, fields: 1, rows: 3, [[keys], [values]]).file
    #expect(try ParquetFile.rows(file) == [["[[1,10],[2,null]]", "[]", "null"]])
  }

  /// `a: optional list of optional struct {x: optional int, y: optional list of int}`.
  private struct Record {
    struct Item {
      var x: Int?
      var y: [Int]?
    }

    var items: [Item?]?

    var json: String {
      guard let items else { return "null" }
      let words = items.map { item in
        guard let item else { return "null" }
        let y = item.y.map { "[\($0.map(String.init).joined(separator: ","))]" } ?? "null"
        return "{\"x\":\(item.x.map(String.init) ?? "null"),\"y\":\(y)}"
      }
      return "[\(words.joined(separator: ","))]"
    }

    /// The entries of the leaf x: its definition levels go to 4.
    var x: [(repetition: Int, definition: Int, value: Int?)] {
      guard let items else { return [(0, 0, nil)] }
      guard !items.isEmpty else { return [(0, 1, nil)] }
      return items.enumerated().map { index, item in
        (index == 0 ? 0 : 1, item == nil ? 2 : item?.x == nil ? 3 : 4, item?.x)
      }
    }

    /// The entries of the leaf y: its definition levels go to 5, its repetition levels to 2.
    var y: [(repetition: Int, definition: Int, value: Int?)] {
      guard let items else { return [(0, 0, nil)] }
      guard !items.isEmpty else { return [(0, 1, nil)] }
      return items.enumerated().flatMap { index, item -> [(repetition: Int, definition: Int, value: Int?)] in
        let first = index == 0 ? 0 : 1
        guard let item else { return [(first, 2, nil)] }
        guard let y = item.y else { return [(first, 3, nil)] }
        guard !y.isEmpty else { return [(first, 4, nil)] }
        return y.enumerated().map { ($0 == 0 ? first : 2, 5, $1) }
      }
    }
  }

  static let tree = [
    Element(name: "a", repetition: 1, converted: 3, children: 1), Element(name: "list", repetition: 2, children: 1),
    Element(name: "element", repetition: 1, children: 2), Element(name: "x", repetition: 1, physical: .int64),
    Element(name: "y", repetition: 1, converted: 3, children: 1), Element(name: "list", repetition: 2, children: 1),
    Element(name: "element", physical: .int64),
  ]

  @Test(arguments: 0..<20) func randomRecordsComeBack(seed: Int) throws {
    var dice = SeededGenerator(seed: UInt64(seed))
    func maybe<Value>(_ make: () -> Value) -> Value? { Int.random(in: 0..<4, using: &dice) == 0 ? nil : make() }
    var records: [Record] = []
    for _ in 0..<300 {
      var items: [Record.Item?] = []
      for _ in 0..<Int.random(in: 0..<5, using: &dice) {
        let numbers = (0..<Int.random(in: 0..<4, using: &dice)).map { _ in Int.random(in: -9...9, using: &dice) }
        let has = (0..<3).map { _ in Int.random(in: 0..<4, using: &dice) > 0 }
        items.append(has[0] ? Record.Item(x: has[1] ? numbers.count : nil, y: has[2] ? numbers : nil) : nil)
      }
      records.append(Record(items: Bool.random(using: &dice) || !items.isEmpty ? items : nil))
    }
    // Pages end anywhere, even in the middle of a row.
    func pages(
      _ entries: [(repetition: Int, definition: Int, value: Int?)], _ maximum: (repetition: Int, definition: Int)
    ) -> [ParquetBytes.Page] {
      var pages: [ParquetBytes.Page] = []
      var start = 0
      while start < entries.count {
        let end = min(entries.count, start + Int.random(in: 1...150, using: &dice))
        pages.append(page(Array(entries[start..<end]), maximum: maximum, using: &dice))
        start = end
      }
      return pages
    }
    let file = ParquetBytes(
      tree: Self.tree, fields: 1, rows: records.count,
      [pages(records.flatMap(\.x), (1, 4)), pages(records.flatMap(\.y), (2, 5))])
    let rows = try ParquetFile.rows(file.file)
    #expect(rows == [records.map(\.json)])
  }

  @Test func leavesThatContradictEachOtherAreRefused() {
    var dice = SeededGenerator(seed: 2)
    let one = page([(0, 4, 1)], maximum: (1, 4), using: &dice)
    for entries in [
      [(0, 5, 1), (1, 5, 2)], [(0, 0, nil)], [(0, 1, nil)], [(0, 2, nil)], [(1, 5, 1)],
    ] as [[(repetition: Int, definition: Int, value: Int?)]] {
      let other = page(entries, maximum: (2, 5), using: &dice)
      let file = ParquetBytes(tree: Self.tree, fields: 1, rows: 1, [[one], [other]]).file
      #expect(throws: ScanError.self) { try ParquetFile.rows(file) }
    }
  }

  @Test func aSchemaThatIsTooDeepIsRefused() {
    let tree =
      (0..<5000).map { Element(name: "g\($0)", repetition: 2, children: 1) } + [Element(name: "x", physical: .int64)]
    let file = ParquetBytes(tree: tree, fields: 1, rows: 0, [[]]).file
    let error = #expect(throws: ScanError.self) { try ParquetFile.reader(file) }
    #expect(error?.message.contains("nested too deeply") == true)
  }
}
