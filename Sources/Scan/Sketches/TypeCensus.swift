internal import CKernels

/// As which types the texts of a column read: for every set of types how many texts read as exactly these.
package struct TypeCensus: Sendable, Equatable {
  /// The types that are looked for, the finest first: a text counts for the first that it reads as.
  package static let types: [ValueType] = [.integer, .number, .boolean, .timestamp, .date, .time]

  /// For every set of types, bit i for `types[i]`, how many texts read as exactly these.
  private var counts = none
  /// Shared by all columns without a text: of a hundred thousand columns the memory would be missed.
  private static let none = [Int](repeating: 0, count: 1 << types.count)

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
    if texts.counts == nil {
      for index in countPlain(texts, numbers) { add(texts, Int(index), 1, numbers) }
    } else {
      texts.forEachPlace { index, rows in add(texts, index, rows, numbers) }
    }
  }

  /// Counts texts of which it is known what they are.
  mutating func count(dates: Int, timestamps: Int) {
    counts[0b01000] += timestamps
    counts[0b10000] += dates
  }

  /// Counts the texts of the forms that most have; returns the places of the others.
  private mutating func countPlain(_ texts: CountedTexts, _ numbers: Column<Double>) -> [Int32] {
    var kinds = ck_text_kinds()
    let others = [Int32](unsafeUninitializedCapacity: texts.ends.count) { others, count in
      // Safe because: the kernel reads texts, values and states, of which there are as many, and writes at most as many
      // places.
      count = ck_count_kinds(
        texts.bytes, texts.bytes.count, texts.starts, texts.ends, numbers.values, numbers.states, texts.ends.count,
        &kinds, others.baseAddress)
    }
    counts[0b00010] += Int(kinds.fractions)
    counts[0b00011] += Int(kinds.integers)
    counts[0b01000] += Int(kinds.timestamps)
    counts[0] += Int(kinds.words)
    return others
  }

  private mutating func add(_ texts: CountedTexts, _ index: Int, _ rows: Int, _ numbers: Column<Double>) {
    let text = texts.bytes.span.extracting(Int(texts.starts[index])..<Int(texts.ends[index]))
    let isNumber = numbers.states[index] == CellState.valid.rawValue
    counts[isNumber ? Self.types(ofNumber: text) : Self.types(ofWord: text)] += rows
  }

  package mutating func merge(_ other: TypeCensus) {
    if counts == Self.none { return counts = other.counts }
    for types in counts.indices { counts[types] += other.counts[types] }
  }

  /// The types of a text that reads as a number.
  private static func types(ofNumber text: Span<UInt8>) -> Int {
    guard parseInteger(text) != nil else { return 0b00010 }
    return parseBoolean(text) == nil ? 0b00011 : 0b00111
  }

  /// The types of a text that reads as no number.
  static func types(ofWord text: Span<UInt8>) -> Int {
    (parseBoolean(text) == nil ? 0 : 0b00100) | (parseTimestamp(text) == nil ? 0 : 0b01000)
      | (parseDate(text) == nil ? 0 : 0b10000) | (parseTime(text) == nil ? 0 : 0b100000)
  }
}

// MARK: - Image

extension TypeCensus {
  /// There were so many sets of types before times of day were looked for, and there still are where there is none.
  private static let setsWithoutTimes = 32

  /// For every set of types how many texts, in eight bytes each, up to the last set that any has.
  package func serialized() -> [UInt8] {
    var image = ImageWriter()
    let last = counts.lastIndex { $0 != 0 } ?? 0
    for count in counts.prefix(max(Self.setsWithoutTimes, last + 1)) { image.append(Int64(count)) }
    return image.bytes
  }

  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "the types")
    self.init()
    for types in counts.indices where types < Self.setsWithoutTimes || image.remaining > 0 {
      counts[types] = try image.nextCount()
    }
  }
}
