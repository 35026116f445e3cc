import Foundation
import TestSupport
import Testing

@testable import Scan

/// Every value of Parquet files by pyarrow, DuckDB and Polars is what pyarrow reads in them, and what their statistics
/// say of the values is true.
@Suite struct ParquetAgreementTests {
  @Test func everyValueIsWhatPyarrowReads() async throws {
    let folder = try await PythonTables.write("write_parquet_tables.py")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".parquet") }
    #expect(files.count > 200)
    var statistics = StatisticsAgreement()
    for name in files.sorted() {
      let expected = try folder.text(name + ".expected").split(separator: "\n", omittingEmptySubsequences: false)
      let file = try RandomAccessFile(path: folder.path + "/" + name, displayedAs: name)
      let found = try TableRendering(try ParquetReader(file)).lines
      let difference = zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }
      if let difference {
        Issue.record("\(name), line \(difference.offset + 1): \(difference.element.1), not \(difference.element.0)")
      }
      // The expectation ends with a line break.
      #expect(found.count == expected.count - 1, "\(name)")
      // Chunks that begin in the middle of pages.
      let parts = try TableRendering(try ParquetReader(file, partRows: 37)).lines
      #expect(parts == found, "\(name) in parts")
      try statistics.compare(file)
    }
    for writer in ["pyarrow", "duckdb", "polars"] {
      #expect(statistics.known[writer] ?? 0 > 20 && statistics.bounded[writer] ?? 0 > 5, "\(writer): \(statistics)")
    }
  }
}
