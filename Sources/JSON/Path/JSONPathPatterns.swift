/// The regular expressions (RFC 9485) of the functions `match` and `search`.
package protocol JSONPathPatterns: Sendable {
  /// Whether all of the text matches (`full`), or some part of it; nil when `pattern` is not a valid pattern, which makes
  /// the test false.
  func matches(_ text: String, pattern: String, full: Bool) -> Bool?
}
