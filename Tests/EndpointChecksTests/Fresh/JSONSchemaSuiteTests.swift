import Foundation
import TestSupport
import Testing

@testable import JSON
@testable import Scan

/// The standard's own test suite (draft 2020-12), as the source distribution of PyPI's `jsonschema` carries it. Without
/// PyPI this fails and says so.
@Suite struct JSONSchemaSuiteTests {
  private static let version = "jsonschema==4.26.0"

  /// What is not supported, said so by an error when the schema is read: none of it is ever judged wrongly.
  private static let skippedFiles: Set<String> = [
    "anchor.json", "dynamicRef.json", "refRemote.json", "vocabulary.json",
  ]

  /// Formats that are refused by name.
  private static let skippedFormats: Set<String> = [
    "ecmascript-regex.json", "idn-email.json", "idn-hostname.json", "iri.json", "iri-reference.json",
    "uri-template.json",
    "unknown.json",
  ]

  /// Groups of other files that need the same: references by `$id` or `$anchor`, and schemas from elsewhere. And one that
  /// nothing can satisfy, which is an error here like every impossible bound.
  private static let skippedGroups: Set<String> = [
    "minContains.json: maxContains < minContains",
    "defs.json: validate definition against metaschema",
    "ref.json: remote ref, containing refs itself",
    "ref.json: Recursive references between schemas",
    "ref.json: refs with relative uris and defs",
    "ref.json: relative refs with absolute uris and defs",
    "ref.json: $id must be resolved against nearest parent, not just immediate parent",
    "ref.json: order of evaluation: $id and $ref",
    "ref.json: order of evaluation: $id and $anchor and $ref",
    "ref.json: simple URN base URI with $ref via the URN",
    "ref.json: URN base URI with URN and JSON pointer ref",
    "ref.json: URN base URI with URN and anchor ref",
    "ref.json: URN ref with nested pointer ref",
    "ref.json: ref to if",
    "ref.json: ref to then",
    "ref.json: ref to else",
    "ref.json: ref with absolute-path-reference",
    "unevaluatedItems.json: unevaluatedItems with $dynamicRef",
    "unevaluatedProperties.json: unevaluatedProperties with $dynamicRef",
  ]

  private static func suite() async throws -> String {
    let folder = CupelBinary.folder + "/json-schema-suite"
    let tests = folder + "/tests"
    guard !FileManager.default.fileExists(atPath: tests) else { return tests }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let installer = try await PythonEnvironment.installer()
    let script =
      "'\(installer)/bin/pip' download --quiet --no-binary jsonschema --no-deps \(version) --dest '\(folder)' && "
      + "tar --extract --gzip --strip-components 3 --directory '\(folder)' --file '\(folder)'/jsonschema-*.tar.gz "
      + "--wildcards 'jsonschema-*/json/tests/draft2020-12' && mv '\(folder)/draft2020-12' '\(tests)'"
    let made = try await CupelBinary.command(["sh", "-c", script], in: "/tmp", timeout: .seconds(300))
    guard made.exitCode == 0 else {
      throw Unavailable(description: "the suite of \(version) could not be had from PyPI: \(made.error)")
    }
    return tests
  }

  private struct Unavailable: Error, CustomStringConvertible { let description: String }

  /// RE2 as the product uses it.
  private static func schema(_ document: JSONValue, judgesFormats: Bool) throws(JSONSchemaError) -> JSONSchema {
    try JSONSchema(document, judgesFormats: judgesFormats) { pattern in
      (try? Pattern(pattern)).map { pattern in { pattern.matches($0, full: false) } }
    }
  }

  @Test func everySupportedCaseIsJudgedAsTheStandardSays() async throws {
    try await judge(below: "", skipping: Self.skippedFiles, judgesFormats: false, atLeast: 1000)
  }

  @Test func everySupportedFormatIsJudgedAsTheStandardSays() async throws {
    try await judge(below: "/optional/format", skipping: Self.skippedFormats, judgesFormats: true, atLeast: 300)
  }

  private func judge(
    below folder: String, skipping skipped: Set<String>, judgesFormats: Bool, atLeast minimum: Int
  ) async throws {
    let path = try await Self.suite() + folder
    let files = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }.sorted()
    var count = 0
    var refused: Set<String> = []
    for file in files where !skipped.contains(file) {
      let text = try String(contentsOfFile: path + "/" + file, encoding: .utf8)
      for group in try #require(try JSONParser.parse(text).arrayValue) {
        let name = "\(file): \(group["description"]?.stringValue ?? "")"
        let document = try #require(group["schema"])
        let schema: JSONSchema
        do {
          schema = try Self.schema(document, judgesFormats: judgesFormats)
        } catch {
          refused.insert(name)
          #expect(Self.skippedGroups.contains(name), "\(name) is refused: \(error.pointer): \(error.reason)")
          continue
        }
        for test in group["tests"]?.arrayValue ?? [] {
          let words = "\(name): \(test["description"]?.stringValue ?? "")"
          guard let data = test["data"] else { continue }
          let isValid = try #require(test["valid"]?.boolValue as Bool?)
          #expect(schema.accepts(data) == isValid, "\(words): \(data)")
          #expect((schema.violation(of: data) == nil) == isValid, "\(words)")
          count += 1
        }
      }
    }
    #expect(count >= minimum, "only \(count) cases were found")
    // What is listed as refused is refused: a list that is out of date would hide cases.
    if folder.isEmpty { #expect(refused == Self.skippedGroups) }
  }
}
