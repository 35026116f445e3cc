// Values as text: plain for columns of decimals, times and UUIDs, and as JSON inside lists, maps and structs.
extension ArrowArray {
  /// Appends a value that is stored in a fixed width; not null.
  func appendPlain(_ row: Int, to text: inout [UInt8]) {
    guard case .fixed(let bytes, let width) = values else { return }
    switch field.type {
    case .decimal(_, _, let scale): Self.appendDecimal(bytes, row * width, width, scale, to: &text)
    case .time(let unit, _): ClockText.appendTime(integer(bytes, row, width), unit, to: &text)
    case .uuid:
      for index in 0..<width {
        if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
        JSONText.appendHexadecimal(bytes.load(row * width + index), to: &text)
      }
    case .date(let bits):
      let value = integer(bytes, row, width)
      ClockText.appendDate(bits == 64 ? value / 86_400_000 : value, to: &text)
    case .timestamp(let unit, let zone):
      ClockText.appendTimestamp(integer(bytes, row, width), unit, isUTC: zone != nil, to: &text)
    case .float(let bits):
      let pattern: Int64 =
        switch bits {
        case 16: Int64(bytes.load(2 * row) as UInt16)
        case 32: Int64(bytes.load(4 * row) as UInt32)
        default: bytes.load(8 * row)
        }
      JSONText.appendNumber(pattern, bits: bits, to: &text)
    case .integer(bits: 64, isSigned: false):
      DecimalText.append(bytes.load(8 * row), isNegative: false, scale: 0, to: &text)
    case .fixedBytes:
      for index in 0..<width { JSONText.appendHexadecimal(bytes.load(row * width + index), to: &text) }
    default:
      let value = integer(bytes, row, width)
      DecimalText.append(value.magnitude, isNegative: value < 0, scale: 0, to: &text)
    }
  }

  private func integer(_ bytes: ArrowBytes, _ row: Int, _ width: Int) -> Int64 {
    let isSigned = field.type != .integer(bits: width * 8, isSigned: false)
    return switch width {
    case 1: isSigned ? Int64(bytes.load(row) as Int8) : Int64(bytes.load(row) as UInt8)
    case 2: isSigned ? Int64(bytes.load(2 * row) as Int16) : Int64(bytes.load(2 * row) as UInt16)
    case 4: isSigned ? Int64(bytes.load(4 * row) as Int32) : Int64(bytes.load(4 * row) as UInt32)
    default: bytes.load(8 * row)
    }
  }

  /// Appends a two's complement number of 4 to 32 bytes, little end first, with the digits of its scale.
  private static func appendDecimal(
    _ bytes: ArrowBytes, _ place: Int, _ width: Int, _ scale: Int, to text: inout [UInt8]
  ) {
    // From the highest limb down, so that a value in 64 bits is seen by the limbs above, which repeat its sign.
    let low: Int64 = width == 4 ? Int64(bytes.load(place) as Int32) : bytes.load(place)
    var limbs = width == 4 ? [UInt64(bitPattern: low)] : (0..<width / 8).map { bytes.load(place + 8 * $0) }
    let isNegative = Int64(bitPattern: limbs[limbs.count - 1]) < 0
    let sign: UInt64 = isNegative ? .max : 0
    if limbs.dropFirst().allSatisfy({ $0 == sign }), (low < 0) == isNegative {
      DecimalText.append(low.magnitude, isNegative: isNegative, scale: max(0, scale), to: &text)
    } else {
      if isNegative { negate(&limbs) }
      if isNegative { text.append(UInt8(ascii: "-")) }
      append(digits(of: &limbs), scale: max(0, scale), to: &text)
    }
    let isZero = limbs.allSatisfy { $0 == 0 }
    if scale < 0, !isZero { text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -scale)) }
  }

  private static func negate(_ limbs: inout [UInt64]) {
    var carry = true
    for index in limbs.indices {
      limbs[index] = ~limbs[index] &+ (carry ? 1 : 0)
      carry = carry && limbs[index] == 0
    }
  }

  /// The decimal digits of a number in 64-bit limbs, the lowest first; the number is used up.
  private static func digits(of limbs: inout [UInt64]) -> [UInt8] {
    let chunk: UInt64 = 10_000_000_000_000_000_000
    var digits: [UInt8] = []
    while limbs.contains(where: { $0 != 0 }) {
      var rest: UInt64 = 0
      for index in limbs.indices.reversed() {
        (limbs[index], rest) = chunk.dividingFullWidth((rest, limbs[index]))
      }
      for _ in 0..<19 {
        digits.append(UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      }
    }
    limbs[0] = 1  // It was not zero.
    while digits.last == 0 { digits.removeLast() }
    return digits
  }

  private static func append(_ digits: [UInt8], scale: Int, to text: inout [UInt8]) {
    for index in (0..<max(digits.count, scale + 1)).reversed() {
      text.append(UInt8(ascii: "0") + (index < digits.count ? digits[index] : 0))
      if index == scale, scale > 0 { text.append(UInt8(ascii: ".")) }
    }
  }

  /// How many bytes of JSON a batch of rows may become. Where they become more, fewer rows are read at once.
  static let maximumJSONBytes = 32 << 20

  /// Appends a value as JSON.
  func appendJSON(_ row: Int, to text: inout [UInt8]) throws(ArrowFault) {
    guard text.count <= Self.maximumJSONBytes else { throw Self.tooMuchJSON }
    guard !isNull(row) else {
      text.append(contentsOf: "null".utf8)
      return
    }
    switch values {
    case .none: text.append(contentsOf: "null".utf8)
    case .bits(let bytes, let first):
      text.append(contentsOf: (Self.bit(bytes, first + row) == 0 ? "false" : "true").utf8)
    case .fixed:
      let isQuoted = isQuotedInJSON
      if isQuoted { text.append(.quote) }
      appendPlain(row, to: &text)
      if isQuoted { text.append(.quote) }
    case .ranges(let bytes, let starts, let ends):
      appendBytes(bytes, Int(starts[row])..<Int(ends[row]), to: &text)
    case .list(let starts, let ends, let child):
      let elements = starts[row]..<ends[row]
      if field.type == .map {
        try appendMap(child, elements, to: &text)
      } else {
        try append(child, elements, to: &text)
      }
    case .fixedList(let count, let child): try append(child, row * count..<(row + 1) * count, to: &text)
    case .structure(let children):
      text.append(UInt8(ascii: "{"))
      for (index, child) in children.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        let name = Array(child.field.name.utf8)
        JSONText.appendString(name, name.indices, to: &text)
        text.append(UInt8(ascii: ":"))
        try child.appendJSON(row, to: &text)
      }
      text.append(UInt8(ascii: "}"))
    case .codes(let codes, let dictionary):
      guard let (part, place) = dictionary.place(of: Int(codes[row])) else { throw .outside }
      try part.appendJSON(place, to: &text)
    }
  }

  private static var tooMuchJSON: ArrowFault {
    ArrowFault("a nested value has more than \(maximumJSONBytes >> 20) MiB as JSON", kind: .limit)
  }

  private var isQuotedInJSON: Bool {
    switch field.type {
    case .date, .time, .timestamp, .uuid, .fixedBytes: true
    default: false
    }
  }

  private func appendBytes(_ bytes: [UInt8], _ range: Range<Int>, to text: inout [UInt8]) {
    switch field.type {
    case .bytes(_, isText: true), .views(isText: true): JSONText.appendString(bytes, range, to: &text)
    default:
      text.append(.quote)
      for byte in bytes[range] { JSONText.appendHexadecimal(byte, to: &text) }
      text.append(.quote)
    }
  }

  private func append(_ child: ArrowArray, _ elements: Range<Int>, to text: inout [UInt8]) throws(ArrowFault) {
    text.append(UInt8(ascii: "["))
    for element in elements {
      if element > elements.lowerBound { text.append(UInt8(ascii: ",")) }
      try child.appendJSON(element, to: &text)
    }
    text.append(UInt8(ascii: "]"))
  }

  /// An object when the keys are texts, else an array of pairs.
  private func appendMap(_ entries: ArrowArray, _ elements: Range<Int>, to text: inout [UInt8]) throws(ArrowFault) {
    guard case .structure(let children) = entries.values, children.count == 2 else {
      throw ArrowFault("a map has no keys and values")
    }
    let hasTextKeys = children[0].field.storedType == .text
    text.append(UInt8(ascii: hasTextKeys ? "{" : "["))
    for element in elements {
      if element > elements.lowerBound { text.append(UInt8(ascii: ",")) }
      if !hasTextKeys { text.append(UInt8(ascii: "[")) }
      try children[0].appendJSON(element, to: &text)
      text.append(UInt8(ascii: hasTextKeys ? ":" : ","))
      try children[1].appendJSON(element, to: &text)
      if !hasTextKeys { text.append(UInt8(ascii: "]")) }
    }
    text.append(UInt8(ascii: hasTextKeys ? "}" : "]"))
  }
}
