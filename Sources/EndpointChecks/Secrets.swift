internal import JSON
internal import Language

/// The texts of one endpoint that no output may show.
struct Secrets: Sendable, Hashable {
  /// What a secret is replaced by.
  static let mask = "***"

  /// The secrets as bytes, longest first, so that one within another leaves nothing of the longer one.
  private var texts: [[UInt8]] = []

  /// Every secret of a part of the config, wherever it stands in it.
  init(in node: Node? = nil) {
    if let node { collect(node) }
  }

  private mutating func collect(_ node: Node) {
    switch node.content {
    case .scalar(let text, _) where node.origin == .secret:
      for secret in node.secrets.isEmpty ? [text] : node.secrets { add(secret) }
    case .scalar: break
    case .sequence(let nodes): for node in nodes { collect(node) }
    case .mapping(let entries): for entry in entries { collect(entry.value) }
    }
  }

  /// Adds a text, and how it is written in JSON, HTML and URLs, for servers that echo what they were sent.
  mutating func add(_ text: String) {
    for text in SecretSpellings(of: text).all where !text.isEmpty && !texts.contains(Array(text.utf8)) {
      texts.append(Array(text.utf8))
    }
    texts.sort { $0.count > $1.count }
  }

  /// Adds the value of an authentication header, and its credentials without the scheme (`Bearer …`).
  mutating func add(headerValue value: String) {
    add(value)
    if let blank = value.firstIndex(of: " ") { add(String(value[value.index(after: blank)...])) }
  }

  /// Adds all those of somebody else.
  mutating func formUnion(_ other: Secrets) {
    texts += other.texts.filter { !texts.contains($0) }
    texts.sort { $0.count > $1.count }
  }

  /// Whether a text holds a secret.
  func occur(in text: String) -> Bool { mask(text) != text }

  /// The text without its secrets. Bytes are compared, because no combining character may hide a secret.
  func mask(_ text: String) -> String {
    guard !texts.isEmpty else { return text }
    return String(decoding: mask(Array(text.utf8)), as: UTF8.self)
  }

  /// The bytes without the secrets in them.
  func mask(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for text in texts { bytes = bytes.replacing(text, with: Array(Self.mask.utf8)) }
    return bytes
  }

  /// Whether a header carries credentials, by the words of its name: `X-Auth-Token`, `Ocp-Apim-Subscription-Key`.
  static func isAuthentication(header name: String) -> Bool {
    let words = name.lowercased().split { $0 == "-" || $0 == "_" }.map(String.init)
    let isKey = zip(words, words.dropFirst()).contains { keyOwners.contains($0) && $1 == "key" }
    return isKey || words.contains { credentials.contains($0) }
  }

  private static let credentials: Set<String> = [
    "authorization", "authentication", "auth", "cookie", "token", "secret", "password", "passwd", "credential",
    "credentials", "apikey", "signature",
  ]

  /// What makes a key a credential: an idempotency key is none.
  private static let keyOwners: Set<String> = [
    "api", "access", "secret", "subscription", "functions", "auth", "private",
  ]
}
