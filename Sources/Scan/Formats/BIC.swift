extension TextFormat {
  static let bic = TextFormat(
    "bic",
    "A business identifier code (SWIFT code) of 8 or 11 upper-case characters with the code of a country. Nobody asks whether it is registered.",
    good: ["DEUTDEFF", "DEUTDEFF500", "NEDSZAJJXXX"],
    bad: ["DEUTXXFF", "DEUTDEF", "DEUTDEFF5", "deutdeff", "DEU1DEFF"], isBIC)
}

/// ISO 9362: four letters for the institution, the country, two characters for the place and perhaps three for the
/// branch. The standard also allows digits among the first four, which nobody has been given.
func isBIC(_ text: Span<UInt8>) -> Bool {
  guard text.count == 8 || text.count == 11, text.extracting(0..<4).allSatisfy(ASCII.isUpper) else { return false }
  return countries.contains(text.extracting(4..<6))
    && text.extracting(6..<text.count).allSatisfy(ASCII.isUpperAlphanumeric)
}

/// Banks in Kosovo have codes, although ISO 3166-1 has none for it.
private let countries = CodeSet.countries2.with("XK")
