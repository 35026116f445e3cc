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

  package mutating func update(_ texts: CountedTexts) { update(texts, texts.numbers()) }

  /// - Parameter numbers: The texts read as numbers.
  mutating func update(_ texts: CountedTexts, _ numbers: Column<Double>) {
    let all = texts.bytes.span
    let (values, states) = (numbers.values.span, numbers.states.span)
    var counts = counts
    texts.forEachPlace { index, rows in
      let text = all.extracting(Int(texts.starts[index])..<Int(texts.ends[index]))
      let isNumber = states[index] == CellState.valid.rawValue
      counts[isNumber ? Self.types(of: text, number: values[index]) : Self.types(ofWord: text)] &+= rows
    }
    self.counts = counts
  }

  package mutating func merge(_ other: TypeCensus) {
    for types in counts.indices { counts[types] += other.counts[types] }
  }

  /// The types of a text that reads as a number: few numbers need a second look.
  @inline(__always)
  private static func types(of text: Span<UInt8>, number: Double) -> Int {
    // Adding and taking off this number leaves no room for a fraction.
    let rounder = 0x1p52 * 1.5
    if number.magnitude < 0x1p51, number + rounder - rounder != number { return 0b00010 }
    if text.count > 1, text.count <= 8, isDigits(text) { return 0b00011 }
    guard parseInteger(text) != nil else { return 0b00010 }
    return parseBoolean(text) == nil ? 0b00011 : 0b00111
  }

  /// The types of a text that reads as no number, by its length: dates and times begin with a digit.
  @inline(__always)
  private static func types(ofWord text: Span<UInt8>) -> Int {
    switch text.count {
    case 4, 5: return parseBoolean(text) == nil ? 0 : 0b00100
    case 10: return text[0] &- 0x30 < 10 && parseDate(text) != nil ? 0b10000 : 0
    case 19...20 where isPlainTimestamp(text): return 0b01000
    case 16...: return text[0] &- 0x30 < 10 && parseTimestamp(text) != nil ? 0b01000 : 0
    default: return 0
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
