internal import CKernels

/// As which types the texts of a column read: for every set of types how many texts read as exactly these.
package struct TypeCensus: Sendable, Equatable {
  /// The types that are looked for, the finest first: a text counts for the first that it reads as.
  package static let types: [ValueType] = [.integer, .number, .boolean, .timestamp, .date, .time]

  /// For every set of types, bit i for `types[i]`, how many texts read as exactly these.
  /// It ends with the last set that any has: of a hundred thousand columns the memory of the others would be missed.
  private var counts: [Int] = []

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
    guard let bit = Self.types.firstIndex(of: type) else { return counts.first ?? 0 }
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
    add(timestamps, to: 0b01000)
    add(dates, to: 0b10000)
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
    add(Int(kinds.fractions), to: 0b00010)
    add(Int(kinds.integers), to: 0b00011)
    add(Int(kinds.timestamps), to: 0b01000)
    add(Int(kinds.words), to: 0)
    return others
  }

  private mutating func add(_ texts: CountedTexts, _ index: Int, _ rows: Int, _ numbers: Column<Double>) {
    let text = texts.bytes.span.extracting(Int(texts.starts[index])..<Int(texts.ends[index]))
    let isNumber = numbers.states[index] == CellState.valid.rawValue
    add(rows, to: isNumber ? Self.types(ofNumber: text) : Self.types(ofWord: text))
  }

  private mutating func add(_ rows: Int, to types: Int) {
    guard rows > 0 else { return }
    if types >= counts.count { counts += repeatElement(0, count: types + 1 - counts.count) }
    counts[types] += rows
  }

  package mutating func merge(_ other: TypeCensus) {
    if counts.isEmpty { return counts = other.counts }
    for types in other.counts.indices { add(other.counts[types], to: types) }
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
    for count in counts { image.append(Int64(count)) }
    for _ in counts.count..<max(Self.setsWithoutTimes, counts.count) { image.append(Int64(0)) }
    return image.bytes
  }

  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "the types")
    self.init()
    for types in 0..<1 << Self.types.count where types < Self.setsWithoutTimes || image.remaining > 0 {
      add(try image.nextCount(), to: types)
    }
  }
}
