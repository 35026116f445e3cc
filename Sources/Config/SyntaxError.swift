internal import Verdict

/// What libyaml says about a broken text, in plain words and at the place where a person would look for it.
enum SyntaxError {
  static func diagnostic(for failure: YAMLEvents.Failure, in source: SourceText) -> Diagnostic {
    let place = source.location(failure.start)
    let opening = failure.contextStart.map { source.location($0) } ?? place
    return quoting(failure, place, opening) ?? brackets(failure, source, place, opening)
      ?? layout(failure, source, place, opening)
      ?? Diagnostic("this is not valid YAML: \(failure.problem)", at: place, help: [Self.quoteHelp])
  }

  private static let quoteHelp = "put text with special characters in single quotes: 'like: this'"
  private static let indentHelp = "keys of one mapping begin in the same column; indent with two spaces"

  /// What goes wrong within quotes.
  private static func quoting(
    _ failure: YAMLEvents.Failure, _ place: SourceLocation, _ opening: SourceLocation
  ) -> Diagnostic? {
    switch failure.problem {
    case "found unexpected end of stream", "found unexpected document indicator":
      Diagnostic("this quote is never closed", at: opening, help: ["add the same quote where the text ends"])
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      Diagnostic(
        "this backslash begins no escape that YAML knows", at: place,
        help: ["use single quotes, where a backslash is a backslash, or double the backslash"])
    default: nil
    }
  }

  /// What goes wrong within `[]` and `{}`.
  private static func brackets(
    _ failure: YAMLEvents.Failure, _ source: SourceText, _ place: SourceLocation, _ opening: SourceLocation
  ) -> Diagnostic? {
    let isList = failure.context == "while parsing a flow sequence"
    guard isList || failure.context == "while parsing a flow mapping" else { return nil }
    let bracket = isList ? "]" : "}"
    if failure.start >= source.scalars.count || place.line != opening.line {
      return Diagnostic(
        "this bracket is never closed", at: opening,
        help: ["add \(bracket) where the \(isList ? "list" : "mapping") ends"])
    }
    return Diagnostic(
      "a comma or \(bracket) is missing before this", at: place,
      help: ["separate entries with commas; \(quoteHelp)"])
  }

  /// Indentation, colons, dashes and the rest.
  private static func layout(
    _ failure: YAMLEvents.Failure, _ source: SourceText, _ place: SourceLocation, _ opening: SourceLocation
  ) -> Diagnostic? {
    switch failure.problem {
    case "mapping values are not allowed in this context":
      let isSecond = place.lineText.unicodeScalars.prefix(place.column - 1).contains(":")
      return Diagnostic(
        isSecond ? "a second colon in one line" : "a key cannot stand here", at: place,
        help: isSecond
          ? ["put text that holds a colon in quotes: 'like: this'"] : [indentHelp, "a colon needs a space behind it"])
    case "mapping keys are not allowed in this context":
      return Diagnostic("a key cannot stand here", at: place, help: [indentHelp])
    case "could not find expected ':'":
      let line = opening.lineText.unicodeScalars
      let isTight = zip(line, line.dropFirst()).contains { $0 == ":" && !$1.properties.isWhitespace }
      return Diagnostic(
        isTight ? "a colon needs a space behind it" : "a key and a colon are missing here", at: opening,
        help: ["write key: value, or - value in a list"])
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      return misplaced(place, below: opening)
    case "block sequence entries are not allowed in this context":
      return Diagnostic(
        "a list cannot begin here", at: place, help: ["put - on a line of its own below the key, or write [a, b]"])
    case "did not find expected node content":
      return Diagnostic("a value is missing before this", at: place, help: ["write a value, or remove the comma"])
    case "did not find expected comment or line break":
      return Diagnostic(
        "only a comment may follow | or > in its line", at: place, help: ["begin the text on the next line, indented"])
    default: return characters(failure, source, place, opening)
    }
  }

  /// Characters that mean something to YAML where a person meant text.
  private static func characters(
    _ failure: YAMLEvents.Failure, _ source: SourceText, _ place: SourceLocation, _ opening: SourceLocation
  ) -> Diagnostic? {
    switch failure.problem {
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return tab(place)
    case "found character that cannot start any token": return forbiddenStart(failure.start, source, place)
    case "did not find expected alphabetic or numeric character":
      let sign = failure.context.contains("alias") ? "*" : "&"
      return Diagnostic("text cannot begin with \(sign)", at: opening, help: ["put it in quotes: '\(sign)…'"])
    case _ where failure.context == "while scanning a directive":
      return Diagnostic("text cannot begin with %", at: opening, help: ["put it in quotes: '%…'"])
    case let problem where problem.hasPrefix("Maximum nesting level"): return YAMLComposer.tooDeep(place)
    default: return nil
    }
  }

  /// Something stands where only the next key or the next `-` could.
  private static func misplaced(_ place: SourceLocation, below opening: SourceLocation) -> Diagnostic {
    let before = place.lineText.unicodeScalars.prefix(place.column - 1)
    if before.first == "\t" { return tab(place) }
    guard before.allSatisfy({ $0 == " " }) else {
      return Diagnostic("this cannot follow the value before it", at: place, help: [quoteHelp])
    }
    if place.column == opening.column, place.line != opening.line {
      return Diagnostic(
        "a list and keys cannot stand side by side", at: place, help: ["indent what belongs to the line above"])
    }
    return Diagnostic("this does not line up with what stands above", at: place, help: [indentHelp])
  }

  private static func forbiddenStart(_ offset: Int, _ source: SourceText, _ place: SourceLocation) -> Diagnostic {
    let scalar = offset < source.scalars.count ? source.scalars[offset] : " "
    if scalar == "\t" { return tab(place) }
    return Diagnostic("text cannot begin with \(scalar)", at: place, help: ["put it in quotes: '\(scalar)…'"])
  }

  private static func tab(_ place: SourceLocation) -> Diagnostic {
    Diagnostic("a tab cannot indent", at: place, help: ["indent with spaces; two for each level"])
  }
}
