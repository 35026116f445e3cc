/// A column of a batch whose values make keys.
struct KeyColumn {
  let field: Field
  let values: StoredColumn
  private let joinsTypes: Bool
  /// The type whose values have one text each here; nil when texts are what is compared.
  private let type: ValueType?

  init(field: Field, _ values: StoredColumn, _ form: BatchKeys.Form) {
    self.field = field
    self.values = values.withoutSignedZeros
    joinsTypes = form.joinsTypes
    type = form.types[field.name].flatMap { field.type.hasManyTexts(of: $0, joinsTypes: form.joinsTypes) ? $0 : nil }
  }

  /// The columns of those names.
  static func columns(_ names: [String], _ batch: Batch, _ form: BatchKeys.Form) -> [KeyColumn] {
    names.compactMap { batch.stored($0).map { KeyColumn(field: $0.field, $0.values, form) } }
  }

  /// Whether a value is written as its bytes stand in the column.
  var isPlainText: Bool {
    switch field.type {
    case .binary: false
    case .decimal, .time: !joinsTypes
    default: type == nil
    }
  }

  /// Appends the value of a row; false for a null, which appends nothing.
  func append(_ row: Int, to text: inout [UInt8]) -> Bool {
    let start = text.count
    if joinsTypes, let whole = wholeNumber(row) {
      if let small = Int64(exactly: whole) {
        text.append(decimal: small)
      } else {
        text.append(contentsOf: String(whole).utf8)
      }
      return true
    }
    guard values.append(row, of: field.type, to: &text) else { return false }
    if joinsTypes, hasFraction(row) { text.trimFraction(from: start) }
    if let type { CanonicalText.rewrite(&text, from: start, as: type) }
    return true
  }

  /// A floating-point number that is an integer: of a large one the shortest text has an exponent.
  private func wholeNumber(_ row: Int) -> Int128? {
    guard case .numbers(let column) = values, column.states[row] == CellState.valid.rawValue else { return nil }
    return Int128(exactly: column.values[row])
  }

  private func hasFraction(_ row: Int) -> Bool {
    if case .tokens(_, let kinds) = values { return kinds[row] == TokenKind.number.rawValue }
    return switch field.type {
    case .float, .decimal, .time, .timestamp: true
    default: false
    }
  }

  /// The length of what is no value.
  static let null = UInt32.max

  /// Appends the key of a row; false when one of its values is null and nulls are none, or when one of its companions
  /// is. Of several values, and of those that may be null, each has its length before it.
  static func append(
    _ row: Int, _ columns: [KeyColumn], _ form: BatchKeys.Form, beside companions: [KeyColumn] = [],
    to bytes: inout [UInt8]
  ) -> Bool {
    guard companions.allSatisfy({ $0.values.isPresent(row) }) else { return false }
    let start = bytes.count
    let isPlain = columns.count == 1 && !form.nullsAreValues
    for column in columns {
      let first = bytes.count
      if !isPlain { bytes.append(contentsOf: [0, 0, 0, 0]) }
      let isPresent = column.append(row, to: &bytes)
      guard isPresent || form.nullsAreValues else {
        bytes.removeSubrange(start...)
        return false
      }
      if !isPlain { bytes.setLength(isPresent ? UInt32(clamping: bytes.count - first - 4) : null, at: first) }
    }
    return true
  }
}

extension Array<UInt8> {
  /// Writes a length as four bytes, the lowest first, in place of those that stand there.
  mutating func setLength(_ length: UInt32, at position: Int) {
    for byte in 0..<4 { self[position + byte] = UInt8(truncatingIfNeeded: length >> UInt32(8 * byte)) }
  }

  /// Removes the zeros at the end of a fraction: `1.50` becomes `1.5`, `07:30:00.500Z` `07:30:00.5Z`, `1.0` `1`. What
  /// has an exponent stays as it is.
  mutating func trimFraction(from start: Int) {
    guard let point = self[start...].firstIndex(of: UInt8(ascii: ".")) else { return }
    var end = point + 1
    while end < count, self[end] &- 0x30 < 10 { end += 1 }
    guard end == count || end == count - 1 && self[end] == UInt8(ascii: "Z") else { return }
    var kept = end
    while kept > point + 1, self[kept - 1] == 0x30 { kept -= 1 }
    if kept == point + 1 { kept = point }
    removeSubrange(kept..<end)
  }
}

extension StoredType {
  /// Whether the column has more than one text for some values of a type. A typed file has one, of which other files
  /// know nothing: numbers with an exponent, and points in time of which only the rules say that they are in UTC.
  func hasManyTexts(of type: ValueType, joinsTypes: Bool) -> Bool {
    guard type != .string else { return false }
    switch self {
    case .untyped, .tokens: return true
    case .float, .decimal: return joinsTypes && (type == .number || type == .integer)
    case .timestamp, .date: return joinsTypes && type == .timestamp
    default: return false
    }
  }
}

extension StoredColumn {
  /// Zero has two signs and is one value.
  fileprivate var withoutSignedZeros: StoredColumn {
    guard case .numbers(let column) = self else { return self }
    return .numbers(column.mapped { $0 + 0 })
  }
}
