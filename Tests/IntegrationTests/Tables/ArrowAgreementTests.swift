import Foundation
import TestSupport
import Testing

@testable import Scan

/// Every value of Arrow files and streams by pyarrow and Polars is what pyarrow reads in them.
@Suite struct ArrowAgreementTests {
  @Test func everyValueIsWhatPyarrowReads() async throws {
    let folder = try await PythonTables.write("write_arrow_tables.py")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".arrow") }
    let tables = files.filter { !$0.hasSuffix(".expected") }
    #expect(tables.count > 1000)
    for name in tables.sorted() {
      let expected = try folder.text(name + ".expected").split(separator: "\n", omittingEmptySubsequences: false)
      let found = try Self.lines(folder.path + "/" + name, name)
      let difference = zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }
      if let difference {
        Issue.record("\(name), line \(difference.offset + 1): \(difference.element.1), not \(difference.element.0)")
      }
      // The expectation ends with a line break.
      #expect(found.count == expected.count - 1, "\(name)")
    }
  }

  private static func lines(_ path: String, _ name: String) throws -> [String] {
    if name.hasSuffix(".arrow") {
      return try TableRendering(ArrowFileReader(RandomAccessFile(path: path, displayedAs: name))).lines
    }
    var source: any ByteSource = try FileSource(path: path, displayedAs: name)
    let first = try PeekedSource.peek(Compression.signatureBytes, of: &source)
    source = PeekedSource(first, then: source)
    if let compression = Compression.detect(first) { source = try Decompressor(source, compression) }
    return try TableRendering(ArrowStreamReader(source)).lines
  }
}
