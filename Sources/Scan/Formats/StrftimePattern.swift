extension TextFormat {
  static let strftime = TextFormat(
    "strftime",
    "A date or time as the pattern of strftime writes it, on a day that exists and has the weekday it says: \(StrftimePattern.directives), in English. Numbers have their leading zeros; %-d, %-m, %-j, %-H, %-I, %-M and %-S have none.",
    good: ["29/02/2024 23:59"], bad: ["29/02/2023 23:59", "1/2/2024 10:00", "01/02/2024 24:00", "01/02/2024 10:00 "],
    option: Option("strftime", example: "%d/%m/%Y %H:%M") { text throws(TextFormatError) in
      let pattern = try StrftimePattern(text)
      return { pattern.matches($0) }
    })
}

/// A pattern of C's strftime, and whether a text is one that it writes for a moment that exists.
///
/// The text is read from left to right without a second try, so that a number without padding takes all digits that its
/// field has room for.
struct StrftimePattern: Sendable {
  private var pieces: [Piece] = []

  private enum Piece {
    case literal(UInt8)
    case directive(StrftimeDirective, isBare: Bool)
  }

  static let directives = "%Y %y %m %d %e %j %H %I %M %S %f %p %a %A %b %B %z %F %T %R %D %%"

  /// Reads the pattern; an unknown or repeated directive is an error at its place.
  init(_ pattern: String) throws(TextFormatError) {
    let scalars = Array(pattern.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let start = index
      index += 1
      guard scalars[start] == "%" else {
        pieces += String(scalars[start]).utf8.map { .literal($0) }
        continue
      }
      let isBare = index < scalars.count && scalars[index] == "-"
      if isBare { index += 1 }
      index += 1
      guard index <= scalars.count else {
        throw TextFormatError("a % at the end is no directive", range: start..<scalars.count, hint: "%% is a plain %")
      }
      try add(scalars[index - 1], isBare: isBare, at: start..<index)
    }
    let says = pieces.contains { if case .directive = $0 { true } else { false } }
    guard says else { throw TextFormatError("the pattern says nothing of a date or a time") }
  }

  private mutating func add(_ letter: Unicode.Scalar, isBare: Bool, at range: Range<Int>) throws(TextFormatError) {
    let parts: [Unicode.Scalar: String] = ["F": "Y-m-d", "T": "H:M:S", "R": "H:M", "D": "m/d/y"]
    if letter == "%", !isBare { return pieces.append(.literal(UInt8(ascii: "%"))) }
    if let parts = parts[letter], !isBare {
      for part in parts.unicodeScalars {
        if StrftimeDirective(part) == nil {
          pieces += String(part).utf8.map { .literal($0) }
        } else {
          try add(part, isBare: false, at: range)
        }
      }
      return
    }
    guard let directive = StrftimeDirective(letter), !isBare || directive.canBeBare else {
      throw TextFormatError(
        "\(isBare ? "%-" : "%")\(letter) is no directive that is known here", range: range,
        hint: "the directives are \(Self.directives)")
    }
    let isRepeated = pieces.contains {
      if case .directive(let other, _) = $0 { other.part == directive.part } else { false }
    }
    guard !isRepeated else {
      throw TextFormatError("the pattern says the \(directive.part.rawValue) twice", range: range)
    }
    pieces.append(.directive(directive, isBare: isBare))
  }

  func matches(_ text: Span<UInt8>) -> Bool {
    var index = 0
    var moment = CalendarMoment()
    for piece in pieces {
      switch piece {
      case .literal(let byte):
        guard index < text.count, text[index] == byte else { return false }
        index += 1
      case .directive(let directive, let isBare):
        guard directive.read(text, &index, isBare: isBare, into: &moment) else { return false }
      }
    }
    return index == text.count && moment.exists
  }
}
