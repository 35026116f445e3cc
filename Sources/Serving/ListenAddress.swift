/// Where a service listens: `127.0.0.1:8080`, `[::1]:0`. Port 0 takes a free one.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// A numeric address, an IPv6 one without its brackets.
  package var host: String
  package var port: UInt16

  /// Nil for a text that is none.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    let isNumeric = host.utf8.allSatisfy { "0123456789abcdefABCDEF.:".utf8.contains($0) }
    guard !host.isEmpty, isNumeric || host == "localhost" else { return nil }
    self.host = host == "localhost" ? "127.0.0.1" : String(host)
    self.port = port
  }

  /// Whether only this machine reaches it.
  package var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }

  /// Whether a `Host` header means this machine by a name that nobody else can give it: `localhost`, or a loopback
  /// address.
  package static func isLoopback(host: String) -> Bool {
    var name = host.lowercased()[...]
    if name.hasPrefix("[") {
      name = name.dropFirst().prefix { $0 != "]" }
    } else {
      name = name.prefix { $0 != ":" }
    }
    let isNumeric = name.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
    return name == "localhost" || name == "::1" || name.hasPrefix("127.") && isNumeric
  }

  package var description: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
