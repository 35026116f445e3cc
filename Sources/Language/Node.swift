package import Verdict

/// A value of a config file with the place where it stands.
///
/// The reader of a syntax (YAML) makes the tree; ``Shape`` decodes it. Scalars stay text until a shape says what
/// they are, so that `NO` is a country where a string is expected and an error where a boolean is.
package struct Node: Sendable, Hashable {
  package var content: Content
  package var location: SourceLocation
  package var origin: Origin
  /// The secrets in the text of a scalar whose origin is one; none when the whole text is.
  package var secrets: [String] = []

  package init(_ content: Content, at location: SourceLocation, origin: Origin = .file) {
    self.content = content
    self.location = location
    self.origin = origin
  }

  /// Where the text of a scalar comes from.
  package enum Origin: Sendable, Hashable {
    /// It stands in the file as it is.
    case file
    /// At least a part comes from the environment. Such text is data, never a missing value.
    case environment
    /// At least a part is a secret, so no message may show the text.
    case secret
    /// It could not be had, which is reported already: decoding gives nothing and says nothing more.
    case unavailable
  }

  package enum Content: Sendable, Hashable {
    /// A scalar's text after interpolation. A quoted scalar is always a string, never null, number or boolean.
    case scalar(String, quoted: Bool)
    case sequence([Node])
    case mapping([Entry])
  }

  /// One `key: value` of a mapping.
  package struct Entry: Sendable, Hashable {
    package var key: String
    package var keyLocation: SourceLocation
    package var value: Node

    package init(key: String, keyLocation: SourceLocation, value: Node) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }

  /// An empty or `null` scalar: the key stands there without a value.
  package var isNull: Bool {
    guard origin == .file, case .scalar(let text, quoted: false) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What the node is, for messages: `a list`, `a mapping`, `"abc"`, `a secret`.
  package var kind: String {
    switch content {
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .scalar(let text, _):
      if origin == .secret { return "a secret" }
      if isNull { return "nothing" }
      return "\"\(text.count > 40 ? text.prefix(40) + "…" : text[...])\""
    }
  }

  /// The entry with that key in a mapping; the first when there are several.
  package subscript(key key: String) -> Entry? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }
  }
}

/// A decoded value with the place where it was written.
package struct Located<Value> {
  package var value: Value
  package var location: SourceLocation

  package init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
