/// Scheme, host and port of a URL: the part of it that is safe to show.
struct Origin: Equatable {
  /// Lower case.
  var scheme: String
  /// As libcurl normalises it; IPv6 addresses in brackets.
  var host: String
  /// Decimal, the scheme's default when the URL names none.
  var port: String

  var description: String { "\(scheme)://\(host):\(port)" }

  /// `localhost` (RFC 6761, 6.3), 127.0.0.0/8 (RFC 1122, 3.2.1.3) or ::1: never sent through a proxy.
  var isLoopback: Bool {
    if host.equalsIgnoringCase("localhost") || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
