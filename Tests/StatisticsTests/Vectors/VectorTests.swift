import Foundation
import JSON
import TestSupport
import Testing

/// Every pinned case of `fixtures/vectors/statistics*.json`, and of the folder that `CUPEL_VECTORS` names.
@Suite struct VectorTests {
  static let files: [String] = {
    let own = Repository.root + "/fixtures/vectors"
    let folders = [own] + [ProcessInfo.processInfo.environment["CUPEL_VECTORS"]].compactMap { $0 }
    return folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        .filter { $0.hasSuffix(".json") }.map { folder + "/" + $0 }
    }
  }()

  /// The cases of a file of statistics; none of one that pins metrics, which say their `family`.
  static func cases(_ path: String) throws -> [VectorCase] {
    let value = try JSONParser.parse(try String(contentsOfFile: path, encoding: .utf8), mode: .lenient)
    let cases = value["cases"]?.arrayValue ?? []
    return try cases.filter { $0["test"] != nil }.map { value in
      guard let vector = VectorCase(value) else { throw VectorProblem(description: "\(path): a case without an id") }
      return vector
    }
  }

  @Test func thePinnedFileIsThere() throws {
    let path = try #require(Self.files.first { $0.hasSuffix("fixtures/vectors/statistics.json") })
    #expect(try Self.cases(path).count == 314)
  }

  @Test(arguments: files) func everyCaseAgrees(path: String) async throws {
    for vector in try Self.cases(path) {
      for difference in try await vector.differences() { Issue.record("\(vector.id): \(difference)") }
    }
  }

  @Test func theGeneratorsMakeTheValuesOfTheFile() {
    #expect(VectorGenerator.uniform(3, 1) == [0.23645552538800985, 0.3692706738365814, 0.5042420324170962])
    #expect(VectorGenerator.normalish(3, 1) == [-1.1055668024346232, -0.2447277968749404, 0.1751134293153882])
  }
}
