import Foundation
import JSON
import TestSupport

/// Files of pinned cases: those of `fixtures/vectors`, and of the folder that `CUPEL_VECTORS` names.
package enum VectorFile {
  package static let all: [String] = {
    let own = Repository.root + "/fixtures/vectors"
    let folders = [own] + [ProcessInfo.processInfo.environment["CUPEL_VECTORS"]].compactMap { $0 }
    return folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        .filter { $0.hasSuffix(".json") }.map { folder + "/" + $0 }
    }
  }()

  /// The cases of a file that say their kind under this key: `test` for statistics, `family` for metrics.
  package static func cases(_ path: String, key: String) throws -> [VectorCase] {
    let value = try JSONParser.parse(try String(contentsOfFile: path, encoding: .utf8), mode: .lenient)
    let cases = value["cases"]?.arrayValue ?? []
    return try cases.filter { $0[key] != nil }.map { value in
      guard let vector = VectorCase(value) else { throw VectorProblem(description: "\(path): a case without an id") }
      return vector
    }
  }
}
