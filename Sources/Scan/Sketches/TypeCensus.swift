internal import CKernels

/// As which types the texts of a column read: for every set of types how many texts read as exactly these.
package struct TypeCensus: Sendable, Equatable {
  /// The types that are looked for, the finest first: a text counts for the first that it reads as.
  package static let types: [ValueType] = [.integer, .number, .boolean, .timestamp, .date]

  /// For every set of types, bit i for `types[i]`, how many texts read as exactly these.
  private var counts = [Int](repeating: 0, count: 1 << types.count)

  package init() {}

  package var count: Int { counts.reduce(0, +) }

  /// How many texts read as a type; as text every one does.
  package func count(of type: ValueType) -> Int {
    guard let bit = Self.types.firstIndex(of: type) else { return count }
    return counts.indices.reduce(0) { $1 >> bit & 1 == 1 ? $0 + counts[$1] : $0 }
  }

  /// How many texts have a type as their finest: each text counts once. `0` and `1` are integers before they are
  /// booleans; text is what reads as nothing else.
  package func count(ofFinest type: ValueType) -> Int {
    guard let bit = Self.types.firstIndex(of: type) else { return counts[0] }
    return counts.indices.reduce(0) { $1 > 0 && $1.trailingZeroBitCount == bit ? $0 + counts[$1] : $0 }
  }

  package mutating func update(_ texts: CountedTexts) {
    // What is no whole number but has its characters is read as a number together.
    var starts: [Int32] = []
    var ends: [Int32] = []
    var rowCounts: [Int] = []
    Characters.table.withUnsafeBufferPointer { table in
      counts.withUnsafeMutableBufferPointer { counts in
        texts.forEach { text, index, rows in
          // Safe because: the table has an entry for every byte, and a set of types is an index.
          var characters: UInt8 = 0
          for place in text.indices { characters |= table[Int(text[place])] }
          let types = Self.types(of: text, Characters(rawValue: characters))
          if types == 0, Self.mayBeNumber(text, Characters(rawValue: characters)) {
            starts.append(texts.starts[index])
            ends.append(texts.ends[index])
            rowCounts.append(rows)
          } else {
            counts[types] &+= rows
          }
        }
      }
    }
    guard !starts.isEmpty else { return }
    var values = [Double](repeating: 0, count: starts.count)
    var states = [UInt8](repeating: 0, count: starts.count)
    ck_parse_doubles(texts.bytes, starts, ends, starts.count, &values, &states)
    for (rows, state) in zip(rowCounts, states) {
      counts[state == CellState.valid.rawValue ? 0b00010 : 0] &+= rows
    }
  }

  package mutating func merge(_ other: TypeCensus) {
    for types in counts.indices { counts[types] += other.counts[types] }
  }

  /// The types that a text reads as, but for numbers that are not whole.
  @inline(__always)
  private static func types(of text: Span<UInt8>, _ characters: Characters) -> Int {
    var types = 0
    if characters.isSubset(of: .whole), parseInteger(text) != nil { types |= 0b00011 }
    switch text.count {
    case 1, 4, 5: if parseBoolean(text) != nil { types |= 0b00100 }
    case 10: if characters == .whole, parseDate(text) != nil { types |= 0b10000 }
    case 16...: if characters.isStrictSuperset(of: .whole), parseTimestamp(text) != nil { types |= 0b01000 }
    default: break
    }
    return types
  }

  @inline(__always)
  private static func mayBeNumber(_ text: Span<UInt8>, _ characters: Characters) -> Bool {
    guard text.count > 0 else { return false }
    if characters.isSubset(of: .number) { return true }
    // `nan`, `inf` and `infinity` with or without a sign are the only words.
    switch text.count {
    case 3, 4, 8, 9: return !characters.contains(.digit) && !characters.contains(.separator)
    default: return false
    }
  }

  /// Which characters a text has: those of whole numbers, of others, and of times.
  private struct Characters: OptionSet {
    let rawValue: UInt8

    static let digit = Characters(rawValue: 1)
    static let sign = Characters(rawValue: 2)
    /// The point and the letter of an exponent.
    static let fraction = Characters(rawValue: 4)
    /// A character that is in no number and no word.
    static let separator = Characters(rawValue: 8)
    /// Any other letter.
    static let letter = Characters(rawValue: 16)

    static let whole: Characters = [digit, sign]
    static let number: Characters = [digit, sign, fraction]

    /// The set of every byte.
    static let table: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
      let character: Characters =
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "+"), UInt8(ascii: "-"): .sign
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): .fraction
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
        default: .separator
        }
      return character.rawValue
    }
  }
}

// MARK: - Image

extension TypeCensus {
  /// For every set of types how many texts, in eight bytes each.
  package func serialized() -> [UInt8] {
    var image = ImageWriter()
    for count in counts { image.append(Int64(count)) }
    return image.bytes
  }

  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "the types")
    self.init()
    for types in counts.indices { counts[types] = try image.nextCount() }
  }
}
