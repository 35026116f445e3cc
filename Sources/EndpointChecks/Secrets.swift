internal import JSON
internal import Language
internal import Scan
internal import Transport

/// The texts of one endpoint that no output may show.
struct Secrets: Sendable, Hashable {
  /// What a secret is replaced by.
  static let mask = "***"

  /// The secrets, longest first, so that one within another leaves nothing of the longer one.
  private var patterns: [SecretPattern] = []

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

  /// Adds a text, however a server may write it that echoes what it was sent.
  mutating func add(_ text: String) {
    guard !text.isEmpty, !patterns.contains(where: { $0.text.utf8.elementsEqual(text.utf8) }) else { return }
    patterns.append(SecretPattern(text))
    sort()
  }

  private mutating func sort() { patterns.sort { $0.text.utf8.count > $1.text.utf8.count } }

  /// Adds the value of an authentication header, and its credentials without the scheme (`Bearer …`).
  mutating func add(headerValue value: String) {
    add(value)
    if let blank = value.firstIndex(of: " ") { add(String(value[value.index(after: blank)...])) }
  }

  /// Adds what the address of a proxy says of who asks, in each form in which it is sent and echoed.
  mutating func add(proxy address: String) {
    guard let end = address.lastIndex(of: "@") else { return }
    let head = address[..<end]
    let start = head.firstRange(of: "://")?.upperBound ?? head.startIndex
    let parts = head[start...].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let (user, password) = (parts[0].percentDecoded, parts.count > 1 ? parts[1].percentDecoded : "")
    add(address)
    add("\(user):\(password)".base64)
    // Who has no password has a token for a name.
    for text in parts.count > 1 ? [String(parts[1]), password] : [String(parts[0]), user] { add(text) }
  }

  /// Adds what is nearly one of them, and tells it: what is sent where wrong credentials are tried.
  mutating func addNearMisses() {
    for text in patterns.map(\.text) { addNearMisses(of: text) }
  }

  /// With a scheme before it, as in `Bearer …`, the rest alone is made wrong.
  mutating func addNearMisses(of text: String) {
    let credential = text.firstIndex(of: " ").map { String(text[text.index(after: $0)...]) }
    for text in [text, credential].compactMap({ $0 }) {
      for falsification in Falsification.nearMisses { if let wrong = falsification.wrong(for: text) { add(wrong) } }
    }
  }

  /// Adds what may be a credential in a reply of which nobody knows where it has one: of JSON the values, whose names tell
  /// where to look, else the words. Shorter ones are no credentials.
  mutating func addSuspects(of reply: Reply) {
    let values: [String]
    if case .success(let document) = reply.document {
      values = document.leaves().map(\.value.captured)
    } else {
      values = reply.response.body.split { !Self.isOfWords($0) }.map { String(decoding: $0, as: UTF8.self) }
    }
    // Of very many the longest: a credential is rarely short.
    let suspects = values.filter { $0.utf8.count >= Self.shortestSuspect }.sorted { $0.utf8.count > $1.utf8.count }
    for value in suspects.prefix(Self.suspectLimit) { add(value) }
  }

  private static let shortestSuspect = 8
  private static let suspectLimit = 1000

  /// Whether a byte may be part of a token, encoded in whichever way.
  private static func isOfWords(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._~+/%".utf8.contains(byte)
  }

  /// Adds all those of somebody else.
  mutating func formUnion(_ other: Secrets) {
    for pattern in other.patterns { add(pattern.text) }
  }

  /// Whether a text holds a secret.
  func occur(in text: String) -> Bool { mask(text) != text }

  /// The text without its secrets. Bytes are compared, because no combining character may hide a secret.
  func mask(_ text: String) -> String {
    guard !patterns.isEmpty else { return text }
    return String(decoding: mask(Array(text.utf8)), as: UTF8.self)
  }

  /// The bytes without the secrets in them.
  func mask(_ bytes: [UInt8]) -> [UInt8] {
    patterns.reduce(bytes) { $1.replaced(in: $0, by: Array(Self.mask.utf8)) }
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
