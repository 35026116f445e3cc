import Testing

@testable import Scan

/// Texts that stand once in a file and in very many rows.
@Suite struct LongTextsTests {
  /// A dictionary of long texts, of which every row has one, beside the number of the row.
  private struct Table: TableReader {
    static let batchRows = 700
    let name = "table"
    let fields = [Field("text", .text), Field("id", .integer(bits: 64, isSigned: true))]
    let texts: TextColumn
    var chunks: Int
    var rows: Int { Self.batchRows }

    init(length: Int, chunks: Int) {
      var texts = TextColumn()
      for letter in "xyz".utf8 {
        texts.starts.append(Int32(texts.bytes.count))
        texts.bytes += [UInt8](repeating: letter, count: length)
        texts.ends.append(Int32(texts.bytes.count))
      }
      self.texts = texts
      self.chunks = chunks
    }

    mutating func nextChunk(of columns: [Int]) -> (any TableChunk)? {
      guard chunks > 0 else { return nil }
      chunks -= 1
      return Chunk(texts: texts, columns: columns, rows: rows, first: chunks * rows)
    }

    private struct Chunk: TableChunk {
      var texts: TextColumn
      let columns: [Int]
      let rows: Int
      let first: Int

      func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
        batch.rowCount = rows
        var texts = texts
        texts.codes = (0..<rows).map { $0 % 50 == 7 ? -1 : Int32($0 % 3) }
        let numbers = Column(
          values: (0..<rows).map { Int64(first + $0) },
          states: [UInt8](repeating: CellState.valid.rawValue, count: rows))
        batch.stored = columns.map { $0 == 0 ? .texts(texts) : .integers(numbers) }
        batch.defects = [RecordDefect(line: 1, what: "no row")]
        try body(&batch)
        batch.defects = []
      }
    }
  }

  private static func batch(length: Int) throws -> Batch {
    var table = Table(length: length, chunks: 1)
    var batches: [Batch] = []
    var batch = Batch()
    batch.fields = table.fields
    batch.slots = ["text": 0, "id": 1]
    let chunk = table.nextChunk(of: [0, 1])
    try #require(chunk).decode(into: &batch) { batches.append($0) }
    return batches[0]
  }

  /// Its parts are the batch, row by row, and what is told of the chunk is told once.
  @Test(arguments: [1, 4000, 100_000, 9 << 20]) func aBatchIsItsParts(length: Int) throws {
    let batch = try Self.batch(length: length)
    let parts = batch.parts
    #expect(parts.first?.lowerBound == 0 && parts.last?.upperBound == batch.rowCount)
    for (part, next) in zip(parts, parts.dropFirst()) { #expect(part.upperBound == next.lowerBound) }
    #expect((parts.count == 1) == (length <= 4000))
    var defects = 0
    for rows in parts {
      let part = batch.part(rows)
      var bytes = 0
      for (row, source) in rows.enumerated() {
        let text = part.text(0, row)
        bytes += text?.utf8.count ?? 0
        #expect(text?.first == batch.text(0, source)?.first && text?.utf8.count == batch.text(0, source)?.utf8.count)
        #expect(part.place(row) == batch.place(source))
      }
      #expect(rows.count == 1 || bytes <= 8 << 20)
      defects += part.defects.count
    }
    #expect(defects == 1)
  }

  /// What is found does not depend on how many rows are looked at together, nor on what stands on the disk meanwhile.
  @Test(arguments: [1, 3]) func longKeysAreComparedAsShortOnesAre(threads: Int) async throws {
    func summaries(length: Int) async throws -> [ViolationSummary] {
      var scanner = Scanner(
        Table(length: length, chunks: 3), ScanResources(threads: threads, memory: 4 << 20))
      let found = try await scanner.scan([
        DuplicateKeys.Specification(["text"]), DuplicateKeys.Specification(["text", "id"]),
        DuplicateKeys.Specification(["text"], nullsAreValues: true),
      ])
      return found.compactMap { ($0 as? DuplicateKeys)?.summary }
    }
    let (short, long) = (try await summaries(length: 1), try await summaries(length: 40_000))
    #expect(short.map(\.violating) == [2058 - 3, 0, 2100 - 4])
    for (short, long) in zip(short, long) {
      #expect(short.violating == long.violating && short.evaluated == long.evaluated && short.nulls == long.nulls)
      #expect(short.first.map(\.place) == long.first.map(\.place))
      #expect(short.first.map(\.earlier) == long.first.map(\.earlier))
    }
  }
}
