extension TextFormat {
  static let isbn = TextFormat(
    "isbn",
    "An ISBN with ten or thirteen digits and its check digit; single spaces or hyphens may stand anywhere between.",
    good: ["0-306-40615-2", "9780306406157", "080442957X", "978 0 306 40615 7"],
    bad: ["0-306-40615-3", "9780306406158", "080442957x", "9771234567003", "978--0306406157", "9790260000438"],
    option: Option("form", values: ["isbn_10", "isbn_13"], example: "isbn_13") { form throws(TextFormatError) in
      form == "isbn_10" ? isISBN10 : isISBN13
    }, { isISBN10($0) || isISBN13($0) })
}

/// ISO 2108:1970: the digits by their weights from 10 to 1 sum up to a multiple of 11, and X is the last digit 10.
func isISBN10(_ text: Span<UInt8>) -> Bool {
  guard let digits = ungrouped(text, separators: " -", limit: 10), digits.count == 10 else { return false }
  var sum = 0
  for (place, digit) in digits.enumerated() {
    let isTen = place == 9 && digit == UInt8(ascii: "X")
    guard isTen || ASCII.isDigit(digit) else { return false }
    sum += (10 - place) * (isTen ? 10 : Int(digit - 0x30))
  }
  return sum % 11 == 0
}

/// ISO 2108:2017: an EAN that begins with 978, or with 979 and no 0 after it, which is printed music.
func isISBN13(_ text: Span<UInt8>) -> Bool {
  guard let digits = ungrouped(text, separators: " -", limit: 13), digits.count == 13,
    digits.allSatisfy(ASCII.isDigit), let prefix = parseDigits(digits.span, 0..<4)
  else { return false }
  var sum = 0
  for (place, digit) in digits.enumerated() { sum += Int(digit - 0x30) * (place % 2 == 0 ? 1 : 3) }
  return sum % 10 == 0 && (9780...9799).contains(prefix) && prefix != 9790
}
