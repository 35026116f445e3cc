internal import Language

/// The address of an endpoint as the config writes it: `https://host:port/base/path`, without query or credentials.
struct EndpointURL: Sendable, Hashable, CustomStringConvertible {
  /// `http` or `https`.
  var scheme: String
  /// As written; an IPv6 address in its brackets.
  var host: String
  /// Nil for `{port}`: a free port of this machine, chosen when the endpoint is started.
  var port: UInt16?
  /// What stands before every path, without a slash at its end.
  var basePath: String

  /// What stands for the free port in an address or a command.
  static let portPlaceholder = "{port}"

  /// Why a text is no address of an endpoint.
  struct Mistake: Error {
    var headline: String
    var help: String
  }

  /// Reads an address (RFC 3986, the generic syntax of `http`).
  init(_ text: String) throws(Mistake) {
    let example = "write it like http://127.0.0.1:8080"
    guard text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value < 0x7F }) else {
      throw Mistake(headline: "the url holds a character that no URL may hold", help: example)
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasPrefix("//") else {
      throw Mistake(headline: "the url has no scheme", help: example)
    }
    scheme = parts[0].lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw Mistake(headline: "the url's scheme is neither http nor https", help: example)
    }
    let rest = parts[1].dropFirst(2)
    let authority = rest.prefix { !"/?#".contains($0) }
    var path = rest[authority.endIndex...]
    guard !path.contains(where: { "?#".contains($0) }) else {
      throw Mistake(headline: "the url has a query or a fragment", help: "write the query in the path of each request")
    }
    guard !authority.contains("@") else {
      throw Mistake(
        headline: "the url holds credentials", help: "send them in a header: headers: {Authorization: …}")
    }
    while path.last == "/" { path.removeLast() }
    basePath = String(path)
    guard !basePath.contains(Self.portPlaceholder) else {
      throw Mistake(
        headline: "{port} stands in the path of the url", help: "write it as the port: http://127.0.0.1:{port}")
    }
    (host, port) = try Self.hostAndPort(authority, defaultPort: scheme == "https" ? 443 : 80)
  }

  private static func hostAndPort(
    _ authority: Substring, defaultPort: UInt16
  ) throws(Mistake) -> (host: String, port: UInt16?) {
    let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
    let colon = authority[bracket...].lastIndex(of: ":")
    let host = authority[..<(colon ?? authority.endIndex)]
    guard !host.isEmpty, !host.contains("{") else {
      throw Mistake(headline: "the url has no host", help: "write it like http://127.0.0.1:8080")
    }
    guard let colon else { return (String(host), defaultPort) }
    let text = String(authority[authority.index(after: colon)...])
    if text == portPlaceholder { return (String(host), nil) }
    guard let port = UInt16(text), port > 0 else {
      throw Mistake(
        headline: "the url's port is not a number from 1 to 65535", help: "write it like http://127.0.0.1:8080")
    }
    return (String(host), port)
  }

  /// Whether it names this machine by its IPv4 loopback address, the one place where a started command is looked for.
  var isLoopback: Bool { host == "127.0.0.1" || host.lowercased() == "localhost" }

  /// The address of a path, which begins with a slash.
  func url(for path: String) -> String { description + path }

  /// Scheme, host and port: the part that errors name.
  var origin: String {
    var origin = self
    origin.basePath = ""
    return origin.description
  }

  var description: String {
    let usual: UInt16 = scheme == "https" ? 443 : 80
    let suffix = port == usual ? "" : ":" + (port.map { String($0) } ?? Self.portPlaceholder)
    return "\(scheme)://\(host)\(suffix)\(basePath)"
  }
}

extension Shape<EndpointURL> {
  /// An address as people write it: `http://127.0.0.1:{port}`.
  static var endpointURL: Shape {
    Shape<String>.string.map { text, node, problems in
      do throws(EndpointURL.Mistake) {
        return try EndpointURL(text)
      } catch {
        problems.report(error.headline, at: node.location, help: [error.help])
        return nil
      }
    }
  }
}
