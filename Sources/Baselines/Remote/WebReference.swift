internal import Transport

/// A baseline at a URL: `https://host/models/champion.json`.
///
/// The path's ending names the format, else the media type of the answer. The `Authorization` header is the value of
/// `CUPEL_BASELINE_AUTHORIZATION`, and is sent to no host but the one that the config names.
package struct WebReference: Sendable, Hashable {
  /// The variable that holds the whole value of the `Authorization` header.
  package static let variable = "CUPEL_BASELINE_AUTHORIZATION"

  package let url: String

  init(_ text: String) throws(BaselineError) {
    url = try Self.checked(text)
  }

  /// A URL with a host and without credentials, which belong into the environment.
  static func checked(_ text: String) throws(BaselineError) -> String {
    let rest = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    guard rest.count == 2, ["http", "https"].contains(rest[0]) else {
      throw .malformed("a URL begins with http:// or https://")
    }
    let authority = rest[1].prefix { !"/?#".contains($0) }
    guard !authority.isEmpty, !authority.hasPrefix(":") else { throw .malformed("the URL has no host") }
    guard !authority.contains("@") else { throw .malformed("the URL holds credentials, which everybody could read") }
    guard !text.contains(where: \.isWhitespace) else { throw .malformed("the URL holds white space") }
    return text
  }

  /// The URL without its query, which may hold a key.
  var name: String {
    let shown = url.prefix { $0 != "?" && $0 != "#" }
    return shown.endIndex == url.endIndex ? url : shown + "?…"
  }

  /// What the URL names below the host.
  var path: String {
    let place = url.prefix { $0 != "?" && $0 != "#" }
    let parts = place.split(separator: "/", omittingEmptySubsequences: true)
    return parts.count > 2 ? String(parts[parts.count - 1]) : ""
  }

  func fetch(
    environment: [String: String], limit: Int, timeout: Duration = .seconds(30)
  ) async throws(RemoteError) -> Baseline {
    let server = RemoteServer(
      credentials: RemoteCredentials(header: environment[Self.variable], variables: Self.variable),
      timeout: timeout, limit: limit)
    let response = try await server.exchange(
      "GET", url, accept: "application/json, application/yaml, text/csv, */*;q=0.5")
    if let error = server.error(of: response) { throw error }
    return Baseline(
      bytes: response.body, path: Self.path(path, of: response.mediaType),
      time: response.headers["Last-Modified"].flatMap { HTTPDate($0)?.seconds })
  }

  /// A path with an ending that names the format.
  private static func path(_ path: String, of mediaType: String) -> String {
    guard !["json", "yaml", "yml", "csv"].contains(path.split(separator: ".").last?.lowercased() ?? "") else {
      return path
    }
    let formats = [("json", "json"), ("yaml", "yaml"), ("csv", "csv")]
    return formats.first { mediaType.hasSuffix($0.0) }.map { path + "." + $0.1 } ?? path
  }
}
