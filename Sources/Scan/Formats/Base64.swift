extension TextFormat {
  static let base64 = TextFormat(
    "base64", "Groups of four characters of the alphabet of RFC 4648, 4, the last one filled with =; no line breaks.",
    good: ["TQ==", "TWE=", "TWFu", "+/+/"],
    bad: ["", "TQ", "T===", "TQ==TWFu", "TWF_", "TWFu\\n"], isBase64)
}

func isBase64(_ text: Span<UInt8>) -> Bool {
  guard text.count > 0, text.count % 4 == 0 else { return false }
  var end = text.count
  while end > text.count - 2, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
  return text.extracting(0..<end).allSatisfy {
    ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
  }
}
