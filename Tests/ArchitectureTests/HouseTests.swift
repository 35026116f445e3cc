import Foundation
import TestSupport
import Testing

/// The walls of the house, read from the sources: what may import what, how long a file may be, what it is called.
@Suite struct HouseTests {
  /// Which targets, and which modules from outside, each target may import. The design's arrows, and nothing else.
  static let allowed: [String: Set<String>] = [
    "Verdict": [],
    "JSON": [],
    "Protobuf": ["JSON"],
    "XML": ["CLibXML2"],
    "Language": ["Verdict", "JSON"],
    "Config": ["Language", "Verdict", "CLibYAML", "Glibc"],
    "Scan": ["CKernels", "JSON", "Glibc", "Synchronization"],
    "Statistics": ["CNumerics", "Glibc"],
    "Metrics": ["Statistics", "Glibc", "Synchronization"],
    "Expressions": ["Scan", "Language"],
    "Planning": ["Scan"],
    "Profiles": ["Planning", "Scan", "JSON", "Verdict"],
    "DataChecks": ["Planning", "Scan", "Expressions", "JSON", "Language", "Statistics", "Verdict", "Glibc"],
    "Baselines": ["Processes", "Transport", "JSON", "Language", "Verdict", "CSQLite", "Glibc"],
    "ModelChecks": [
      "Baselines", "Expressions", "JSON", "Language", "Metrics", "Planning", "Scan", "Statistics", "Verdict",
    ],
    "Transport": ["CCurl", "Dispatch", "Glibc", "Synchronization"],
    "Processes": ["Subprocess", "SystemPackage", "Dispatch", "Glibc", "Synchronization"],
    "EndpointChecks": [
      "Transport", "Processes", "Protobuf", "Scan", "JSON", "Language", "Statistics", "Verdict", "Synchronization",
    ],
    "Reports": ["XML", "JSON", "Verdict", "Glibc"],
    "Serving": ["CMicroHTTPD"],
    "SampleEndpoint": [
      "ArgumentParser", "FlyingFox", "FlyingSocks", "Foundation", "FoundationEssentials", "Dispatch", "Glibc",
      "Synchronization",
    ],
    "cupel": [
      "Baselines", "Config", "Language", "DataChecks", "ModelChecks", "EndpointChecks", "Expressions", "Planning",
      "Metrics", "Profiles", "Scan", "Serving", "Statistics", "Reports", "JSON", "Verdict", "ArgumentParser",
      "Dispatch",
      "Glibc", "Synchronization",
    ],
  ]

  static let sources = Repository.files(below: "Sources", suffix: ".swift")

  /// The target that a source file belongs to.
  static func target(of path: String) -> String { String(path.split(separator: "/")[1]) }

  /// Lines with what is no code cut off, as far as a reader of lines can tell.
  static func code(_ path: String) throws -> [Substring] {
    try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let trimmed = line.drop { $0 == " " }
      return trimmed.hasPrefix("//") ? "" : line
    }
  }

  @Test func everyTargetIsInTheTable() {
    #expect(Set(Self.sources.map(Self.target)) == Set(Self.allowed.keys))
  }

  @Test(arguments: allowed.keys.sorted())
  func importsFollowTheArrows(target: String) throws {
    for path in Self.sources where Self.target(of: path) == target {
      for line in try Self.code(path) {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index <= 1, words.count > index + 1 else { continue }
        let module = String(words[words.count - 1].split(separator: ".")[0])
        #expect(Self.allowed[target, default: []].contains(module), "\(path) imports \(module)")
        #expect(index == 1, "\(path): the import of \(module) has no access level")
      }
    }
  }

  @Test func noFileIsLongerThan400Lines() throws {
    let files = Self.sources + Repository.files(below: "Tests", suffix: ".swift")
    for path in files where !path.contains("/Generated/") {
      let lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= 400, "\(path) has \(lines) lines")
    }
  }

  /// A newcomer finds a type by the name of its file; `Type+Concern.swift` extends it.
  @Test func filesAreNamedAfterWhatTheyDeclare() throws {
    for path in Self.sources {
      let file = String(path.split(separator: "/").last ?? "").replacingOccurrences(of: ".swift", with: "")
      let name = String(file.split(separator: "+")[0])
      let text = try Self.code(path).joined(separator: "\n").lowercased()
      let declares = ["struct", "class", "enum", "protocol", "extension", "func", "actor", "typealias"].contains {
        text.contains("\($0) \(name.lowercased())") || text.contains("\($0) is\(name.lowercased())")
      }
      let isGroup = ["ScalarShapes", "ObjectShape", "BoundShape"].contains(file)
      #expect(declares || isGroup, "\(path) declares nothing that is called \(name)")
    }
  }

  @Test func noRoomIsCalledUtils() {
    for path in Self.sources {
      for word in ["Utils", "Helpers", "Manager", "Misc", "Common"] {
        #expect(!path.contains(word), "\(path)")
      }
    }
  }

  /// Only the command prints, ends the process, or changes the environment.
  @Test func librariesNeitherPrintNorExit() throws {
    for path in Self.sources where !["cupel", "SampleEndpoint"].contains(Self.target(of: path)) {
      for (number, line) in try Self.code(path).enumerated() where !line.contains("case ") {
        for call in ["print(", "exit(", "fatalError(", "setenv("] {
          let parts = line.components(separatedBy: call)
          let isCall = parts.dropLast().contains { !($0.last?.isLetter ?? false) && $0.last != "." && $0.last != "_" }
          #expect(!isCall, "\(path):\(number + 1) calls \(call)…)")
        }
        #expect(!line.contains("try!"), "\(path):\(number + 1) uses try!")
      }
    }
  }

  /// Unsafe memory and unchecked promises stand only where a line says why they are safe.
  @Test func unsafeCodeSaysWhyItIsSafe() throws {
    let words = ["Unsafe", "withUnsafe", "nonisolated(unsafe)", "@unchecked Sendable", "unsafeBitCast"]
    for path in Self.sources where Self.target(of: path) != "SampleEndpoint" {
      let code = try Self.code(path).joined(separator: "\n")
      guard words.contains(where: code.contains) else { continue }
      #expect(
        try Repository.text(path).lowercased().contains("safe because"), "\(path) has unsafe code without a reason")
    }
  }

  @Test func foundationStaysOutOfTheScan() throws {
    for path in Self.sources where Self.target(of: path) == "Scan" {
      #expect(!(try Repository.text(path).contains("import Foundation")), "\(path)")
    }
  }
}
