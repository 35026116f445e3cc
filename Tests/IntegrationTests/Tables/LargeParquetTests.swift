import TestSupport
import Testing

@testable import Scan

/// Parquet files by pyarrow and DuckDB whose row groups or pages are large.
@Suite struct LargeParquetTests {
  @Test func largePagesAndRowGroupsAreRead() async throws {
    let folder = try await PythonTables.write("write_large_parquet.py")
    for name in ["equal", "page"] {
      let file = try RandomAccessFile(path: folder.path + "/\(name).parquet", displayedAs: name)
      #expect(file.size * 1024 < 80_000_000 || name == "equal")
      var scanner = Scanner(try ParquetReader(file), ScanResources(threads: 2))
      let found = try await scanner.scan([Violations.Specification(RangeTest("n", as: .integer, .integer(7, 7)))])
      let summary = (found[0] as? Violations<RangeTest>)?.summary
      #expect(summary?.evaluated == 10_000_000 && summary?.violating == 0)
    }
    for version in ["1.0", "2.0"] {
      let file = try RandomAccessFile(path: folder.path + "/nested-\(version).parquet", displayedAs: version)
      var reader = try ParquetReader(file)
      var chunks = 0
      while try reader.nextChunk(of: [0, 1]) != nil { chunks += 1 }
      #expect(chunks == 3)
      let specifications: [any AggregateSpecification] = [
        ColumnDigest.Specification("list"), Violations.Specification(ListLengthTest("list", atLeast: 0, atMost: 3)),
      ]
      var cut = Scanner(try ParquetReader(file), ScanResources(threads: 2))
      var whole = Scanner(try ParquetReader(file, partRows: 1 << 30))
      let (found, expected) = (try await cut.scan(specifications), try await whole.scan(specifications))
      let digests = [found, expected].map { ($0[0] as? ColumnDigest)?.value ?? [] }
      #expect(digests[0] == digests[1] && digests[0].count == 2)
      let lengths = (found[1] as? Violations<ListLengthTest>)?.summary
      #expect(lengths == (expected[1] as? Violations<ListLengthTest>)?.summary && lengths?.nulls == 109_091)
    }
    for name in ["pyarrow", "duckdb"] {
      let file = try RandomAccessFile(path: folder.path + "/\(name).parquet", displayedAs: name)
      var reader = try ParquetReader(file)
      var chunks = 0
      while try reader.nextChunk(of: [0]) != nil { chunks += 1 }
      // DuckDB writes a row group's column as one page.
      #expect(chunks == (name == "pyarrow" ? 4 : 1))
      var scanner = Scanner(try ParquetReader(file), ScanResources(threads: 2))
      let found = try await scanner.scan([
        Violations.Specification(RangeTest("n", as: .integer, .integer(0, 1_999_997))),
        Violations.Specification(RangeTest("m", as: .integer, .integer(0, 9))),
        Violations.Specification(LengthTest("t", atLeast: 6, atMost: 8)), DuplicateKeys.Specification(["n"]),
      ])
      let first = try #require(found[0] as? Violations<RangeTest>).summary
      #expect(first.first.map(\.place.number) == [1_999_999, 2_000_000] && first.evaluated == 2_000_000)
      let second = try #require(found[1] as? Violations<RangeTest>).summary
      #expect(second.nulls == 285_715 && second.violating == 0 && second.rows == 2_000_000)
      #expect((found[2] as? Violations<LengthTest>)?.summary.violating == 0)
      #expect((found[3] as? DuplicateKeys)?.summary.violating == 0)
    }
  }
}
