/// What of a URL nobody should read: the credentials before its host, and the values of parameters such as `token`.
///
/// They stand in the file, and so they are known to whoever may read it; reports go further.
enum URLSecrets {
  static func all(in text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: ":")), let scheme = text.firstRange(of: "://") else { return [] }
    let rest = text[scheme.upperBound...]
    var secrets: [String] = []
    let authority = rest.prefix { !"/?#".contains($0) }
    // With the sign behind it: a name alone may stand anywhere.
    if let end = authority.lastIndex(of: "@"), end > authority.startIndex { secrets.append(String(authority[...end])) }
    guard let query = rest.firstIndex(of: "?") else { return secrets }
    for parameter in rest[rest.index(after: query)...].prefix(while: { $0 != "#" }).split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, isSecret(parts[0].lowercased()) else { continue }
      secrets.append(String(parts[1]))
    }
    return secrets
  }

  private static func isSecret(_ parameter: String) -> Bool {
    ["token", "key", "secret", "password", "passwd", "pwd", "auth", "signature", "credential"]
      .contains { parameter.hasSuffix($0) } || parameter == "sig"
  }
}
