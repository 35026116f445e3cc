import Synchronization
import Testing

@testable import Scan

/// When the rows of a table are handed on.
@Suite struct RowExportTests {
  private final class Pieces: RowSink {
    let all = Mutex<[[UInt8]]>([])

    func write(_ bytes: [UInt8]) throws(ScanError) { all.withLock { $0.append(bytes) } }
  }

  private static let table = Array(("id,n\n" + (0..<200_000).map { "\($0),\($0 % 7)\n" }.joined()).utf8)

  private func pieces(blockBytes: Int, threads: Int, memory: Int = 256 << 20) async throws -> [[UInt8]] {
    let sink = Pieces()
    var export = RowExport([], to: sink)
    export.wantsViolating = false
    let reader = try CSVReader(
      ChoppedSource(Self.table, piece: .max), dialect: CSVDialect(), blockBytes: blockBytes)
    let outcome = try await export.write(
      reader, of: TableSource(path: "table.csv", displayedAs: "table.csv"),
      ScanResources(threads: threads, memory: memory))
    #expect(outcome.written == 200_000)
    return sink.all.withLock { $0 }
  }

  /// The rows of a chunk do not wait until all of it is read when those before are written.
  @Test(arguments: [1, 3])
  func aChunkIsWrittenBatchByBatch(threads: Int) async throws {
    let pieces = try await pieces(blockBytes: 8 << 20, threads: threads)
    #expect(pieces.count > 20 && pieces.allSatisfy { $0.count < 200_000 })
    #expect(Array(pieces.joined()) == Self.table)
  }

  /// Chunks that are ready before their turn wait, in memory or on disk.
  @Test(arguments: [(2, 256 << 20), (5, 256 << 20), (5, 1)])
  func chunksKeepTheirOrder(threads: Int, memory: Int) async throws {
    let pieces = try await pieces(blockBytes: 10_000, threads: threads, memory: memory)
    #expect(Array(pieces.joined()) == Self.table)
  }
}
