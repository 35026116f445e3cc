// Strings: RFC 8259 section 7, and with either quote RFC 9535 section 2.3.1.1.

extension JSONScanner {
  /// Reads a string in quotes; the cursor stands on the opening quote.
  mutating func string() throws(Fault) -> String {
    let opening = offset
    let quote = bytes[opening]
    offset += 1
    let start = offset
    try skipPlainText(until: quote, opening: opening)
    if bytes[offset] == quote {
      defer { offset += 1 }
      return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
    var text = Array(bytes[start..<offset])
    while bytes[offset] != quote {
      text.append(contentsOf: try escape(quote: quote).utf8)
      let runStart = offset
      try skipPlainText(until: quote, opening: opening)
      text.append(contentsOf: bytes[runStart..<offset])
    }
    offset += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// Moves to the closing quote or the next backslash.
  private mutating func skipPlainText(until quote: UInt8, opening: Int) throws(Fault) {
    let start = offset
    var union: UInt8 = 0
    var end = start
    while end < bytes.count {
      let byte = bytes[end]
      if byte == quote || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      union |= byte
      end += 1
    }
    if union >= 0x80 { try checkUTF8(start..<end) }
    offset = end
    guard let byte else { throw fault("this string has no closing quote", at: opening) }
    if byte < 0x20 { throw expected("an escape such as \\n for a control character in a string") }
  }

  private func checkUTF8(_ range: Range<Int>) throws(Fault) {
    do {
      _ = try UTF8Span(validating: bytes.span.extracting(range))
    } catch {
      let offset = range.lowerBound + error.byteOffsets.lowerBound
      throw fault("expected UTF-8, found bytes that are not", at: offset, kind: .encoding)
    }
  }

  /// Reads the escape under the cursor.
  private mutating func escape(quote: UInt8) throws(Fault) -> String {
    let start = offset
    offset += 1
    guard let byte else { throw expected("the rest of an escape") }
    switch byte {
    case quote, UInt8(ascii: "\\"), UInt8(ascii: "/"):
      offset += 1
      return String(Unicode.Scalar(byte))
    case UInt8(ascii: "b"): return simple("\u{8}")
    case UInt8(ascii: "f"): return simple("\u{C}")
    case UInt8(ascii: "n"): return simple("\n")
    case UInt8(ascii: "r"): return simple("\r")
    case UInt8(ascii: "t"): return simple("\t")
    case UInt8(ascii: "u"): return String(try unicodeEscape(from: start))
    default:
      throw expected("one of \(Unicode.Scalar(quote)) \\ / b f n r t u after a backslash")
    }
  }

  private mutating func simple(_ text: String) -> String {
    offset += 1
    return text
  }

  /// Reads `uXXXX`, or two of them that form a surrogate pair.
  private mutating func unicodeEscape(from start: Int) throws(Fault) -> Unicode.Scalar {
    offset += 1
    let unit = try fourHexDigits()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00 else {
      if replacesHalves { return "\u{FFFD}" }
      throw fault("this escape is the second half of a surrogate pair without the first", at: start, kind: .encoding)
    }
    let end = offset
    if consume(word: "\\u") {
      let low = try fourHexDigits()
      let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low &- 0xDC00))
      if 0xDC00...0xDFFF ~= low, let scalar { return scalar }
    }
    if replacesHalves {
      offset = end
      return "\u{FFFD}"
    }
    throw fault("this escape is the first half of a surrogate pair without the second", at: start, kind: .encoding)
  }

  private mutating func fourHexDigits() throws(Fault) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw expected("four hexadecimal digits after \\u")
      }
      value = value << 4 | UInt16(digit)
      offset += 1
    }
    return value
  }
}
