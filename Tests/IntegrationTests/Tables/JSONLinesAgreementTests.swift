import Foundation
import TestSupport
import Testing

@testable import Scan

/// Every value of JSON Lines by Python, Polars and DuckDB is what Python's `json` reads in them.
@Suite struct JSONLinesAgreementTests {
  @Test func everyValueIsWhatPythonReads() async throws {
    let folder = try await PythonTables.write("write_jsonlines_tables.py")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".jsonl") }
    #expect(files.count > 30)
    for name in files.sorted() {
      let expected = try folder.text(name + ".expected").split(separator: "\n", omittingEmptySubsequences: false)
      let source = try FileSource(path: folder.path + "/" + name, displayedAs: name)
      let found = try TableRendering(JSONLinesReader(source)).lines
      let difference = zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }
      if let difference {
        Issue.record("\(name), line \(difference.offset + 1): \(difference.element.1), not \(difference.element.0)")
      }
      #expect(found.count == expected.count - 1, "\(name)")
    }
  }
}
