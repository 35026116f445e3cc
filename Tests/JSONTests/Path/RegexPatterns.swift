@testable import JSON

/// The standard library's regular expressions, as a stand-in for the engine that the product injects.
struct RegexPatterns: JSONPathPatterns {
  func matches(_ text: String, pattern: String, full: Bool) -> Bool? {
    guard let regex = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return nil }
    return full ? (try? regex.wholeMatch(in: text)) != nil : (try? regex.firstMatch(in: text)) != nil
  }
}

func nodes(_ path: String, in document: JSONValue) throws -> [JSONPathNode] {
  try JSONPath(path, patterns: RegexPatterns()).nodes(in: document)
}
