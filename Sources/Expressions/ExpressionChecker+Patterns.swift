internal import Scan

/// `like` and `matches`.
extension ExpressionChecker {
  /// The operand of an operator on texts.
  func text(_ syntax: ExpressionSyntax, of name: String) throws(ExpressionError) -> Typed {
    let value = try typed(syntax).retyped(as: .string)
    guard value.type == .string else {
      throw ExpressionError(
        "\(name) takes a string, and this is \(value.type?.words ?? "none")", value.range,
        hint: "make it one: cast(… as string)")
    }
    return value
  }

  /// A text that is the same in every row.
  func constant(_ syntax: ExpressionSyntax, _ what: String) throws(ExpressionError) -> (text: String, range: Range<Int>)
  {
    guard let text = try typed(syntax).text else {
      throw ExpressionError("\(what) must be a text in quotes", syntax.range)
    }
    return (text, syntax.range)
  }

  func like(
    _ pattern: ExpressionSyntax, escape: ExpressionSyntax?, ignoringCase: Bool
  ) throws(ExpressionError) -> Pattern {
    let pattern = try constant(pattern, "the pattern")
    var character: Unicode.Scalar = "\\"
    if let escape {
      let (text, range) = try constant(escape, "the escape character")
      guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
        throw ExpressionError("the escape character must be a single one", range)
      }
      character = scalar
    }
    do throws(PatternError) {
      return try Pattern(like: pattern.text, escape: character, ignoringCase: ignoringCase)
    } catch {
      throw ExpressionError("the pattern cannot be used: \(error.reason)", pattern.range)
    }
  }

  func regularExpression(_ text: String, _ range: Range<Int>) throws(ExpressionError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(text)
    } catch {
      throw ExpressionError(
        "the pattern cannot be used: \(error.reason)", range, hint: "patterns have RE2 syntax, without look-around")
    }
  }
}
