/// Which classes of characters texts are made of: for every set of classes how many texts have exactly these.
package struct CharacterClasses: Sendable, Equatable {
  /// A set of classes of bytes.
  package struct Classes: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// a to z.
    package static let lowercase = Classes(rawValue: 1)
    /// A to Z.
    package static let uppercase = Classes(rawValue: 2)
    /// 0 to 9.
    package static let digit = Classes(rawValue: 4)
    /// Space, tab, line feed, vertical tab, form feed and carriage return.
    package static let space = Classes(rawValue: 8)
    /// The other visible characters of ASCII.
    package static let punctuation = Classes(rawValue: 16)
    /// The control characters of ASCII that are no space.
    package static let control = Classes(rawValue: 32)
    /// Everything beyond ASCII.
    package static let nonASCII = Classes(rawValue: 64)

    package static let letters: Classes = [lowercase, uppercase]
    static let ascii: Classes = [letters, digit, space, punctuation, control]
  }

  /// For every set of classes, by its raw value, how many texts have exactly these.
  private var counts = [Int](repeating: 0, count: 128)
  /// How many texts begin with a space.
  package private(set) var leadingSpaceCount = 0
  /// How many texts end with a space.
  package private(set) var trailingSpaceCount = 0

  package init() {}

  package var count: Int { counts.reduce(0, +) }
  package var emptyCount: Int { counts[0] }
  /// How many texts are nothing but spaces, at least one.
  package var blankCount: Int { count(onlyOf: .space) }
  package var digitsOnlyCount: Int { count(onlyOf: .digit) }
  package var lettersOnlyCount: Int { count(onlyOf: .letters) }
  /// How many texts are ASCII, the empty ones among them.
  package var asciiCount: Int { emptyCount + count(onlyOf: .ascii) }

  /// How many texts have a character of one of the classes.
  package func count(containing classes: Classes) -> Int {
    counts.indices.reduce(0) { UInt8($1) & classes.rawValue != 0 ? $0 + counts[$1] : $0 }
  }

  /// How many texts are not empty and have no character of another class.
  package func count(onlyOf classes: Classes) -> Int {
    counts.indices.dropFirst().reduce(0) { UInt8($1) & ~classes.rawValue == 0 ? $0 + counts[$1] : $0 }
  }

  package mutating func update(_ texts: CountedTexts) {
    Self.table.withUnsafeBufferPointer { table in
      texts.forEach { text, _, rows in
        // Safe because: the table has an entry for every byte.
        var classes: UInt8 = 0
        for index in text.indices { classes |= table[Int(text[index])] }
        counts[Int(classes)] &+= rows
        guard classes & Classes.space.rawValue != 0 else { return }
        leadingSpaceCount &+= table[Int(text[0])] & Classes.space.rawValue != 0 ? rows : 0
        trailingSpaceCount &+= table[Int(text[text.count - 1])] & Classes.space.rawValue != 0 ? rows : 0
      }
    }
  }

  package mutating func merge(_ other: CharacterClasses) {
    for classes in counts.indices { counts[classes] += other.counts[classes] }
    leadingSpaceCount += other.leadingSpaceCount
    trailingSpaceCount += other.trailingSpaceCount
  }

  /// The class of every byte.
  private static let table: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
    let byteClass: Classes =
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): .lowercase
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): .uppercase
      case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
      case 9...13, 32: .space
      case 0..<32, 127: .control
      case 128...: .nonASCII
      default: .punctuation
      }
    return byteClass.rawValue
  }
}
