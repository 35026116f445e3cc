/// The pattern of `like` as a regular expression: `%` stands for any text, `_` for any character.
enum LikePattern {
  /// What is wrong with a pattern: its escape character must stand before a `%`, a `_` or itself.
  struct Problem: Error {}

  static func regularExpression(_ pattern: String, escape: Unicode.Scalar?) throws(Problem) -> String {
    var expression = ""
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        guard scalar == "%" || scalar == "_" || scalar == escape else { throw Problem() }
        expression += literal(scalar)
        isEscaped = false
      } else if scalar == escape {
        isEscaped = true
      } else if scalar == "%" {
        expression += "[\\s\\S]*"
      } else if scalar == "_" {
        expression += "[\\s\\S]"
      } else {
        expression += literal(scalar)
      }
    }
    guard !isEscaped else { throw Problem() }
    return expression
  }

  private static func literal(_ scalar: Unicode.Scalar) -> String {
    let isWord = scalar.value > 0x7F || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    if isWord || scalar == " " || scalar == "_" { return String(scalar) }
    return scalar.value > 0x20 && scalar.value < 0x7F
      ? "\\\(scalar)" : "\\x{\(String(scalar.value, radix: 16))}"
  }
}
