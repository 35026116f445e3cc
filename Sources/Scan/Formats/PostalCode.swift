extension TextFormat {
  static let postalCode = TextFormat(
    "postal_code",
    "A postal code in the shape that its country uses, in upper case: \(postalCountries). Nobody asks whether the code is in use.",
    good: ["10115", "99998"], bad: ["1011", "101155", "D-10115", "10 115", "1011A"],
    option: Option("country", example: "DE") { country throws(TextFormatError) in
      guard let shapes = postalShapes[country] else {
        let isLower = postalShapes[country.uppercased()] != nil
        throw TextFormatError(
          "no shape of postal codes is known here for \(country)",
          hint: isLower
            ? "did you mean \"\(country.uppercased())\"?"
            : "known are \(postalCountries), and matches takes a pattern of your own")
      }
      let masks = shapes.split(separator: "|").map { Array($0.utf8) }
      return { text in masks.contains { isPostalCode(text, $0) } }
    })
}

/// Whether the text has the shape of the mask: 9 is a digit, A a letter, X either, a and x those letters alone, and all
/// else itself.
private func isPostalCode(_ text: Span<UInt8>, _ mask: [UInt8]) -> Bool {
  guard text.count == mask.count else { return false }
  for index in text.indices {
    let byte = text[index]
    let fits =
      switch mask[index] {
      case UInt8(ascii: "9"): ASCII.isDigit(byte)
      case UInt8(ascii: "A"): ASCII.isUpper(byte)
      case UInt8(ascii: "X"): ASCII.isUpperAlphanumeric(byte)
      case UInt8(ascii: "a"), UInt8(ascii: "x"): byte == mask[index] - 0x20
      case let literal: byte == literal
      }
    guard fits else { return false }
  }
  return true
}

private let postalCountries = postalShapes.keys.sorted().joined(separator: " ")

/// The shapes by the Universal Postal Union's descriptions of addressing systems.
private let postalShapes: [String: String] = [
  "AD": "aD999", "AF": "9999", "AI": "aI-2640", "AL": "9999", "AM": "9999|999999", "AR": "9999|A9999AAA",
  "AS": "99999|99999-9999", "AT": "9999", "AU": "9999", "AX": "99999|ax-99999", "AZ": "aZ 9999|aZ9999", "BA": "99999",
  "BB": "BB99999", "BD": "9999", "BE": "9999", "BG": "9999", "BL": "99999", "BM": "AA 99|AA AA", "BN": "AA9999",
  "BR": "99999-999|99999999", "BT": "99999", "BY": "999999", "CA": "A9A 9A9|A9A9A9", "CC": "6799", "CH": "9999",
  "CL": "9999999|999-9999", "CN": "999999", "CO": "999999", "CR": "99999|99999-9999", "CU": "99999", "CV": "9999",
  "CX": "6798", "CY": "9999", "CZ": "999 99|99999", "DE": "99999", "DK": "9999", "DO": "99999", "DZ": "99999",
  "EC": "999999", "EE": "99999", "EG": "99999", "ES": "99999", "ET": "9999", "FI": "99999", "FK": "FIQQ 1ZZ",
  "FM": "99999|99999-9999", "FO": "999", "FR": "99999",
  "GB": "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA|GIR 0aa|BFPO 9|BFPO 99|BFPO 999|BFPO 9999", "GE": "9999",
  "GF": "99999", "GG": "GY9 9AA|GY99 9AA", "GI": "Gx11 1aa", "GL": "3999", "GN": "999", "GP": "99999",
  "GR": "999 99|99999", "GT": "99999", "GU": "99999|99999-9999", "GW": "9999", "HM": "9999", "HN": "99999",
  "HR": "99999", "HT": "9999|HT9999", "HU": "9999", "ID": "99999", "IE": "A9X XXXX|A9XXXXX", "IL": "9999999|99999",
  "IM": "IM9 9AA|IM99 9AA", "IN": "999999|999 999", "IO": "BBND 1ZZ", "IQ": "99999", "IR": "9999999999|99999-99999",
  "IS": "999", "IT": "99999", "JE": "JE9 9AA|JE99 9AA", "JO": "99999", "JP": "999-9999|9999999", "KE": "99999",
  "KG": "999999", "KH": "99999|999999", "KR": "99999", "KW": "99999", "KY": "KY9-9999", "KZ": "999999", "LA": "99999",
  "LB": "9999|9999 9999", "LI": "9999", "LK": "99999", "LR": "9999", "LS": "999", "LT": "99999|LT-99999", "LU": "9999",
  "LV": "LV-9999", "MA": "99999", "MC": "99999", "MD": "MD-9999|MD9999|9999", "ME": "99999", "MF": "99999", "MG": "999",
  "MH": "99999|99999-9999", "MK": "9999", "MM": "99999", "MN": "99999|999999", "MP": "99999|99999-9999", "MQ": "99999",
  "MS": "MSR9999|MSR 9999", "MT": "AAA 9999|AAA9999", "MU": "99999", "MV": "99999", "MX": "99999", "MY": "99999",
  "MZ": "9999", "NC": "99999", "NE": "9999", "NF": "2899", "NG": "999999", "NI": "99999", "NL": "9999 AA|9999AA",
  "NO": "9999", "NP": "99999", "NZ": "9999", "OM": "999", "PA": "9999", "PE": "99999", "PF": "99999", "PG": "999",
  "PH": "9999", "PK": "99999", "PL": "99-999", "PM": "99999", "PN": "PCRN 1ZZ", "PR": "99999|99999-9999",
  "PT": "9999-999", "PW": "99999|99999-9999", "PY": "9999|999999", "RE": "99999", "RO": "999999", "RS": "99999|999999",
  "RU": "999999", "SA": "99999|99999-9999", "SD": "99999", "SE": "999 99|99999", "SG": "999999",
  "SH": "aSCN 1ZZ|STHL 1ZZ|TDCU 1ZZ", "SI": "9999", "SJ": "9999", "SK": "999 99|99999", "SM": "99999", "SN": "99999",
  "SV": "9999|99999", "SZ": "A999", "TC": "TKCa 1ZZ", "TH": "99999", "TJ": "999999", "TM": "999999", "TN": "9999",
  "TR": "99999", "TT": "999999", "TW": "999|99999|999999", "TZ": "99999", "UA": "99999", "US": "99999|99999-9999",
  "UY": "99999", "UZ": "999999", "VA": "99999", "VC": "VC9999", "VE": "9999|9999-A", "VG": "VG9999",
  "VI": "99999|99999-9999", "VN": "99999|999999", "WF": "99999", "XK": "99999", "YT": "99999", "ZA": "9999",
  "ZM": "99999",
]
