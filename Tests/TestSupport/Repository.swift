import Foundation

/// The checkout that the tests were built from.
package enum Repository {
  /// Its root folder.
  package static let root: String = {
    let folders = #filePath.split(separator: "/").dropLast(3)
    return "/" + folders.joined(separator: "/")
  }()

  /// A file's text.
  package static func text(_ path: String) throws -> String {
    try String(contentsOf: URL(filePath: root + "/" + path), encoding: .utf8)
  }

  /// All files below a folder, as paths from the root, sorted.
  package static func files(below folder: String, suffix: String = "") -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder)) ?? []
    return names.filter { $0.hasSuffix(suffix) }.map { folder + "/" + $0 }.sorted()
  }
}
