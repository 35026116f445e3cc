/// Reads the grammar of RFC 9535: segments and selectors here, filters in an extension.
struct JSONPathParser {
  var scanner: JSONScanner
  /// How many filters, parentheses and function calls are open.
  private var depth = 0

  /// Deeper expressions are refused, so that neither reading nor running one can exhaust the call stack.
  private static let maximumDepth = 64
  /// Integers must be exact in every implementation (RFC 7493).
  private static let integerLimit = 1 << 53 - 1

  init(_ text: String) {
    scanner = JSONScanner(Array(text.utf8))
  }

  /// Reads the whole text as a query.
  mutating func query() throws(JSONScanner.Fault) -> JSONPathQuery {
    guard scanner.consume("$") else { throw scanner.expected("'$', with which every query begins") }
    let query = JSONPathQuery(start: .root, segments: try segments())
    guard scanner.byte == nil else { throw scanner.expected("'.', '..', '[' or the end of the query") }
    return query
  }

  /// Reads segments, blanks between them included but none after the last.
  mutating func segments() throws(JSONScanner.Fault) -> [JSONPathSegment] {
    var segments: [JSONPathSegment] = []
    while true {
      let end = scanner.offset
      scanner.skipBlanks()
      if scanner.consume(word: "..") {
        let selectors =
          scanner.byte == UInt8(ascii: "[")
          ? try bracketed() : [try shorthand(orElse: "a member name, '*' or '[' directly after '..'")]
        segments.append(JSONPathSegment(isDescendant: true, selectors: selectors))
      } else if scanner.consume(".") {
        let selector = try shorthand(orElse: "a member name or '*' directly after '.'")
        segments.append(JSONPathSegment(isDescendant: false, selectors: [selector]))
      } else if scanner.byte == UInt8(ascii: "[") {
        segments.append(JSONPathSegment(isDescendant: false, selectors: try bracketed()))
      } else {
        scanner.offset = end
        return segments
      }
    }
  }

  /// Reads what may follow a dot.
  private mutating func shorthand(orElse expected: String) throws(JSONScanner.Fault) -> JSONPathSelector {
    if scanner.consume("*") { return .wildcard }
    let start = scanner.offset
    while let byte = scanner.byte {
      let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      let isLetter = 0x61...0x7A ~= byte | 0x20 || byte == UInt8(ascii: "_") || byte >= 0x80
      guard isLetter || isDigit && scanner.offset > start else { break }
      scanner.offset += 1
    }
    guard scanner.offset > start else { throw scanner.expected(expected) }
    return .name(String(decoding: scanner.bytes[start..<scanner.offset], as: UTF8.self))
  }

  /// Reads `[selector, ...]`.
  private mutating func bracketed() throws(JSONScanner.Fault) -> [JSONPathSelector] {
    scanner.offset += 1
    var selectors: [JSONPathSelector] = []
    repeat {
      scanner.skipBlanks()
      selectors.append(try selector())
      scanner.skipBlanks()
    } while scanner.consume(",")
    guard scanner.consume("]") else {
      if case .filter = selectors.last { throw scanner.expected("'&&', '||', ',' or ']'") }
      throw scanner.expected("',' or ']' after a selector")
    }
    return selectors
  }

  private mutating func selector() throws(JSONScanner.Fault) -> JSONPathSelector {
    let expected = "a selector: a quoted name, an index, a slice, '*' or '?'"
    guard let byte = scanner.byte else { throw scanner.expected(expected) }
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return .name(try scanner.string())
    case UInt8(ascii: "*"):
      scanner.offset += 1
      return .wildcard
    case UInt8(ascii: "?"):
      scanner.offset += 1
      return .filter(try nested { parser throws(JSONScanner.Fault) in try parser.filter() })
    case UInt8(ascii: ":"):
      return .slice(try slice(from: nil))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let index = try integer()
      let end = scanner.offset
      scanner.skipBlanks()
      if scanner.byte == UInt8(ascii: ":") { return .slice(try slice(from: index)) }
      scanner.offset = end
      return .index(index)
    default:
      throw scanner.expected(expected)
    }
  }

  /// Reads `:end:step`.
  private mutating func slice(from start: Int?) throws(JSONScanner.Fault) -> JSONPathSlice {
    scanner.offset += 1
    let end = try optionalInteger()
    let step = scanner.consume(":") ? try optionalInteger() : nil
    return JSONPathSlice(start: start, end: end, step: step ?? 1)
  }

  private mutating func optionalInteger() throws(JSONScanner.Fault) -> Int? {
    scanner.skipBlanks()
    guard let byte = scanner.byte, byte == UInt8(ascii: "-") || 0x30...0x39 ~= byte else { return nil }
    let value = try integer()
    scanner.skipBlanks()
    return value
  }

  private mutating func integer() throws(JSONScanner.Fault) -> Int {
    let start = scanner.offset
    let isNegative = scanner.consume("-")
    let firstDigit = scanner.byte
    var value = 0
    let digitsStart = scanner.offset
    while let byte = scanner.byte, 0x30...0x39 ~= byte {
      value = value * 10 + Int(byte - 0x30)
      guard value <= Self.integerLimit else {
        throw scanner.fault("this integer is beyond ±\(Self.integerLimit), the range of exact integers", at: start)
      }
      scanner.offset += 1
    }
    guard scanner.offset > digitsStart else { throw scanner.expected("a digit") }
    if firstDigit == 0x30, isNegative || scanner.offset > digitsStart + 1 {
      throw scanner.fault("expected an integer without leading zeros, and 0 without a minus", at: start)
    }
    return isNegative ? -value : value
  }

  /// Reads something that may contain itself.
  mutating func nested<Part>(
    _ read: (inout JSONPathParser) throws(JSONScanner.Fault) -> Part
  ) throws(JSONScanner.Fault) -> Part {
    guard depth < Self.maximumDepth else {
      let message = "filters, parentheses and calls are nested deeper than the limit of \(Self.maximumDepth)"
      throw scanner.fault(message, at: scanner.offset, kind: .depth)
    }
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }
}
