internal import JSON

/// The ways in which a server may write a text that it was sent: a secret must be known in all of them.
struct SecretSpellings: Sendable {
  /// In no order.
  let all: [String]

  init(of text: String) {
    let documents = Set(Self.html(text) + Self.json(text))
    // A document may stand in a text of another one, and that in a third.
    let nested = Set(documents.flatMap(Self.json))
    all = Array(documents.union(nested).union(nested.flatMap(Self.json)).union([text, text.percentEncoded]))
  }

  /// As JSON writers do it: plainly, with escapes for all that is not ASCII (Python), for what HTML knows (Go, Gson), for
  /// slashes (PHP).
  private static func json(_ text: String) -> [String] {
    let plain = String(JSONWriter.compact.string(.string(text)).dropFirst().dropLast())
    let forHTML = escaped(plain, isUppercase: false) { "<>&".utf16.contains($0) }
    let gson = escaped(plain, isUppercase: false) { "<>&='".utf16.contains($0) }
    let ascii = [false, true].map { isUppercase in escaped(plain, isUppercase: isUppercase) { $0 > 0x7E } }
    return [plain, plain.replacing("/", with: "\\/"), forHTML, gson] + ascii
      + ascii.map { $0.replacing("/", with: "\\/") }
  }

  /// As HTML is written by Python and PHP, by Go and MarkupSafe, and by Java.
  private static func html(_ text: String) -> [String] {
    [
      ("&quot;", "&#x27;"), ("&quot;", "&#039;"), ("&#34;", "&#39;"), ("&quot;", "&#39;"), ("&quot;", "&apos;"),
      ("\"", "'"),
    ]
    .map { quote, apostrophe in
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: quote).replacing("'", with: apostrophe)
    }
  }

  /// The text with escapes of JSON for some of its UTF-16 code units.
  private static func escaped(_ text: String, isUppercase: Bool, _ isEscaped: (UInt16) -> Bool) -> String {
    var units: [UInt16] = []
    for unit in text.utf16 {
      guard isEscaped(unit) else {
        units.append(unit)
        continue
      }
      let digits = String(unit, radix: 16, uppercase: isUppercase)
      units += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf16
    }
    return String(decoding: units, as: UTF16.self)
  }
}
