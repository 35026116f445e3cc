/// A regular expression as a tree, for the part of RE2's syntax that an automaton of bytes can be made of.
///
/// Whatever is not understood here (look at flags, Unicode classes, word borders) parses to nil and is left to RE2.
indirect enum PatternSyntax {
  /// One character: some of ASCII, and perhaps all others.
  case character(CharacterSet)
  case sequence([PatternSyntax])
  case choice([PatternSyntax])
  /// Between `atLeast` and `atMost` times; nil for any number.
  case repetition(PatternSyntax, atLeast: Int, atMost: Int?)

  /// A set of characters that holds all of those beyond ASCII or none.
  struct CharacterSet {
    var ascii: [Bool]
    var hasOthers = false

    init(_ members: (UInt8) -> Bool, hasOthers: Bool = false) {
      ascii = (0..<128).map { members(UInt8($0)) }
      self.hasOthers = hasOthers
    }

    var inverted: CharacterSet {
      let ascii = ascii
      return CharacterSet({ !ascii[Int($0)] }, hasOthers: !hasOthers)
    }

    mutating func insert(_ other: CharacterSet) {
      for index in ascii.indices { ascii[index] = ascii[index] || other.ascii[index] }
      hasOthers = hasOthers || other.hasOthers
    }
  }

  /// The tree of a pattern that is to match whole texts; nil when it is not understood.
  static func parse(_ pattern: String) -> PatternSyntax? {
    var text = Array(pattern.utf8)
    if !text.contains(UInt8(ascii: "|")) {
      // Around a whole pattern the anchors say nothing more.
      if text.first == UInt8(ascii: "^") { text.removeFirst() }
      if text.last == UInt8(ascii: "$"), text.dropLast().last != UInt8(ascii: "\\") { text.removeLast() }
    }
    guard text.allSatisfy({ $0 < 128 }) else { return nil }
    var parser = PatternParser(text)
    guard let tree = parser.choice(depth: 0), parser.isAtEnd else { return nil }
    return tree
  }
}

/// Recursive descent over a pattern of ASCII characters.
private struct PatternParser {
  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { position == text.count }
  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard next == character.asciiValue else { return false }
    position += 1
    return true
  }

  mutating func choice(depth: Int) -> PatternSyntax? {
    guard depth < 50 else { return nil }
    var alternatives: [PatternSyntax] = []
    repeat {
      guard let sequence = sequence(depth: depth) else { return nil }
      alternatives.append(sequence)
    } while take("|")
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
  }

  private mutating func sequence(depth: Int) -> PatternSyntax? {
    var parts: [PatternSyntax] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      guard let atom = atom(depth: depth), let part = repeated(atom) else { return nil }
      parts.append(part)
    }
    return .sequence(parts)
  }

  private mutating func repeated(_ atom: PatternSyntax) -> PatternSyntax? {
    var part = atom
    if take("*") {
      part = .repetition(atom, atLeast: 0, atMost: nil)
    } else if take("+") {
      part = .repetition(atom, atLeast: 1, atMost: nil)
    } else if take("?") {
      part = .repetition(atom, atLeast: 0, atMost: 1)
    } else if take("{") {
      guard let low = number() else { return nil }
      var high: Int? = low
      if take(",") {
        high = number()
        if high == nil, next != UInt8(ascii: "}") { return nil }
      }
      guard take("}"), low <= 1000, high.map({ $0 >= low && $0 <= 1000 }) ?? true else { return nil }
      part = .repetition(atom, atLeast: low, atMost: high)
    } else {
      return part
    }
    // Whether a repetition is lazy makes no difference to what a whole text matches.
    _ = take("?")
    // A repetition of a repetition is an error in RE2, which says so.
    return next.map { "*+?{".utf8.contains($0) } == true ? nil : part
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let byte = next, byte >= 0x30, byte <= 0x39, (value ?? 0) < 10_000 {
      value = (value ?? 0) * 10 + Int(byte - 0x30)
      position += 1
    }
    return value
  }

  private mutating func atom(depth: Int) -> PatternSyntax? {
    guard let byte = next else { return nil }
    position += 1
    switch Character(UnicodeScalar(byte)) {
    case "(":
      if take("?"), !take(":") { return nil }
      guard let inner = choice(depth: depth + 1), take(")") else { return nil }
      return inner
    case "[": return characterClass().map { .character($0) }
    case ".": return .character(PatternSyntax.CharacterSet({ $0 != 10 }, hasOthers: true))
    case "\\": return escape().map { .character($0) }
    case "^", "$", "*", "+", "?", "{", "}", "]": return nil
    default: return .character(PatternSyntax.CharacterSet { $0 == byte })
    }
  }

  /// The part of a class after its `[`.
  private mutating func characterClass() -> PatternSyntax.CharacterSet? {
    let isNegated = take("^")
    var set = PatternSyntax.CharacterSet { _ in false }
    var isFirst = true
    while let byte = next, byte != UInt8(ascii: "]") || isFirst {
      isFirst = false
      position += 1
      // `[:alpha:]` and other nested forms are RE2's.
      if byte == UInt8(ascii: "[") { return nil }
      var low = byte
      if byte == UInt8(ascii: "\\") {
        guard let escaped = escape() else { return nil }
        let members = escaped.ascii.indices.filter { escaped.ascii[$0] }
        guard !escaped.hasOthers, members.count == 1 else {
          if next == UInt8(ascii: "-") { return nil }
          set.insert(escaped)
          continue
        }
        low = UInt8(members[0])
      }
      var high = low
      if next == UInt8(ascii: "-"), position + 1 < text.count, text[position + 1] != UInt8(ascii: "]") {
        high = text[position + 1]
        position += 2
        if high == UInt8(ascii: "\\") || high == UInt8(ascii: "[") || high < low { return nil }
      }
      set.insert(PatternSyntax.CharacterSet { $0 >= low && $0 <= high })
    }
    guard take("]") else { return nil }
    return isNegated ? set.inverted : set
  }

  /// The part of an escape after its `\`.
  private mutating func escape() -> PatternSyntax.CharacterSet? {
    guard let byte = next else { return nil }
    position += 1
    let digit = PatternSyntax.CharacterSet { $0 >= 0x30 && $0 <= 0x39 }
    let word = PatternSyntax.CharacterSet { byte in
      let lower = byte | 0x20
      return byte >= 0x30 && byte <= 0x39 || byte == 0x5F || lower >= 0x61 && lower <= 0x7A
    }
    let space = PatternSyntax.CharacterSet { [9, 10, 12, 13, 32].contains($0) }
    switch Character(UnicodeScalar(byte)) {
    case "d": return digit
    case "D": return digit.inverted
    case "w": return word
    case "W": return word.inverted
    case "s": return space
    case "S": return space.inverted
    case "t": return PatternSyntax.CharacterSet { $0 == 9 }
    case "n": return PatternSyntax.CharacterSet { $0 == 10 }
    case "r": return PatternSyntax.CharacterSet { $0 == 13 }
    default:
      let isPunctuation = byte > 32 && byte < 127 && !word.ascii[Int(byte)]
      return isPunctuation ? PatternSyntax.CharacterSet { $0 == byte } : nil
    }
  }
}
