internal import Scan

extension PatternCheck {
  /// Values that a pattern ought not to match: what stands there with a character more or less, and the shortest text
  /// that the pattern's automaton refuses. For a pattern that must not match, a text that it does match.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    if Self.quantifier == .none {
      let matching = patterns.compactMap { $0.shortestExample(matching: true) ?? $0.plainExample }
      guard !matching.isEmpty else { throw Unviolated("no short text is known that matches the pattern") }
      return try specimen.replacing(with: Array(matching.prefix(3)))
    }
    let refused = patterns.prefix(8).compactMap { $0.shortestExample(matching: false) }
    let small: [@Sendable (String) -> String?] = [{ $0 + "?" }, { String($0.dropLast()) }, { "?" + $0 }]
    let others = refused + ["", "?", "~", "0", "a", "A", " ", String(repeating: "x", count: 2000)]
    return try specimen.replacing(small + others.map { text in { _ in text } })
  }
}

extension Pattern {
  /// The pattern without what stands for other texts, when it matches that.
  fileprivate var plainExample: String? {
    let plain = text.replacing("(?i)", with: "").filter { !"%^$*+?()".contains($0) }
    return [plain, plain.replacing(".", with: ""), plain.replacing("_", with: "x")].first { matches($0) }
  }
}

extension FormatCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let small: [@Sendable (String) -> String?] = [{ $0 + "?" }, { String($0.dropLast()) }]
    return try specimen.replacing(small + (["?", ""] + format.bad).map { text in { _ in text } })
  }
}

extension JSONSchemaCheck: Violable {
  /// Values of every kind of JSON, and a text that is none.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.replacing(
      with: ["{}", "[]", "0", "-1", "1.5", "\"\"", "true", "null", "{", "[[]]", "[{}]", "[0]", "{\"a\": {}}", "text"])
  }
}
