internal import Language
internal import Verdict

/// `{{name}}` in a path, a header or a body: the place of a captured value.
struct CaptureReference: Sendable {
  var name: String
  var location: SourceLocation

  /// A piece of a text: what stands there, or a name in braces as it is written.
  enum Part: Equatable {
    case text(String)
    case name(String, written: String)
  }

  /// The text taken apart. Braces around anything but a name are text.
  static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    var rest = text[...]
    var plain = ""
    while let opening = rest.firstRange(of: "{{") {
      let tail = rest[opening.upperBound...]
      guard let closing = tail.firstRange(of: "}}") else { break }
      let name = tail[..<closing.lowerBound].trimmingSpaces
      plain += rest[..<opening.lowerBound]
      if isName(name) {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.name(name, written: String(rest[opening.lowerBound..<closing.upperBound])))
        rest = rest[closing.upperBound...]
      } else {
        plain += "{"
        rest = rest[rest.index(after: opening.lowerBound)...]
      }
    }
    plain += rest
    if !plain.isEmpty { parts.append(.text(plain)) }
    return parts
  }

  /// Whether any name stands in the text.
  static func areIn(_ text: String) -> Bool { !names(in: text).isEmpty }

  /// The names in a text.
  static func names(in text: String) -> [String] {
    parts(of: text).compactMap { part -> String? in
      if case .name(let name, _) = part { return name }
      return nil
    }
  }

  /// The names within a part of the config, each where its text stands.
  static func all(in node: Node?) -> [CaptureReference] {
    guard let node else { return [] }
    switch node.content {
    case .scalar(let text, _):
      return names(in: text).map { CaptureReference(name: $0, location: node.location) }
    case .sequence(let nodes): return nodes.flatMap { all(in: $0) }
    case .mapping(let entries): return entries.flatMap { all(in: $0.value) }
    }
  }

  /// A letter or `_`, then letters, digits, `_` and `-`.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var rest = drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
