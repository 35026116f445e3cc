extension TextFormat {
  static let postalCode = TextFormat(
    "postal_code",
    "A postal code in the shape that its country uses, in upper case: \(postalShapes.keys.sorted().joined(separator: " ")). Nobody asks whether the code is in use.",
    good: ["10115", "99998"], bad: ["1011", "101155", "D-10115", "10 115", "1011A"],
    option: Option("country", example: "DE") { country throws(TextFormatError) in
      guard let shapes = postalShapes[country] else {
        throw TextFormatError(
          "no shape of postal codes is known here for \(country)", hint: "use matches with a pattern of your own")
      }
      let masks = shapes.split(separator: "|").map { Array($0.utf8) }
      return { text in masks.contains { isPostalCode(text, $0) } }
    })
}

/// Whether the text has the shape of the mask: 9 is a digit, A a letter, X either, and all else itself.
private func isPostalCode(_ text: Span<UInt8>, _ mask: [UInt8]) -> Bool {
  guard text.count == mask.count else { return false }
  for index in text.indices {
    let byte = text[index]
    let fits =
      switch mask[index] {
      case UInt8(ascii: "9"): ASCII.isDigit(byte)
      case UInt8(ascii: "A"): ASCII.isUpper(byte)
      case UInt8(ascii: "X"): ASCII.isUpperAlphanumeric(byte)
      case let literal: byte == literal
      }
    guard fits else { return false }
  }
  return true
}

/// The shapes by the Universal Postal Union's descriptions of addressing systems.
private let postalShapes: [String: String] = [
  "AD": "AD999", "AR": "9999|A9999AAA", "AT": "9999", "AU": "9999", "BA": "99999", "BD": "9999", "BE": "9999",
  "BG": "9999", "BR": "99999-999|99999999", "BY": "999999", "CA": "A9A 9A9|A9A9A9", "CH": "9999",
  "CL": "9999999|999-9999", "CN": "999999", "CO": "999999", "CY": "9999", "CZ": "999 99|99999", "DE": "99999",
  "DK": "9999", "DZ": "99999", "EE": "99999", "EG": "99999", "ES": "99999", "FI": "99999", "FO": "999", "FR": "99999",
  "GB": "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA|GIR 0AA|BFPO 9|BFPO 99|BFPO 999|BFPO 9999", "GE": "9999",
  "GR": "999 99|99999", "HR": "99999",
  "HU": "9999", "ID": "99999", "IE": "A9X XXXX|A9XXXXX", "IL": "9999999|99999", "IN": "999999|999 999",
  "IR": "9999999999|99999-99999", "IS": "999", "IT": "99999", "JP": "999-9999|9999999", "KE": "99999", "KR": "99999",
  "KW": "99999", "KZ": "999999", "LI": "9999", "LK": "99999", "LT": "99999|LT-99999", "LU": "9999", "LV": "LV-9999",
  "MA": "99999", "MC": "99999", "ME": "99999", "MK": "9999", "MT": "AAA 9999|AAA9999", "MX": "99999", "MY": "99999",
  "NL": "9999 AA|9999AA", "NO": "9999", "NP": "99999", "NZ": "9999", "PE": "99999", "PH": "9999", "PK": "99999",
  "PL": "99-999", "PT": "9999-999", "RO": "999999", "RS": "99999|999999", "RU": "999999", "SA": "99999|99999-9999",
  "SE": "999 99|99999", "SG": "999999", "SI": "9999", "SK": "999 99|99999", "SM": "99999", "TH": "99999", "TN": "9999",
  "TR": "99999", "TW": "999|99999|999999", "UA": "99999", "US": "99999|99999-9999", "UY": "99999", "UZ": "999999",
  "VA": "99999", "VN": "99999|999999", "ZA": "9999",
]
