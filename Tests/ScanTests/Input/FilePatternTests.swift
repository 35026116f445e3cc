import FoundationEssentials
import TestSupport
import Testing

@testable import Scan

@Suite struct FilePatternTests {
  /// The files below a folder that a pattern finds, without the folder's own path.
  private static func found(_ pattern: String, among files: [String]) throws -> [String] {
    let folder = try TemporaryFolder()
    for file in files { try folder.write("", to: file) }
    return FilePattern.files(folder.path + "/" + pattern).map { String($0.dropFirst(folder.path.count + 1)) }
  }

  @Test(
    arguments: [
      ("a.csv", ["a.csv"]), ("*.csv", ["a.csv", "b.csv"]), ("?.csv", ["a.csv", "b.csv"]),
      ("[ab].*", ["a.csv", "b.csv"]),
      ("y=1/*.csv", ["y=1/c.csv"]), ("y=*/*.csv", ["y=1/c.csv", "y=2/c.csv"]),
      ("**/*.csv", ["a.csv", "b.csv", "y=1/c.csv", "y=2/c.csv", "y=2/z/d.csv"]), ("y=2", ["y=2/c.csv", "y=2/z/d.csv"]),
      ("y=2/**", ["y=2/c.csv", "y=2/z/d.csv"]), ("*.tsv", []), ("missing.csv", ["missing.csv"]),
    ] as [(String, [String])])
  func findsWhatTheShellFinds(pattern: String, expected: [String]) throws {
    let files = [
      "a.csv", "b.csv", "y=1/c.csv", "y=2/c.csv", "y=2/z/d.csv", ".hidden.csv", "_SUCCESS", "y=1/.c.crc",
      "y=1/_log/e.csv",
    ]
    #expect(try Self.found(pattern, among: files) == expected)
  }

  /// The oracle is the search: what is found is meant, and nothing else that is there.
  @Test(arguments: [
    "a.csv", "*.csv", "[ab].*", "y=*/*.csv", "**/*.csv", "**/**/c.csv", "y=2", "y=2/**", "y=*", "**", "*/z/?.csv",
    "*.tsv",
  ])
  func whatIsFoundIsMeant(pattern: String) throws {
    let files = [
      "a.csv", "b.csv", "y=1/c.csv", "y=2/c.csv", "y=2/z/d.csv", ".hidden.csv", "_SUCCESS", "y=1/.c.crc",
      "y=1/_log/e.csv",
    ]
    let found = try Self.found(pattern, among: files)
    for file in files {
      #expect(FilePattern.means("/gone/\(file)", by: "/gone/\(pattern)") == found.contains(file), "\(file)")
    }
    #expect(!FilePattern.means("/a.csv", by: "/gone/\(pattern)"))
  }

  @Test func standardInputIsNoPattern() { #expect(FilePattern.files("-") == ["-"]) }
}
