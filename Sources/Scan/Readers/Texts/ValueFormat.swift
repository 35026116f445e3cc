/// How the stored values of a column become text: columns of texts in their plain form, leaves of nested columns as
/// tokens of JSON.
struct ValueFormat: Sendable {
  enum Form: Sendable {
    /// The bytes themselves, which must be UTF-8.
    case text
    /// The bytes themselves; hexadecimal digits in JSON.
    case binary
    case uuid
    case decimal(scale: Int)
    case time(StoredType.TimeUnit)
    case boolean
    case integer(isSigned: Bool)
    case number(bits: Int)
    case date
    case timestamp(StoredType.TimeUnit, isUTC: Bool)
    case null
  }

  let form: Form
  let isJSON: Bool
  /// Whether the values are byte arrays rather than of a fixed width of up to 64 bits.
  let hasBytes: Bool

  init(_ leaf: ParquetLeaf, isJSON: Bool) {
    self.isJSON = isJSON
    let isByteArray = leaf.physical == .byteArray || leaf.physical == .fixedLengthByteArray
    hasBytes = isByteArray && leaf.type != .float(bits: 16)
    form =
      switch leaf.type {
      case .text: leaf.physical == .fixedLengthByteArray ? .uuid : .text
      case .decimal(_, let scale): .decimal(scale: scale)
      case .time(let unit): .time(unit)
      case .boolean: .boolean
      case .integer(_, let isSigned): .integer(isSigned: isSigned)
      case .float(let bits): .number(bits: bits)
      case .date: .date
      case .timestamp(let unit, let zone): .timestamp(unit, isUTC: zone != nil)
      case .null, .unsupported: .null
      case .binary, .untyped, .tokens, .duration, .nested: .binary
      }
  }

  /// Whether the stored bytes are the text already.
  var isVerbatim: Bool {
    switch form {
    case .text, .binary: hasBytes && !isJSON
    default: false
    }
  }

  /// Appends the text of a value that is stored as bytes.
  func append(_ value: Range<Int>, of source: [UInt8], to text: inout [UInt8]) throws(PageFault) {
    switch form {
    case .text:
      guard UTF8Check.isValid(source, value) else { throw .notText }
      if isJSON { JSONText.appendString(source, value, to: &text) } else { text.append(contentsOf: source[value]) }
    case .decimal(let scale): try DecimalText.append(source, value, scale: scale, to: &text)
    case .uuid:
      if isJSON { text.append(.quote) }
      for (index, byte) in source[value].enumerated() {
        if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
        JSONText.appendHexadecimal(byte, to: &text)
      }
      if isJSON { text.append(.quote) }
    case .null: text.append(contentsOf: "null".utf8)
    default:
      guard isJSON else {
        text.append(contentsOf: source[value])
        return
      }
      text.append(.quote)
      for byte in source[value] { JSONText.appendHexadecimal(byte, to: &text) }
      text.append(.quote)
    }
  }

  /// Appends the text of a value that is stored as a 64-bit pattern.
  func append(_ value: Int64, to text: inout [UInt8]) {
    let isQuoted =
      switch form {
      case .time, .date, .timestamp: isJSON
      default: false
      }
    if isQuoted { text.append(.quote) }
    switch form {
    case .decimal(let scale): DecimalText.append(value.magnitude, isNegative: value < 0, scale: scale, to: &text)
    case .time(let unit): ClockText.appendTime(value, unit, to: &text)
    case .boolean: text.append(contentsOf: (value == 0 ? "false" : "true").utf8)
    case .integer(isSigned: false):
      DecimalText.append(UInt64(bitPattern: value), isNegative: false, scale: 0, to: &text)
    case .integer: DecimalText.append(value.magnitude, isNegative: value < 0, scale: 0, to: &text)
    case .number(let bits): JSONText.appendNumber(value, bits: bits, to: &text)
    case .date: ClockText.appendDate(value, to: &text)
    case .timestamp(let unit, let isUTC): ClockText.appendTimestamp(value, unit, isUTC: isUTC, to: &text)
    case .text, .binary, .uuid, .null: text.append(contentsOf: "null".utf8)
    }
    if isQuoted { text.append(.quote) }
  }
}

extension PageFault {
  static var notText: PageFault { PageFault("a text is not UTF-8") }
}

/// Whether bytes are the UTF-8 that the format promises.
enum UTF8Check {
  static func isValid(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let text = bytes.span.extracting(range)
    return (try? UTF8Span(validating: text)) != nil
  }

  /// Whether every one of some texts is valid. Most are ASCII, which is seen for all of them at once.
  static func areValid(_ texts: TextColumn, _ rows: Range<Int>, bytes: Range<Int>) -> Bool {
    if PageKernels.isASCII(texts.bytes, bytes) { return true }
    for row in rows where texts.ends[row] >= 0 {
      guard isValid(texts.bytes, Int(texts.starts[row])..<Int(texts.ends[row])) else { return false }
    }
    return true
  }
}
