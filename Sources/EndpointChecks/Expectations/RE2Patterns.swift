internal import JSON
internal import Scan
internal import Synchronization

/// The regular expressions of JSONPath filters, run by RE2: linear time on whatever a server sends.
final class RE2Patterns: JSONPathPatterns {
  static let shared = RE2Patterns()

  /// Filters ask with the same few patterns again and again; a document can bring any number of its own.
  private static let maximumCached = 64
  private let compiled = Mutex<[String: Pattern?]>([:])

  func matches(_ text: String, pattern: String, full: Bool) -> Bool? {
    compiled.withLock { compiled -> Pattern? in
      if let known = compiled[pattern] { return known }
      let new = try? Pattern(Self.expression(pattern))
      if compiled.count >= Self.maximumCached { compiled.removeAll() }
      compiled[pattern] = .some(new)
      return new
    }?.matches(text, full: full)
  }

  /// An I-Regexp (RFC 9485) for RE2: there a dot is neither of the two line ends, in RE2 it is only no line feed. What
  /// RE2 knows besides, such as `\d`, is taken as RE2 has it.
  static func expression(_ pattern: String) -> String {
    var result = ""
    var isInClass = false
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      switch scalar {
      case _ where isEscaped: isEscaped = false
      case "\\": isEscaped = true
      case "[": isInClass = true
      case "]": isInClass = false
      case "." where !isInClass:
        result += #"[^\n\r]"#
        continue
      default: break
      }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
