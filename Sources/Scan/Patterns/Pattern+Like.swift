extension Pattern {
  /// Compiles a pattern of SQL's LIKE: `%` stands for any text, `_` for one character, and the escape character before
  /// one of them or before itself for the character itself.
  ///
  /// - Parameter ignoringCase: whether letters stand for themselves in either case, by Unicode's simple case folding.
  package convenience init(
    like text: String, escape: Unicode.Scalar = "\\", ignoringCase: Bool = false
  ) throws(PatternError) {
    var expression = ignoringCase ? "(?i)" : ""
    var isEscaped = false
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if isEscaped {
        guard [escape, "%", "_"].contains(scalar) else {
          throw PatternError(
            reason: "\(escape)\(scalar) is no escape of LIKE, which has \(escape)%, \(escape)_ and \(escape)\(escape)",
            range: index - 1..<index + 1)
        }
        expression += Self.literal(scalar)
        isEscaped = false
        continue
      }
      switch scalar {
      case escape: isEscaped = true
      // Not a dot, which leaves out line breaks.
      case "%": expression += "[\\s\\S]*"
      case "_": expression += "[\\s\\S]"
      default: expression += Self.literal(scalar)
      }
    }
    guard !isEscaped else {
      let end = text.unicodeScalars.count
      throw PatternError(reason: "the \(escape) at the end escapes nothing", range: end - 1..<end)
    }
    try self.init(text, expression: expression)
  }

  /// A character that stands for itself in a regular expression.
  private static func literal(_ scalar: Unicode.Scalar) -> String {
    "\\.+*?()|[]{}^$".unicodeScalars.contains(scalar) ? "\\\(scalar)" : "\(scalar)"
  }
}
