import Config
import Foundation
import Language
import Testing
import Verdict

/// A folder of its own for one test.
final class TemporaryFolder {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cupel-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = try #require(realpath(folder.path, nil).map { String(cString: $0) })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8] = Array("version: 1\n".utf8)) throws -> String {
    let file = path + "/" + name
    let url = URL(fileURLWithPath: file)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return file
  }

  @discardableResult
  func folder(_ name: String) throws -> String {
    let folder = path + "/" + name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }
}

@Suite struct FileTests {
  private func problems(_ path: String, namedAt reference: Verdict.SourceLocation? = nil) -> [Diagnostic] {
    var problems = Problems()
    let file = ConfigReader.read(
      path, displayedAs: "cupel.yaml", namedAt: reference, environment: [:], problems: &problems)
    #expect((file == nil) == !problems.isEmpty)
    return problems.diagnostics
  }

  @Test func aFileIsRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("cupel.yaml", Array("version: ${V}\n".utf8))
    var problems = Problems()
    let file = ConfigReader.read(path, displayedAs: "x.yaml", environment: ["V": "1"], problems: &problems)
    #expect(outline(file?.root) == "{version: 1}")
    #expect(file?.directory == folder.path)
    #expect(file?.root.location.file == "x.yaml")
  }

  @Test func missingFilesSayHowToWriteOne() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path + "/none.yaml", try folder.write("a") + "/b", "a\0b"] {
      let diagnostics = problems(path)
      #expect(diagnostics.map(\.headline) == ["there is no file cupel.yaml"])
      #expect(diagnostics.first?.help.first?.contains("cupel init DATA") == true)
    }
    let reference = Verdict.SourceLocation(file: "cupel.yaml", line: 3, column: 7)
    let diagnostic = problems(folder.path + "/none.yaml", namedAt: reference).first
    #expect(diagnostic?.location == reference)
    #expect(diagnostic?.help.first?.contains("init") == false)
  }

  @Test func whatIsNoSmallTextFileIsRefused() throws {
    let folder = try TemporaryFolder()
    #expect(problems(folder.path).map(\.headline) == ["cupel.yaml is a folder"])
    let large = try folder.write("large", [UInt8](repeating: 0x23, count: 1_000_001))
    #expect(problems(large).map(\.headline) == ["cupel.yaml is larger than 1 MB"])
    #expect(problems("/dev/zero").map(\.headline) == ["cupel.yaml is larger than 1 MB"])
    let binary = try folder.write("binary", [0x7F, 0x45, 0x4C, 0x46, 0, 1])
    #expect(problems(binary).map(\.headline) == ["cupel.yaml is not a text file"])
    let wide = try folder.write("wide", [0xFF, 0xFE, 0x61, 0])
    #expect(problems(wide).map(\.headline) == ["cupel.yaml is written in UTF-16"])
    #expect(problems("/dev/null").map(\.headline) == ["cupel.yaml is empty"])
    #expect(
      problems(String(repeating: "x", count: 100_000)).first?.headline.hasPrefix("cupel.yaml cannot be read: ") == true)
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything")) func forbiddenFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("cupel.yaml")
    #expect(chmod(path, 0) == 0)
    #expect(problems(path).map(\.headline) == ["cupel.yaml may not be read"])
  }

  @Test(arguments: [
    ([0x61, 0x3A, 0x20, 0xFF], "1:4"), ([0x61, 0x0A, 0xC3, 0xA4, 0x62, 0xC3, 0x28], "2:3"),
    ([0xEF, 0xBB, 0xBF, 0x61, 0x80], "1:2"), ([0xED, 0xA0, 0x80], "1:1"),
    ([0x61, 0xEF, 0xBF, 0xBD, 0xC0, 0x80], "1:3"),
    ([0x61, 0xF0, 0x9F], "1:2"), ([0x61, 0xEF, 0x28], "1:2"),
  ])
  func invalidUTF8HasAPlace(bytes: [UInt8], place: String) {
    let (file, diagnostics) = read(bytes: bytes)
    #expect(file == nil)
    #expect(diagnostics.map(\.headline) == ["cupel.yaml is not valid UTF-8"])
    #expect(diagnostics.first?.location.map { "\($0.line):\($0.column)" } == place)
  }

  @Test func controlCharactersHaveAPlace() {
    expectProblems("a: b①\u{1B}[31m", "① this line holds the invisible character U+001B")
    expectProblems("a: 1\n# ①\u{7F}", "① this line holds the invisible character U+007F")
    // To libyaml these end a line and with it a comment; to editors they do not.
    expectProblems("a: 1 # ①\u{2028}b: 2", "① this line holds the invisible character U+2028")
    expectProblems("a: 1 # ①\u{85}b: 2", "① this line holds the invisible character U+0085")
    expectProblems("a: ①\"x\\0y\"", "① this text holds a NUL character")
  }
}

@Suite struct DiscoveryTests {
  @Test func theNearestConfigAboveIsFound() throws {
    let folder = try TemporaryFolder()
    try folder.folder(".git")
    let top = try folder.write("cupel.yaml")
    let deep = try folder.folder("a/b/c/d")
    #expect(ConfigDiscovery.find(from: folder.path) == .init(path: top, displayName: "cupel.yaml"))
    #expect(ConfigDiscovery.find(from: folder.path + "/a")?.displayName == "../cupel.yaml")
    #expect(ConfigDiscovery.find(from: folder.path + "/a/b")?.displayName == "../../cupel.yaml")
    #expect(ConfigDiscovery.find(from: deep) == .init(path: top, displayName: top))
    let near = try folder.write("a/b/cupel.yaml")
    #expect(ConfigDiscovery.find(from: deep) == .init(path: near, displayName: "../../cupel.yaml"))
    #expect(ConfigDiscovery.find(from: deep + "/../..")?.displayName == "cupel.yaml")
  }

  @Test func theSearchStopsAtTheRepository() throws {
    let folder = try TemporaryFolder()
    try folder.write("cupel.yaml")
    try folder.folder("repository/.git")
    let inner = try folder.folder("repository/src")
    #expect(ConfigDiscovery.find(from: inner) == nil)
    // A worktree and a submodule have a file in its place.
    try folder.write("worktree/.git", Array("gitdir: x".utf8))
    #expect(ConfigDiscovery.find(from: folder.path + "/worktree") == nil)
    #expect(ConfigDiscovery.find(from: folder.path + "/none") == nil)
    #expect(ConfigDiscovery.missing.help.first?.contains("cupel init DATA") == true)
  }
}

@Suite struct PathTests {
  @Test(arguments: [
    ("data/x.csv", "cupel.yaml", "data/x.csv"), ("data/x.csv", "/p/cupel.yaml", "/p/data/x.csv"),
    ("x.csv", "rules/flights.yaml", "rules/x.csv"), ("../x.csv", "rules/flights.yaml", "rules/../x.csv"),
    ("./x.csv", "rules/flights.yaml", "rules/x.csv"), (".//x.csv", "a/b", "a/x.csv"),
    ("/x.csv", "/p/cupel.yaml", "/x.csv"),
    ("-", "/p/cupel.yaml", "-"), ("x", "/cupel.yaml", "/x"), ("x", "-", "x"), ("x", "../cupel.yaml", "../x"),
    ("", "a/b", ""),
  ])
  func pathsBeginAtTheFileThatNamesThem(path: String, file: String, expected: String) {
    #expect(ConfigPath.resolve(path, against: file) == expected)
  }
}
