/// What two spellings of one value have in common: the text without its case, white space and punctuation.
///
/// Symbols stay, so that C and C++ differ; so does what stands between two digits and a sign before the first one, so
/// that 1.5, 15 and -15 do. A text of nothing but punctuation is folded to itself. Folded spellings are compared as Swift
/// compares strings, by canonical equivalence: an é is an é in one scalar or in two.
struct FoldedSpelling: Hashable {
  let text: String

  init(_ spelling: String) {
    let scalars = Array(Self.withoutCase(spelling).unicodeScalars)
    var kept = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      if Self.isPart(scalar) || Self.isPartOfNumber(index, scalars, isFirst: kept.isEmpty) { kept.append(scalar) }
    }
    // No text that has a part begins with this scalar, which is none.
    text = kept.isEmpty ? "\u{0}" + spelling : String(kept)
  }

  /// The text in lower case by way of upper case, which makes one text of those that differ in their case alone:
  /// STRASSE and Straße. Letters that share a capital become one, ſ and s, µ and μ; but the dotless ı is no i.
  private static func withoutCase(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    return text.split(separator: "ı", omittingEmptySubsequences: false).map { $0.uppercased().lowercased() }
      .joined(separator: "ı")
  }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII, 0x30...0x39 ~= scalar.value || 0x61...0x7A ~= scalar.value { return true }
    return switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format:
      false
    default: true
    }
  }

  private static func isPartOfNumber(_ index: Int, _ scalars: [Unicode.Scalar], isFirst: Bool) -> Bool {
    guard index + 1 < scalars.count, isDigit(scalars[index + 1]), !scalars[index].properties.isWhitespace else {
      return false
    }
    return isFirst ? scalars[index] == "-" : index > 0 && isDigit(scalars[index - 1])
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .decimalNumber }
}
