import TestSupport
import Testing

@testable import Scan

/// Run-end encoding and list views, in which rows share what they point to: what the files claim is not believed.
@Suite struct ArrowSharedLayoutTests {
  private typealias Build = ArrowBytesBuilder
  private static let int64 = Build.field("item", 2, [0: .int(Int32(64)), 1: .int(UInt8(1))])

  private static func read(_ field: [Int: FlatValue], _ batches: [[UInt8]]) throws -> [String?] {
    try arrowValues(ArrowStreamReader(MemorySource(Build.stream([field], batches))))[0]
  }

  private static func words<Number: FixedWidthInteger>(_ values: [Number]) -> [UInt8] {
    values.flatMap { littleEndian($0) }
  }

  // MARK: - Run-end encoding

  private static func runs(_ bits: Int, isSigned: Bool = true) -> [Int: FlatValue] {
    let ends = Build.field("run_ends", 2, [0: .int(Int32(bits)), 1: .int(UInt8(isSigned ? 1 : 0))])
    return Build.field("r", 22, children: [ends, Build.field("values", 5)])
  }

  /// - Parameters:
  ///   - claimed: how many ends of runs and values there are said to be.
  private static func batch(
    _ rows: Int, ends: [UInt8], _ values: [String], claimed: (ends: Int, values: Int)
  ) -> [UInt8] {
    let nodes = [(rows, 0), (claimed.ends, 0), (claimed.values, 0)]
    let (header, body) = Build.batch(rows, nodes: nodes, buffers: [[], ends, []] + Build.texts(values))
    return Build.message(3, header, body: body)
  }

  private static func read<Number: FixedWidthInteger>(
    _ rows: Int, ends: [Number], _ values: [String] = ["a", "b"], claimed: (ends: Int, values: Int)? = nil
  ) throws -> [String?] {
    let claimed = claimed ?? (ends.count, values.count)
    return try read(runs(Number.bitWidth), [batch(rows, ends: words(ends), values, claimed: claimed)])
  }

  @Test func everyWidthOfEndsIsRead() throws {
    let expected = ["a", "a", "b", "b"]
    #expect(try Self.read(4, ends: [2, 4] as [Int16]) == expected)
    #expect(try Self.read(4, ends: [2, 4] as [Int32]) == expected)
    #expect(try Self.read(4, ends: [2, .max] as [Int64]) == expected)
    #expect(try Self.read(0, ends: [] as [Int32], []) == [])
  }

  @Test(
    arguments: [
      ([2, 3], "end before the rows do"), ([2, 2], "do not grow"), ([3, 1], "do not grow"), ([0, 4], "do not grow"),
      ([-1, 4], "do not grow"), ([.min, .max], "do not grow"), ([2], "end before the rows do"), ([], "end before"),
    ] as [([Int32], String)])
  func endsThatAreNoneAreErrors(ends: [Int32], words: String) {
    let error = #expect(throws: ScanError.self) { try Self.read(4, ends: ends) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    let wide = ends.map { $0 == .min ? Int64.min : $0 == .max ? .max : Int64($0) }
    #expect(throws: ScanError.self) { try Self.read(4, ends: wide) }
  }

  @Test func countsThatNothingBacksAreErrors() {
    for claimed in [(3, 2), (Int(Int32.max), 2), (2, 1), (2, 0), (0, 2), (1 << 40, 2), (-1, 2)] {
      #expect(throws: ScanError.self, "\(claimed)") { try Self.read(4, ends: [2, 3] as [Int32], claimed: claimed) }
    }
    // Fewer bytes than values, at the end of the last one.
    let short = Self.batch(4, ends: Array(Self.words([2, 4] as [Int32]).dropLast()), ["a", "b"], claimed: (2, 2))
    #expect(throws: ScanError.self) { try Self.read(Self.runs(32), [short]) }
    let some = Self.batch(4, ends: Self.words([2, 4] as [Int32]), ["a", "b"], claimed: (2, 2))
    for field in [Self.runs(8), Self.runs(32, isSigned: false), Build.field("r", 22, children: [Self.int64])] {
      #expect(throws: ScanError.self) { try Self.read(field, [some]) }
    }
  }

  /// What begins in the middle looks for its first run, and believes no more.
  @Test func endsFarBehindTheFirstRowAreChecked() throws {
    let rows = 100_000
    let ends = (1...rows).map { Int32($0) }
    let values = ends.map { "\($0 % 7)" }
    #expect(try Self.read(rows, ends: ends, values) == values)
    for (place, end) in [(70_000, Int32(0)), (70_000, .min), (99_999, 99_999), (50_000, 50_000), (20_000, -1)] {
      var broken = ends
      broken[place] = end
      #expect(throws: ScanError.self, "\(place) \(end)") { try Self.read(rows, ends: broken, values) }
    }
    #expect(throws: ScanError.self) { try Self.read(rows, ends: ends, values, claimed: (Int(Int32.max), rows)) }
  }

  // MARK: - List views

  private static func views(_ code: UInt8) -> [Int: FlatValue] { Build.field("l", code, children: [int64]) }

  private static func lists<Number: FixedWidthInteger>(
    _ starts: [Number], _ counts: [Number], nulls: [Bool]? = nil, elements: Int? = nil
  ) throws -> [String?] {
    let content = (1...4).map { Int64($0) }
    let nodes = [(starts.count, nulls?.count { $0 } ?? 0), (elements ?? content.count, 0)]
    let validity = nulls.map { Build.bits($0.map { !$0 }) } ?? []
    let (header, body) = Build.batch(
      starts.count, nodes: nodes, buffers: [validity, words(starts), words(counts), [], words(content)])
    return try read(views(Number.bitWidth == 32 ? 25 : 26), [Build.message(3, header, body: body)])
  }

  @Test func viewsMayOverlapAndStandInAnyOrder() throws {
    let expected = ["[3,4]", "[1,2,3]", "[]"]
    #expect(try Self.lists([2, 0, 4] as [Int32], [2, 3, 0]) == expected)
    #expect(try Self.lists([2, 0, 99] as [Int64], [2, 3, 0]) == expected)
    #expect(
      try Self.lists([2, -7, 0] as [Int32], [2, .max, 0], nulls: [false, true, false]) == ["[3,4]", nil, "[]"])
  }

  @Test(
    arguments: [
      (-1, 1), (0, -1), (4, 1), (0, 5), (3, 2), (.max, 1), (1, .max), (.max, .max), (.min, 1), (1, .min), (.min, .min),
      (-1, 2),
    ] as [(Int64, Int64)])
  func viewsOutsideOfTheElementsAreErrors(start: Int64, count: Int64) {
    let error = #expect(throws: ScanError.self) { try Self.lists([0, start], [1, count]) }
    #expect(error?.message.contains("a view of a list points outside of its elements") == true)
    let (narrow, length) = (Int32(clamping: start), Int32(clamping: count))
    #expect(throws: ScanError.self) { try Self.lists([0, narrow], [1, length]) }
  }

  @Test func elementsThatNothingBacksAreErrors() {
    #expect(throws: ScanError.self) { try Self.lists([0, 4] as [Int32], [1, 1], elements: 5) }
    let last = Int64(Int32.max)
    #expect(throws: ScanError.self) { try Self.lists([0, last - 1], [1, 1], elements: Int(last)) }
    #expect(throws: ScanError.self) { try Self.lists([0], [last], elements: Int(last)) }
    #expect(throws: ScanError.self) { try Self.lists([0], [1], elements: 1 << 40) }
  }

  // MARK: - Both, damaged

  @Test(arguments: 0..<4)
  func damagedBytesAreErrorsOrTables(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let nodes = [(4, 0), (2, 0), (2, 0), (4, 1), (5, 0)]
    let buffers =
      [[], Self.words([1, 4] as [Int32]), []] + Build.texts(["x", "yz"])
      + [
        Build.bits([true, false, true, true]), Self.words([0, 9, 3, 1] as [Int64]),
        Self.words([2, 9, 2, 0] as [Int64]),
        [], Self.words([1, 2, 3, 4, 5] as [Int64]),
      ]
    let (header, body) = Build.batch(4, nodes: nodes, buffers: buffers)
    let whole = Build.stream([Self.runs(32), Self.views(26)], [Build.message(3, header, body: body)])
    let expected = [["x", "yz", "yz", "yz"], ["[1,2]", nil, "[4,5]", "[]"]]
    #expect(try arrowValues(ArrowStreamReader(MemorySource(whole))) == expected)
    for _ in 0..<1000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let random = UInt8.random(in: 0...255, using: &generator)
        bytes[place] = [0, 1, 0x7F, 0x80, 0xFF, random].randomElement(using: &generator) ?? 0
      }
      do {
        _ = try arrowValues(ArrowStreamReader(MemorySource(bytes)))
      } catch is ScanError {}
    }
  }
}
