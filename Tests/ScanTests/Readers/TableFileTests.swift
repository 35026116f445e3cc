import FoundationEssentials
import Testing

@testable import Scan

@Suite struct TableFileTests {
  /// The first bytes of text decide, a byte order mark aside; where they do not, the name does.
  @Test(
    arguments: [
      ("{\"a\":1}\n", "x", true), ("\u{FEFF}{\"a\":1}\n", "x", true), ("\u{FEFF} {\"a\":1}\n", "x.txt", true),
      ("{\"a\":1}\n", "x.csv", false), ("a,b\n1,2\n", "x", false),
    ] as [(String, String, Bool)])
  func knowsJSONLines(text: String, name: String, isJSON: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cupel-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    let reader = try TableFile(path: file.path(), displayedAs: name).open(TableOptions())
    #expect((reader is JSONLinesReader) == isJSON)
  }

  @Test func aFileOfJSONLinesByItsNameIsNoCSV() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "cupel-\(UUID().uuidString).jsonl")
    try Data("null\n1\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(throws: ScanError.self) { try TableFile(path: file.path(), displayedAs: "a.jsonl").open(TableOptions()) }
  }

  /// A folder's name says nothing about the files in it.
  @Test(
    arguments: [
      ("a.tsv", true), ("A.TSV", true), ("d/a.tsv.gz", true), ("a.tsv.zst", true), ("a.tsv/part-0", false),
      ("a.tsv.bak", false), ("tsv", false),
    ] as [(String, Bool)])
  func goesByItsOwnName(name: String, isNamed: Bool) {
    #expect(TableFile(path: name, displayedAs: name).isNamed(".tsv") == isNamed)
  }
}
