internal import JSON
internal import Language
internal import Scan

/// What is claimed about one text: a header, a body, a string in JSON.
enum TextClaim: Sendable {
  case equals(String)
  case matches(Pattern)
  case search(Pattern)
  case contains(String)
  case startsWith(String)
  case endsWith(String)

  /// What must be, in words that follow "must".
  var limit: String {
    switch self {
    case .equals(let text): "be \"\(text)\""
    case .matches(let pattern): "match \(pattern.text)"
    case .search(let pattern): "hold a match of \(pattern.text)"
    case .contains(let text): "contain \"\(text)\""
    case .startsWith(let text): "start with \"\(text)\""
    case .endsWith(let text): "end with \"\(text)\""
    }
  }

  /// Bytes are compared, not characters: `é` in one and in two code points differ.
  func accepts(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return switch self {
    case .equals(let wanted): bytes == Array(wanted.utf8)
    case .matches(let pattern): pattern.matches(text)
    case .search(let pattern): pattern.matches(text, full: false)
    case .contains(let part): bytes.firstRange(of: Array(part.utf8)) != nil
    case .startsWith(let beginning): bytes.starts(with: beginning.utf8)
    case .endsWith(let ending): bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }
  }

  /// The claim with the captured values in its texts.
  func filled(with captures: Captures) -> TextClaim {
    switch self {
    case .equals(let text): .equals(captures.fill(text))
    case .contains(let text): .contains(captures.fill(text))
    case .startsWith(let text): .startsWith(captures.fill(text))
    case .endsWith(let text): .endsWith(captures.fill(text))
    case .matches, .search: self
    }
  }

  /// How claims are written beside each other; `add` takes each one found. `equals` is left to whoever has a form of
  /// its own for it.
  static func keys<Root>(_ add: @escaping (TextClaim, Node.Entry, inout Root) -> Void) -> [Key<Root>] {
    [
      .each("matches", .pattern, "A pattern in RE2 syntax that the whole text matches.") { add(.matches($0), $1, &$2) },
      .each("search", .pattern, "A pattern in RE2 syntax that some part of the text matches.") {
        add(.search($0), $1, &$2)
      },
      .each("contains", Shape<String>.name, "A part of the text.") { add(.contains($0), $1, &$2) },
      .each("starts_with", Shape<String>.name, "How the text begins.") { add(.startsWith($0), $1, &$2) },
      .each("ends_with", Shape<String>.name, "How the text ends.") { add(.endsWith($0), $1, &$2) },
    ]
  }
}
