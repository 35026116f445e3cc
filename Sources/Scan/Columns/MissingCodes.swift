/// What stands in a column where there is no value: codes such as `-999` and `N/A`, and texts of a pattern.
///
/// Text is compared by its bytes, whatever wrote it. A number, boolean, date or time of a typed file is compared
/// as such, with the codes that read as one.
package struct MissingCodes: Sendable, Hashable {
  package var codes: [String]
  /// What texts match as a whole.
  package var pattern: Pattern?

  package init(_ codes: [String], pattern: Pattern? = nil) {
    self.codes = codes
    self.pattern = pattern
  }

  /// The values with null in place of what means none. O(values).
  func removed(from values: StoredColumn, _ type: StoredType) -> StoredColumn {
    switch values {
    case .texts(let text):
      let written = MissingCodes(codes.compactMap { Self.written($0, type) }, pattern: pattern)
      return .texts(text.removing(written.entries(of: text)))
    case .tokens(let text, let kinds):
      var removed = text.removing(entries(of: text))
      if case .number(let values) = text.decoded(as: .number), !numbers.isEmpty {
        let codes = numbers
        for row in kinds.indices where kinds[row] == TokenKind.number.rawValue && codes.contains(values.values[row]) {
          removed.ends[row] = -1
        }
      }
      return .tokens(
        removed, kinds: kinds.indices.map { removed.isNull($0) ? TokenKind.null.rawValue : kinds[$0] })
    case .numbers(let column):
      // In the width of the file, in which -999.9 may be another number.
      let codes = numbers.map(StoredType?.some(type).nearest)
      let hasNaN = codes.contains(where: \.isNaN)
      return .numbers(column.removing { codes.contains($0) || hasNaN && $0.isNaN })
    case .integers(let column):
      if case .integer(_, let isSigned) = type {
        let integers = codes.compactMap { Self.integer($0, isSigned: isSigned) }
        return .integers(column.removing { integers.contains($0) })
      }
      guard let reading = type.reading, case .integer(let read) = values.read(type, as: reading) else { return values }
      // Compared in the reading, whose unit may be another one.
      let integers = codes.compactMap { Literal.integer($0, as: reading) }
      let null = CellState.null.rawValue
      let states = read.removing { integers.contains($0) }.states
      return .integers(
        Column(values: column.values, states: states.indices.map { states[$0] == null ? null : column.states[$0] }))
    }
  }

  private var numbers: [Double] { codes.compactMap { Literal.number($0) } }

  /// The bits of a code that is a whole number, written with a fraction or without.
  private static func integer(_ code: String, isSigned: Bool) -> Int64? {
    if !isSigned, let value = UInt64(code) { return Int64(bitPattern: value) }
    guard let value = Literal.integer(code, as: .integer) ?? Literal.number(code).flatMap({ Int64(exactly: $0) }) else {
      return nil
    }
    return isSigned || value >= 0 ? value : nil
  }

  /// A code as the file writes it; nil when that has no such text.
  private static func written(_ code: String, _ type: StoredType) -> String? {
    switch type {
    case .decimal(_, let scale): return decimal(code, scale: scale)
    case .time(let unit):
      guard let (ticks, rest) = Literal.integer(code, as: .time)?.quotientAndRemainder(dividingBy: unit.nanoseconds),
        rest == 0
      else { return nil }
      var text: [UInt8] = []
      ClockText.appendTime(ticks, unit, to: &text)
      return String(decoding: text, as: UTF8.self)
    default: return code
    }
  }

  /// A code as a decimal with so many digits behind its point is written; nil when it is none.
  private static func decimal(_ code: String, scale: Int) -> String? {
    guard Literal.number(code)?.isFinite == true, !code.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
      return nil
    }
    let parts = code.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var fraction = Array((parts.count > 1 ? parts[1] : "").utf8)
    while fraction.count > scale, fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    guard fraction.count <= scale else { return nil }
    fraction += [UInt8](repeating: UInt8(ascii: "0"), count: scale - fraction.count)
    return scale == 0 ? String(parts[0]) : "\(parts[0]).\(String(decoding: fraction, as: UTF8.self))"
  }

  /// For every range of the column whether its text means no value.
  private func entries(of text: TextColumn) -> [Bool] {
    var table = KeyTable()
    for code in codes { table.insert(Array(code.utf8).span) }
    let longest = codes.reduce(0) { max($0, $1.utf8.count) }
    let bytes = text.bytes.span
    let matched = pattern?.matches(text)
    return text.ends.indices.map { index in
      guard text.ends[index] >= 0 else { return false }
      if let matched, matched[index] == 1 { return true }
      let range = Int(text.starts[index])..<Int(text.ends[index])
      return range.count <= longest && !codes.isEmpty && table.contains(bytes.extracting(range))
    }
  }
}

extension StoredType {
  /// The type by which codes for values of fixed width are read; nil when they have none.
  fileprivate var reading: ValueType? {
    switch self {
    case .boolean: .boolean
    case .date: .date
    case .timestamp: .timestamp
    default: nil
    }
  }
}

extension TextColumn {
  /// The column with null in place of some of its texts.
  fileprivate func removing(_ entries: [Bool]) -> TextColumn {
    guard entries.contains(true) else { return self }
    var column = self
    if let codes {
      column.codes = codes.map { $0 >= 0 && entries[Int($0)] ? -1 : $0 }
    } else {
      for entry in entries.indices where entries[entry] { column.ends[entry] = -1 }
    }
    return column
  }
}

extension Column {
  /// The column with null in place of some of its values.
  fileprivate func removing(where isCode: (Value) -> Bool) -> Column {
    var column = self
    for row in states.indices where states[row] == CellState.valid.rawValue && isCode(values[row]) {
      column.states[row] = CellState.null.rawValue
    }
    return column
  }
}
