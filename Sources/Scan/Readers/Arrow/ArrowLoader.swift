internal import CKernels

/// Loads rows of columns out of a record batch, with all that they point to.
struct ArrowLoader {
  var body: ArrowBody
  let dictionaries: [Int64: ArrowDictionary]
  /// By the buffers of the ends of runs the run that was looked for last.
  var firstRuns: [Int: Int] = [:]
  /// How many bytes the texts of some rows may have in all, though views may tell the same bytes many times. Fewer rows are
  /// read at once where they have more, and of one row it is the limit that CSV and JSON Lines have.
  var maximumTextBytes = 64 << 20
  /// How many those of a dictionary may have, which are held while it is used.
  static let maximumDictionaryBytes = 256 << 20

  /// Loads rows of a field.
  mutating func load(_ slot: ArrowSlot, _ rows: Range<Int>) throws(ArrowFault) -> ArrowArray {
    guard rows.upperBound <= slot.rowCount else {
      throw ArrowFault("\(slot.field.name) has \(slot.rowCount) values, and \(rows.upperBound) are needed")
    }
    if let dictionary = slot.field.dictionary { return try codes(slot, rows, dictionary) }
    let values: ArrowArray.Values
    let buffer = slot.firstBuffer
    switch slot.field.type {
    case .null, .unsupported: return ArrowArray(field: slot.field, count: rows.count, validity: nil, values: .none)
    case .boolean:
      let first = rows.lowerBound / 8
      let bits = try body.bytes(buffer + 1, first..<(rows.upperBound + 7) / 8)
      values = .bits(bits, first: rows.lowerBound - first * 8)
    case .bytes(let offsetBits, let isText):
      values = try texts(slot, rows, offsetBits, isText: isText)
    case .views(let isText):
      values = try views(slot, rows, isText: isText)
    case .list(let offsetBits):
      values = try list(slot, try offsets(buffer + 1, rows, offsetBits))
    case .listView(let offsetBits):
      values = try listViews(slot, rows, offsetBits)
    case .runs:
      // Nulls are among the values of the runs.
      return ArrowArray(field: slot.field, count: rows.count, validity: nil, values: try runs(slot, rows))
    case .map:
      values = try list(slot, try offsets(buffer + 1, rows, 32))
    case .fixedList(let count):
      // Both have 31 bits, so the products fit.
      let elements = rows.lowerBound * count..<rows.upperBound * count
      values = .fixedList(count, try load(slot.children[0], elements))
    case .structure:
      var children: [ArrowArray] = []
      for child in slot.children { children.append(try load(child, rows)) }
      values = .structure(children)
    default:
      let width = slot.field.type.width ?? 0
      values = .fixed(try body.bytes(buffer + 1, rows.lowerBound * width..<rows.upperBound * width), width: width)
    }
    return ArrowArray(field: slot.field, count: rows.count, validity: try validity(slot, rows), values: values)
  }

  /// Which rows have a value: 1 for those.
  mutating func validity(_ slot: ArrowSlot, _ rows: Range<Int>) throws(ArrowFault) -> [UInt8]? {
    guard slot.nullCount != 0, slot.field.type != .null || slot.field.dictionary != nil else { return nil }
    let first = rows.lowerBound / 8
    let bits = try body.bytes(slot.firstBuffer, first..<(rows.upperBound + 7) / 8)
    return ArrowArray.unpack(bits, first: rows.lowerBound - first * 8, count: rows.count)
  }

  private mutating func offsets(_ buffer: Int, _ rows: Range<Int>, _ bits: Int) throws(ArrowFault) -> [Int] {
    // A column without rows may have no offsets at all.
    guard !rows.isEmpty else { return [0] }
    let width = bits / 8
    let bytes = try body.bytes(buffer, rows.lowerBound * width..<(rows.upperBound + 1) * width)
    let offsets: [Int] =
      bits == 32 ? bytes.map { (offset: Int32) in Int(offset) } : bytes.map { (offset: Int64) in Int(offset) }
    var previous = 0
    var isOrdered = true
    for offset in offsets {
      isOrdered = isOrdered && offset >= previous
      previous = offset
    }
    guard isOrdered else { throw ArrowFault("offsets are negative or go backwards") }
    return offsets
  }

  private mutating func list(_ slot: ArrowSlot, _ offsets: [Int]) throws(ArrowFault) -> ArrowArray.Values {
    let first = offsets[0], last = offsets[offsets.count - 1]
    let places = offsets.map { $0 - first }
    return .list(
      starts: Array(places.dropLast()), ends: Array(places.dropFirst()), try load(slot.children[0], first..<last))
  }

  private mutating func texts(
    _ slot: ArrowSlot, _ rows: Range<Int>, _ offsetBits: Int, isText: Bool
  ) throws(ArrowFault) -> ArrowArray.Values {
    let offsets = try offsets(slot.firstBuffer + 1, rows, offsetBits)
    let first = offsets[0], last = offsets[offsets.count - 1]
    guard last - first <= maximumTextBytes else { throw tooMuchText }
    let data = try body.bytes(slot.firstBuffer + 2, first..<last)
    let shift = data.range.lowerBound - first
    // Texts end inside of the array, which has less than 2^31 bytes.
    let places = offsets.map { Int32(truncatingIfNeeded: $0 + shift) }
    let (starts, ends) = (Array(places.dropLast()), Array(places.dropFirst()))
    if isText {
      try check(data.array, data.range, starts, ends, validity: try validity(slot, rows))
    }
    return .ranges(data.array, starts: starts, ends: ends)
  }

  var tooMuchText: ArrowFault {
    ArrowFault("the texts of a row, or of a dictionary, have more than \(maximumTextBytes >> 20) MiB", kind: .limit)
  }

  /// Whether texts are UTF-8: the part of the array that holds them at once, and then where texts begin, which must
  /// not be inside a character. Bytes under nulls may be anything, so when that fails, each text is looked at.
  func check(
    _ bytes: [UInt8], _ part: Range<Int>, _ starts: [Int32], _ ends: [Int32], validity: [UInt8]?
  ) throws(ArrowFault) {
    let areValid = bytes.withUnsafeBufferPointer { bytes in
      // Safe because: the subscript of the pointer's slice is checked by whoever made the part.
      ck_is_utf8(UnsafeBufferPointer(rebasing: bytes[part]).baseAddress, part.count)
    }
    let span = bytes.span
    func beginsCharacter(_ place: Int32) -> Bool { Int(place) >= span.count || span[Int(place)] & 0xC0 != 0x80 }
    if areValid, starts.allSatisfy(beginsCharacter), ends.allSatisfy(beginsCharacter) { return }
    for row in starts.indices where validity?[row] != 0 {
      let text = span.extracting(Int(starts[row])..<Int(ends[row]))
      if (try? UTF8Span(validating: text)) == nil { throw ArrowFault("a text is not UTF-8") }
    }
  }

  private mutating func codes(
    _ slot: ArrowSlot, _ rows: Range<Int>, _ index: ArrowField.Dictionary
  ) throws(ArrowFault) -> ArrowArray {
    guard let dictionary = dictionaries[index.id] else {
      throw ArrowFault("the dictionary \(index.id) of \(slot.field.name) is missing")
    }
    let width = index.bits / 8
    let bytes = try body.bytes(slot.firstBuffer + 1, rows.lowerBound * width..<rows.upperBound * width)
    // What does not fit becomes -1, which is no index.
    var codes: [Int32] =
      switch (index.bits, index.isSigned) {
      case (8, true): bytes.map { (code: Int8) in Int32(code) }
      case (8, false): bytes.map { (code: UInt8) in Int32(code) }
      case (16, true): bytes.map { (code: Int16) in Int32(code) }
      case (16, false): bytes.map { (code: UInt16) in Int32(code) }
      case (32, true): bytes.map { (code: Int32) in code }
      case (32, false): bytes.map { (code: UInt32) in Int32(exactly: code) ?? -1 }
      case (_, true): bytes.map { (code: Int64) in Int32(exactly: code) ?? -1 }
      case (_, false): bytes.map { (code: UInt64) in Int32(exactly: code) ?? -1 }
      }
    let validity = try validity(slot, rows)
    let limit = UInt32(dictionary.count)
    var isInside = true
    for row in codes.indices {
      if let validity, validity[row] == 0 {
        codes[row] = -1
      } else {
        isInside = isInside && UInt32(bitPattern: codes[row]) < limit
      }
    }
    guard isInside else { throw ArrowFault("an index is outside of its dictionary") }
    return ArrowArray(field: slot.field, count: rows.count, validity: validity, values: .codes(codes, dictionary))
  }
}
