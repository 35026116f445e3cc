extension TextFormat {
  static let json = TextFormat(
    "json",
    "One JSON text (RFC 8259) of any kind, nested at most 512 deep. NaN, comments and trailing commas are no JSON.",
    good: ["{\"a\": [1, 2.5e-3, null]}", "\"text\"", "17", " true ", "\"\\ud800\""],
    bad: ["", "{a: 1}", "[1,]", "NaN", "01", "\"a", "{} {}", "'a'"], isJSON)
}

/// Whether the bytes, known to be UTF-8, are one JSON text. Not by simdjson, to which integers beyond 64 bits are errors.
/// Linear, without recursion.
func isJSON(_ text: Span<UInt8>) -> Bool {
  var index = skipBlanks(text, 0)
  // The brackets that close what is open.
  var closers: [UInt8] = []
  while true {
    // A value, or the opening of one.
    guard index < text.count else { return false }
    if let closer = closer(of: text[index]) {
      guard closers.count < 512 else { return false }
      closers.append(closer)
      index = skipBlanks(text, index + 1)
      if index < text.count, text[index] != closer {
        guard closer == UInt8(ascii: "]") || skipKey(text, &index) else { return false }
        continue
      }
    } else {
      guard skipScalar(text, &index) else { return false }
      index = skipBlanks(text, index)
    }
    // Closing brackets up to a comma.
    while let closer = closers.last, index < text.count, text[index] == closer {
      closers.removeLast()
      index = skipBlanks(text, index + 1)
    }
    guard let closer = closers.last else { return index == text.count }
    guard index < text.count, text[index] == UInt8(ascii: ",") else { return false }
    index = skipBlanks(text, index + 1)
    guard closer == UInt8(ascii: "]") || skipKey(text, &index) else { return false }
  }
}

private func closer(of byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "{"): UInt8(ascii: "}")
  case UInt8(ascii: "["): UInt8(ascii: "]")
  default: nil
  }
}

private func skipBlanks(_ text: Span<UInt8>, _ start: Int) -> Int {
  var index = start
  while index < text.count, [0x20, 0x0A, 0x0D, 0x09].contains(text[index]) { index += 1 }
  return index
}

/// A name, its colon, and the blanks around them.
private func skipKey(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
  guard skipString(text, &index) else { return false }
  index = skipBlanks(text, index)
  guard index < text.count, text[index] == UInt8(ascii: ":") else { return false }
  index = skipBlanks(text, index + 1)
  return true
}

private func skipScalar(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
  switch text[index] {
  case UInt8(ascii: "\""): skipString(text, &index)
  case UInt8(ascii: "t"): skip("true", text, &index)
  case UInt8(ascii: "f"): skip("false", text, &index)
  case UInt8(ascii: "n"): skip("null", text, &index)
  default: skipNumber(text, &index)
  }
}

private func skip(_ word: String, _ text: Span<UInt8>, _ index: inout Int) -> Bool {
  for byte in word.utf8 {
    guard index < text.count, text[index] == byte else { return false }
    index += 1
  }
  return true
}

/// RFC 8259, section 7. By its grammar an escape may be half of a surrogate pair.
private func skipString(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
  guard index < text.count, text[index] == UInt8(ascii: "\"") else { return false }
  index += 1
  while index < text.count {
    let byte = text[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""): return true
    case 0..<0x20: return false
    case UInt8(ascii: "\\"): guard skipEscape(text, &index) else { return false }
    default: break
    }
  }
  return false
}

/// What stands behind a backslash.
private func skipEscape(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
  guard index < text.count else { return false }
  let byte = text[index]
  index += 1
  guard byte == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(byte) }
  guard index + 4 <= text.count, (index..<index + 4).allSatisfy({ ASCII.isHexDigit(text[$0]) }) else { return false }
  index += 4
  return true
}

/// RFC 8259, section 6.
private func skipNumber(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
  if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
  let first = index
  guard skipDigits(text, &index), index - first == 1 || text[first] != UInt8(ascii: "0") else { return false }
  if index < text.count, text[index] == UInt8(ascii: ".") {
    index += 1
    guard skipDigits(text, &index) else { return false }
  }
  if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
    index += 1
    if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
    return skipDigits(text, &index)
  }
  return true
}

/// One digit or more.
private func skipDigits(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
  let start = index
  while index < text.count, ASCII.isDigit(text[index]) { index += 1 }
  return index > start
}
