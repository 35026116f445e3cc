import Testing

@testable import Scan

@Suite struct TableFileTests {
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
