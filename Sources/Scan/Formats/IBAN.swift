extension TextFormat {
  static let iban = TextFormat(
    "iban",
    "An account number by ISO 13616: the length that its country has in the registry and the check digits (modulo 97), in upper case, without spaces or in groups of four. What the bank's part holds is not checked; country: DE accepts only that one.",
    good: ["DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "NO9386011117947"],
    bad: [
      "DE88370400440532013000", "DE8937040044053201300", "XX89370400440532013000", "gb82west12345698765432",
      "DE89 3704 00440532013000",
    ],
    option: Option("country", example: "DE") { country throws(TextFormatError) in
      guard lengths[country] != nil else {
        throw TextFormatError("the registry of IBANs has no country \(country)", hint: "countries have two letters: DE")
      }
      let code = CodeSet([country])
      return { code.contains($0.extracting(first: 2)) && isIBAN($0) }
    }, isIBAN)
}

func isIBAN(_ text: Span<UInt8>) -> Bool {
  guard let characters = ungrouped(text, separators: " ", limit: 34), characters.count > 4,
    characters.allSatisfy(ASCII.isUpperAlphanumeric), isGroupedByFour(text),
    lengths[String(decoding: characters[..<2], as: UTF8.self)] == characters.count,
    let check = parseDigits(characters.span, 2..<4), (2...98).contains(check)
  else { return false }
  // ISO 7064, MOD 97-10, of the text with its first four characters at the end and letters as 10 to 35.
  var rest = 0
  for byte in characters[4...] + characters[..<4] {
    rest = ASCII.isDigit(byte) ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte - 0x41) + 10) % 97
  }
  return rest == 1
}

/// Whether spaces, if any, stand after every fourth character.
private func isGroupedByFour(_ text: Span<UInt8>) -> Bool {
  guard text.first(UInt8(ascii: " ")) != nil else { return true }
  for index in text.indices where (text[index] == UInt8(ascii: " ")) != (index % 5 == 4) { return false }
  return true
}

/// The lengths of the IBAN Registry (SWIFT, release 99).
private let lengths: [String: Int] = [
  "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
  "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
  "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
  "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
  "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19,
  "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29,
  "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24,
  "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
  "YE": 30,
]
