/// One value of a table in memory, as its column stores it.
package enum Cell: Sendable, Equatable {
  case null
  /// A text, or what is stored as one: see `StoredColumn.texts`.
  case text([UInt8])
  /// A value of JSON, by its text and its kind.
  case token([UInt8], TokenKind)
  case number(Double)
  /// An integer, or what is stored as one: see `StoredColumn.integers`.
  case integer(Int64)

  /// What a column of the type stores for a text; nil when it has no place for such a value.
  ///
  /// - Parameter other: a value of the column, whose kind a token takes when the text can be one.
  package init?(_ text: String, in type: StoredType, like other: Cell = .null) {
    switch type {
    case .untyped, .text, .binary, .time, .nested, .null, .unsupported: self = .text(Array(text.utf8))
    case .tokens: self = .token(Array(text.utf8), Self.kind(of: text, like: other))
    case .decimal(_, let scale):
      guard let decimal = Self.decimal(text, scale: scale) else { return nil }
      self = .text(Array(decimal.utf8))
    case .float:
      guard let number = Literal.number(text) else { return nil }
      self = .number(StoredType?.some(type).nearest(number))
    case .integer(_, isSigned: false):
      guard let integer = UInt64(text) else { return nil }
      self = .integer(Int64(bitPattern: integer))
    case .integer, .duration:
      guard let integer = Int64(text) else { return nil }
      self = .integer(integer)
    case .boolean, .date, .timestamp:
      guard let integer = Self.integer(text, type) else { return nil }
      self = .integer(integer)
    }
  }

  private static func integer(_ text: String, _ type: StoredType) -> Int64? {
    switch type {
    case .boolean: return Literal.integer(text, as: .boolean)
    case .date: return Literal.integer(text, as: .date)
    case .timestamp(let unit, _):
      guard let instant = Literal.integer(text, as: .timestamp) else { return nil }
      if unit != .nanosecond {
        let (ticks, rest) = instant.quotientAndRemainder(dividingBy: 1_000_000 / Int64(unit.perSecond))
        return rest < 0 ? ticks - 1 : ticks
      }
      let (ticks, isTooFar) = instant.multipliedReportingOverflow(by: 1000)
      return isTooFar ? nil : ticks
    default: return nil
    }
  }

  /// The plain decimal with all digits of the scale; nil when the text is none, or has more.
  private static func decimal(_ text: String, scale: Int) -> String? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    let digits = parts[0].hasPrefix("-") ? parts[0].dropFirst() : parts[0]
    guard !digits.isEmpty, (digits + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      fraction.utf8.count <= scale
    else { return nil }
    let zeros = String(repeating: "0", count: scale - fraction.utf8.count)
    return scale == 0 ? String(parts[0]) : "\(parts[0]).\(fraction)\(zeros)"
  }

  private static func kind(of text: String, like other: Cell) -> TokenKind {
    let isNested = text.hasPrefix("[") || text.hasPrefix("{")
    guard case .token(_, let kind) = other else { return isNested ? .nested : .string }
    switch kind {
    case .number: return Literal.number(text)?.isFinite == true ? .number : isNested ? .nested : .string
    case .boolean: return ["true", "false"].contains(text) ? .boolean : isNested ? .nested : .string
    case .nested: return isNested ? .nested : Literal.number(text) != nil ? .number : .string
    case .string, .null: return .string
    }
  }
}

extension StoredColumn {
  /// A column of a table in memory.
  init(_ cells: [Cell], _ type: StoredType) {
    switch type {
    case .float:
      self = .numbers(
        Self.column(cells, zero: 0) { if case .number(let value) = $0 { value } else { nil } })
    case .boolean, .integer, .date, .timestamp, .duration:
      self = .integers(
        Self.column(cells, zero: 0) { if case .integer(let value) = $0 { value } else { nil } })
    default:
      var (text, kinds) = (TextColumn(), [UInt8]())
      for cell in cells {
        text.starts.append(Int32(clamping: text.bytes.count))
        switch cell {
        case .text(let bytes):
          text.bytes += bytes
          text.ends.append(Int32(clamping: text.bytes.count))
          kinds.append(TokenKind.string.rawValue)
        case .token(let bytes, let kind):
          text.bytes += bytes
          text.ends.append(Int32(clamping: text.bytes.count))
          kinds.append(kind.rawValue)
        case .null, .number, .integer:
          text.ends.append(-1)
          kinds.append(TokenKind.null.rawValue)
        }
      }
      self = type == .tokens ? .tokens(text, kinds: kinds) : .texts(text)
    }
  }

  private static func column<Value>(_ cells: [Cell], zero: Value, _ value: (Cell) -> Value?) -> Column<Value> {
    let values = cells.map(value)
    return Column(
      values: values.map { $0 ?? zero },
      states: values.map { ($0 == nil ? CellState.null : .valid).rawValue })
  }

  /// The value of a row.
  func cell(_ row: Int) -> Cell {
    switch self {
    case .texts(let text): text.range(row).map { .text(Array(text.bytes[$0])) } ?? .null
    case .tokens(let text, let kinds):
      text.range(row).flatMap { range in
        TokenKind(rawValue: kinds[row]).map { .token(Array(text.bytes[range]), $0) }
      } ?? .null
    case .numbers(let column):
      column.states[row] == CellState.valid.rawValue ? .number(column.values[row]) : .null
    case .integers(let column):
      column.states[row] == CellState.valid.rawValue ? .integer(column.values[row]) : .null
    }
  }
}
