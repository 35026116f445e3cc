import TestSupport
import Testing

@testable import Scan

/// Tables with more columns than any person looks at, in every format: one column is read, and then all of them.
@Suite struct WideTableTests {
  private typealias Build = ArrowBytesBuilder
  private static let count = 100_000
  private static let last = count - 1

  /// Reads the last column alone, and then all columns: each holds its own number in both rows.
  private static func check(_ open: () throws -> some TableReader) throws {
    var reader = try open()
    #expect(reader.fields.count == count && reader.fields.last?.name == "c\(last)")
    #expect(try rows(&reader, of: [last]) == [["\(last)"], ["\(last)"]])
    reader = try open()
    let all = try rows(&reader, of: Array(0..<count))
    #expect(all.count == 2 && all.allSatisfy { $0 == (0..<count).map(String.init) })
  }

  private static func rows(_ reader: inout some TableReader, of columns: [Int]) throws -> [[String?]] {
    var rows: [[String?]] = []
    var batch = Batch()
    while let chunk = try reader.nextChunk(of: columns) {
      try chunk.decode(into: &batch) { batch throws(ScanError) in
        for row in 0..<batch.rowCount { rows.append(batch.stored.map { text($0, row) }) }
      }
    }
    return rows
  }

  private static func text(_ column: StoredColumn, _ row: Int) -> String? {
    switch column {
    case .texts(let texts), .tokens(let texts, _):
      texts.range(row).map { String(decoding: texts.bytes[$0], as: UTF8.self) }
    case .numbers(let column): column[row].map { "\($0)" }
    case .integers(let column): column[row].map { "\($0)" }
    }
  }

  /// The summaries of very many columns take no more than the memory, or say that they would.
  @Test(arguments: [1, 3]) func summariesKeepWithinTheMemory(threads: Int) async throws {
    let names = (0..<1200).map { "c\($0)" }
    let rows = (0..<300).map { row in names.indices.map { "\(row * $0 % 977)" }.joined(separator: ",") }
    let csv = Array(([names.joined(separator: ",")] + rows).joined(separator: "\n").utf8)
    func scan(memory: Int) async throws -> [any Aggregate] {
      var scanner = Scanner(
        try CSVReader(MemorySource(csv), blockBytes: 1 << 16), ScanResources(threads: threads, memory: memory))
      return try await scanner.scan(names.map { ColumnSummary.Specification($0) })
    }
    let found = try await scan(memory: 256 << 20).compactMap { $0 as? ColumnSummary }
    #expect(found.count == 1200 && found.allSatisfy { $0.rows == 300 })
    await #expect {
      _ = try await scan(memory: 1 << 20)
    } throws: { error in
      (error as? ScanError)?.kind == .limit && (error as? ScanError)?.hint?.contains("--max-memory") == true
    }
  }

  @Test func inCSV() throws {
    let header = (0..<Self.count).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<Self.count).map(String.init).joined(separator: ",")
    try Self.check { try CSVReader(MemorySource(Array("\(header)\n\(row)\n\(row)\n".utf8))) }
  }

  @Test func inJSONLines() throws {
    let row = "{" + (0..<Self.count).map { "\"c\($0)\":\($0)" }.joined(separator: ",") + "}"
    try Self.check { try JSONLinesReader(MemorySource(Array("\(row)\n\(row)\n".utf8))) }
  }

  @Test func inParquet() throws {
    let elements = (0..<Self.count).map { ParquetBytes.Element(name: "c\($0)", physical: .int64) }
    let chunks = (0..<Self.count).map { column in
      let bytes = ParquetBytes.number(column, 8) + ParquetBytes.number(column, 8)
      return ParquetBytes.Chunk(pages: [ParquetBytes.Page(count: 2, bytes: bytes)])
    }
    let file = ParquetBytes(elements, [ParquetBytes.Group(rows: 2, chunks: chunks)]).file
    try Self.check { try ParquetFile.reader(file) }
  }

  private static let fields = (0..<count).map { Build.field("c\($0)", 2, [0: .int(Int32(32)), 1: .int(UInt8(1))]) }

  private static var batch: [UInt8] {
    let columns = (0..<Int32(count)).flatMap { [[], littleEndian($0) + littleEndian($0)] as [[UInt8]] }
    let nodes = [(Int, Int)](repeating: (2, 0), count: count)
    let (header, body) = Build.batch(2, nodes: nodes, buffers: columns)
    return Build.message(3, header, body: body)
  }

  @Test func inAnArrowStream() throws {
    let stream = Build.stream(Self.fields, [Self.batch])
    try Self.check { try ArrowStreamReader(MemorySource(stream)) }
  }

  @Test func inAnArrowFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Build.file(Self.fields, [Self.batch]), to: "t.arrow")
    try Self.check { try ArrowFileReader(RandomAccessFile(path: path, displayedAs: "t.arrow")) }
  }
}
