import TestSupport
import Testing

@testable import Scan

/// Nested values are told as JSON: what they may grow to.
@Suite struct ArrowJSONSizeTests {
  private typealias Build = ArrowBytesBuilder

  /// A list column, its buffers behind those of the list itself.
  private static func list(
    _ item: [Int: FlatValue], offsets: [Int32], elements: Int, _ buffers: [[UInt8]] = []
  ) -> [UInt8] {
    let rows = offsets.count - 1
    let (header, body) = Build.batch(
      rows, nodes: [(rows, 0), (elements, 0)], buffers: [[], offsets.flatMap { littleEndian($0) }] + buffers)
    return Build.stream([Build.field("l", 12, children: [item])], [Build.message(3, header, body: body)])
  }

  private static let null = Build.field("item", 1)
  private static let text = Build.field("item", 5)

  private static func error(_ bytes: [UInt8]) -> ScanError? {
    #expect(throws: ScanError.self) { try arrowValues(ArrowStreamReader(MemorySource(bytes))) }
  }

  @Test func largeRowsAreReadAFewAtATime() throws {
    let words = (0..<700).map { String(repeating: Character(Unicode.Scalar(UInt8(97 + $0 % 26))), count: 64 << 10) }
    let bytes = Self.list(
      Self.text, offsets: (0...700).map { Int32($0) }, elements: words.count, [[]] + Build.texts(words))
    let values = try arrowValues(ArrowStreamReader(MemorySource(bytes)))
    #expect(values[0].count == 700)
    for row in [0, 1, 350, 699] { #expect(values[0][row] == "[\"\(words[row])\"]", "\(row)") }
  }

  @Test func oneRowHasALimit() {
    let error = Self.error(Self.list(Self.null, offsets: [0, 1 << 30], elements: 1 << 30))
    #expect(error?.kind == .limit)
    #expect(error?.message.contains("more than 32 MiB as JSON") == true)
  }

  @Test func fewBytesCannotSayAnyNumberOfValues() {
    let offsets = (0...3000).map { Int32($0 << 16) }
    let error = Self.error(Self.list(Self.null, offsets: offsets, elements: 3000 << 16))
    #expect(error?.kind == .limit)
    #expect(error?.message.contains("nested values of few bytes become more than") == true)
  }
}
