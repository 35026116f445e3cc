extension HTTPResponse {
  /// How long the server asks to wait before the next request (RFC 9110, 10.2.3): seconds, or a date, which is held
  /// against the server's own clock. Nil when it asks for nothing, or in words that nobody understands.
  package var retryAfter: Duration? {
    guard let text = headers["Retry-After"] else { return nil }
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int64(text).map { .seconds($0) } }
    guard let end = HTTPDate(text), let now = headers["Date"].flatMap({ HTTPDate($0) }) else { return nil }
    return .seconds(max(0, end.seconds - now.seconds))
  }
}
