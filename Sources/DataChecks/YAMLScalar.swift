/// A text as a YAML scalar that the config reads back as the same text.
package enum YAMLScalar {
  /// A value: what looks like an interpolation is escaped.
  package static func value(_ text: String) -> String { scalar(text, escapesInterpolation: true) }

  /// A key: nothing is interpolated in keys.
  package static func key(_ text: String) -> String { scalar(text, escapesInterpolation: false) }

  private static func scalar(_ text: String, escapesInterpolation: Bool) -> String {
    isPlain(text) ? text : quoted(text, escapesInterpolation: escapesInterpolation)
  }

  /// Whether the text means itself without quotes: a word, a file name or a path.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLetter(first) || first == "_" else { return false }
    let isWord = text.unicodeScalars.allSatisfy { isLetter($0) || "0123456789_./-".unicodeScalars.contains($0) }
    return isWord && !["null", "Null", "NULL"].contains(text)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && scalar.properties.isAlphabetic
  }

  /// In double quotes, with what YAML 1.2 (5.1, 7.3.1) does not allow there as escapes.
  private static func quoted(_ text: String, escapesInterpolation: Bool) -> String {
    var quoted = "\""
    var isAfterDollar = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "{" where isAfterDollar && escapesInterpolation:
        quoted.removeLast()
        quoted += "$${"
      case _ where isForbidden(scalar):
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
      isAfterDollar = scalar == "$"
    }
    return quoted + "\""
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
