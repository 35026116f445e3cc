internal import Scan

/// What a reply tells of the inside of a server: a traceback, the path of a file, a page of a debugger.
struct Leak: Sendable {
  /// `a Python traceback`
  var what: String
  /// The text that gives it away.
  var text: String

  private static let signs: [(what: String, pattern: String)] = [
    ("a Python traceback", #"Traceback \(most recent call last\)|File "[^"\n]+", line [0-9]+"#),
    ("a stack trace", #""stack_?[tT]race"\s*:\s*"[^"]|\n\s+at [\w$.<>]+\([\w.]+:[0-9]+\)|\ngoroutine [0-9]+ \["#),
    ("a panic", #"panicked at [^\n]+:[0-9]+|panic: [^\n]+"#),
    (
      "the path of a file",
      #"/(?:home|root|usr|opt|var|srv|mnt|app|tmp|Users|site-packages)/[\w.\-]+(?:/[\w.\-]+)*\.\w{1,6}\b"#
    ),
    ("the path of a file", #"[A-Z]:\\(?:[\w .\-]+\\)+[\w.\-]+\.\w{1,6}\b"#),
  ]

  /// As much of a body is looked through.
  private static let searchedBytes = 1 << 20

  /// The first that a body gives away; nil for nothing.
  init?(in body: [UInt8]) {
    let text = String(decoding: body.prefix(Self.searchedBytes), as: UTF8.self)
    for (what, pattern) in Self.signs {
      guard let search = try? Pattern("(?s).*(?:\(pattern)).*"), search.matches(text) else { continue }
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
