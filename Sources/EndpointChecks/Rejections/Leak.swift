internal import JSON
internal import Scan
internal import Transport

/// What a reply tells of the inside of a server: a traceback, the path of a file, a page of a debugger.
struct Leak: Sendable {
  /// `a Python traceback`
  var what: String
  /// The text that gives it away.
  var text: String

  /// Where servers and their models are kept. The path of a URL may hold such a name as well, but not at its beginning.
  private static let roots =
    "home|root|usr|opt|var|srv|mnt|app|tmp|Users|site-packages|workspace|models?|code|data|src|build|etc|repo"

  private static let signs: [(what: String, pattern: String)] = [
    ("a Python traceback", #"Traceback \(most recent call last\)|File "[^"\n]+", line [0-9]+"#),
    (
      "a stack trace",
      #""stack_?[tT]race"\s*:\s*"[^"]|(?:^|\n)\s*at [^\n(]*\([^()\n]+:[0-9]+\)|(?:^|\n)\s*at [^\s()]+:[0-9]+:[0-9]+"#
        + #"|\bgoroutine [0-9]+ \[[a-z]|\bin [^\n]+\.cs:line [0-9]+|Exception in thread ""#
    ),
    ("a panic", #"panicked at [^\n]+:[0-9]+|panic: [^\n]+"#),
    ("the path of a file", #"(?:^|[^\w./:-])/(?:\#(roots))/(?:[\w.\-]+/)*[\w.\-]+\.\w{1,12}\b"#),
    ("the path of a file", #"(?:^|[^\w./:-])/opt/ml/(?:model|code|processing)\b"#),
    ("the path of a file", #"\bfile:///?[\w.~%\-]+(?:/[\w.~%\-]+)+"#),
    ("the path of a file", #"(?:^|[^\w\\:])\\\\+[\w.\-]{2,}(?:\\+[\w$.\- ]+)+\.\w{1,12}\b"#),
    (
      "a line of source code",
      #"(?:^|[^\w./:\-])(?:[\w.\-]+/)*[\w\-]+\.(?:py|pyx|js|ts|java|kt|scala|go|rs|rb|cs|swift|cc|cpp|cu):[0-9]+\b"#
    ),
    ("the path of a file", #"\b[A-Z]:\\+(?:[\w .\-]+\\+)+[\w.\-]+\.\w{1,12}\b"#),
  ]

  /// As much of a body is looked through.
  private static let searchedBytes = 1 << 20

  /// Where a server may well name a path: one of its own addresses.
  private static let addresses: Set<String> = ["location", "content-location", "link", "set-cookie", "refresh"]

  /// The first that a response gives away, in its body or in its header.
  init?(in response: HTTPResponse) {
    if let leak = Leak(in: response.body) {
      self = leak
      return
    }
    let fields = (response.headers.fields + response.trailers.fields).filter {
      !Self.addresses.contains($0.name.lowercased())
    }
    guard var leak = Leak(among: fields.map(\.value)) else { return nil }
    if let field = fields.first(where: { $0.value.contains(leak.text) }) { leak.text = "\(field.name): \(leak.text)" }
    self = leak
  }

  /// The first that a body gives away, as it stands or in the texts that its JSON holds; nil for nothing.
  init?(in body: [UInt8]) {
    let start = Array(body.prefix(Self.searchedBytes))
    let document = try? JSONParser.parse(start, mode: .lenient, limits: JSONLimits(maximumDepth: 128))
    // In JSON a quote, a backslash and the end of a line are written otherwise.
    self.init(among: [String(decoding: start, as: UTF8.self)] + (document?.texts(within: 2) ?? []))
  }

  private init?(among texts: [String]) {
    for (what, pattern) in Self.signs {
      guard let search = try? Pattern("(?s).*(?:\(pattern)).*"),
        let text = texts.first(where: { search.matches($0) })
      else { continue }
      self.what = what
      self.text = Self.line(of: pattern, in: text)
      return
    }
    return nil
  }

  /// The first line that has the sign, or the beginning of the text when it spans several.
  private static func line(of pattern: String, in text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let search = try? Pattern("(?s).*(?:\(pattern)).*") else { return "" }
    let line = lines.first { search.matches(String($0)) } ?? lines.first ?? ""
    return String(line.drop { $0 == " " })
  }
}

extension JSONValue {
  /// All texts in a document, in its order, and those of documents that stand in a text, so many deep.
  fileprivate func texts(within depth: Int) -> [String] {
    switch self {
    case .string(let text):
      guard depth > 0, text.contains("\""), let inner = try? JSONParser.parse(text), inner.kind != "string" else {
        return [text]
      }
      return [text] + inner.texts(within: depth - 1)
    case .array(let elements): return elements.flatMap { $0.texts(within: depth) }
    case .object(let object): return object.members.flatMap { $0.value.texts(within: depth) }
    default: return []
    }
  }
}
