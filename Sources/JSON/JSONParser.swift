/// Reads JSON texts as RFC 8259 defines them, in linear time and without recursion.
package struct JSONParser {
  /// How strictly to read.
  package enum Mode: Sendable {
    /// RFC 8259 and nothing else.
    case strict
    /// RFC 8259, where an escaped half of a surrogate pair, which its grammar allows, is U+FFFD.
    case replacing
    /// RFC 8259, and bare `NaN`, `Infinity`, `inf` in any case and with or without minus, as Python and many
    /// servers write them. `JSONValue.isNaNOrInfinity` tells them from numbers. An escaped half of a surrogate pair is
    /// U+FFFD, as in `replacing`.
    case lenient
  }

  /// An array or object whose end has not been read yet, and where its values begin on the stack.
  private struct Container {
    let isObject: Bool
    let firstValue: Int
    let firstKey: Int
  }

  private var scanner: JSONScanner
  private let mode: Mode
  private let limits: JSONLimits
  private var open: [Container] = []
  private var values: [JSONValue] = []
  private var keys: [String] = []

  /// Reads one JSON text that fills `bytes`.
  ///
  /// A byte order mark is not accepted. Throws at the first fault, with its place.
  package static func parse(
    _ bytes: [UInt8], mode: Mode = .strict, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSONValue {
    var parser = JSONParser(
      scanner: JSONScanner(bytes, replacesHalves: mode != .strict), mode: mode, limits: limits)
    do {
      return try parser.document()
    } catch {
      throw JSONError(error, in: bytes)
    }
  }

  /// Reads one JSON text.
  package static func parse(
    _ text: String, mode: Mode = .strict, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8), mode: mode, limits: limits)
  }

  private init(scanner: JSONScanner, mode: Mode, limits: JSONLimits) {
    self.scanner = scanner
    self.mode = mode
    self.limits = limits
  }

  private mutating func document() throws(JSONScanner.Fault) -> JSONValue {
    guard scanner.bytes.count <= limits.maximumBytes else {
      let message = "the text has \(scanner.bytes.count) bytes, more than the limit of \(limits.maximumBytes)"
      throw scanner.fault(message, at: 0, kind: .size)
    }
    guard !scanner.bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
      throw scanner.fault("expected a JSON value, found a byte order mark; save the text without it", at: 0)
    }
    repeat {
      scanner.skipBlanks()
      while try !beginValue() { scanner.skipBlanks() }
    } while try endValue()
    scanner.skipBlanks()
    guard scanner.byte == nil, let value = values.first else { throw scanner.expected("nothing after the JSON value") }
    return value
  }

  /// Reads a value onto the stack, or the opening of a container that is not empty: then false.
  private mutating func beginValue() throws(JSONScanner.Fault) -> Bool {
    guard let byte = scanner.byte else { throw scanner.expected("a JSON value") }
    switch byte {
    case UInt8(ascii: "\""):
      values.append(.string(try scanner.string()))
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      values.append(.number(try scanner.number()))
    case UInt8(ascii: "-"):
      if let number = try nonFiniteNumber() {
        values.append(.number(number))
      } else {
        values.append(.number(try scanner.number()))
      }
    case UInt8(ascii: "{"):
      return try openContainer(isObject: true)
    case UInt8(ascii: "["):
      return try openContainer(isObject: false)
    default:
      values.append(try word())
    }
    return true
  }

  /// Reads a bracket; true when its partner follows at once.
  private mutating func openContainer(isObject: Bool) throws(JSONScanner.Fault) -> Bool {
    guard open.count < limits.maximumDepth else {
      let message = "arrays and objects are nested deeper than the limit of \(limits.maximumDepth)"
      throw scanner.fault(message, at: scanner.offset, kind: .depth)
    }
    scanner.offset += 1
    scanner.skipBlanks()
    if scanner.consume(isObject ? "}" : "]") {
      values.append(isObject ? .object(JSONObject()) : .array([]))
      return true
    }
    open.append(Container(isObject: isObject, firstValue: values.count, firstKey: keys.count))
    if isObject { try key(orElse: "a member name in double quotes or '}'") }
    return false
  }

  /// After a value: reads closing brackets up to a comma; false when the outermost value is complete.
  private mutating func endValue() throws(JSONScanner.Fault) -> Bool {
    while let container = open.last {
      scanner.skipBlanks()
      if scanner.consume(",") {
        guard container.isObject else { return true }
        scanner.skipBlanks()
        try key(orElse: "a member name in double quotes after ','")
        return true
      }
      guard scanner.consume(container.isObject ? "}" : "]") else {
        throw scanner.expected(container.isObject ? "',' or '}' after a member" : "',' or ']' after an element")
      }
      close(container)
    }
    return false
  }

  /// Takes the values of a container off the stack and puts the container there.
  private mutating func close(_ container: Container) {
    open.removeLast()
    let count = values.count - container.firstValue
    let value: JSONValue
    if container.isObject {
      var members: [JSONObject.Member] = []
      members.reserveCapacity(count)
      for index in 0..<count {
        members.append(JSONObject.Member(keys[container.firstKey + index], values[container.firstValue + index]))
      }
      keys.removeLast(count)
      value = .object(JSONObject(members))
    } else {
      value = .array(Array(values[container.firstValue...]))
    }
    values.removeLast(count)
    values.append(value)
  }

  /// Reads a member name and its colon.
  private mutating func key(orElse expected: String) throws(JSONScanner.Fault) {
    guard scanner.byte == UInt8(ascii: "\"") else { throw scanner.expected(expected) }
    keys.append(try scanner.string())
    scanner.skipBlanks()
    guard scanner.consume(":") else { throw scanner.expected("':' after a member name") }
  }

  /// Reads `true`, `false`, `null`, or in lenient mode a non-finite number.
  private mutating func word() throws(JSONScanner.Fault) -> JSONValue {
    if scanner.consume(word: "true") { return .bool(true) }
    if scanner.consume(word: "false") { return .bool(false) }
    if scanner.consume(word: "null") { return .null }
    if let number = try nonFiniteNumber() { return .number(number) }
    throw scanner.expected("a JSON value")
  }

  /// Reads a non-finite number if one is next: an error in the other modes.
  private mutating func nonFiniteNumber() throws(JSONScanner.Fault) -> JSONNumber? {
    let isNegative = scanner.byte == UInt8(ascii: "-")
    let rest = scanner.bytes[(scanner.offset + (isNegative ? 1 : 0))...]
    let letters = rest.prefix(9).prefix { 0x61...0x7A ~= ($0 | 0x20) }
    guard !letters.isEmpty else { return nil }
    let magnitude: Double
    switch String(decoding: letters, as: UTF8.self).lowercased() {
    case "nan": magnitude = .nan
    case "inf", "infinity": magnitude = .infinity
    default: return nil
    }
    let literal = (isNegative ? "-" : "") + String(decoding: letters, as: UTF8.self)
    guard mode == .lenient else {
      throw scanner.fault("\(literal) is not JSON; expected a finite number or null", at: scanner.offset)
    }
    scanner.offset += literal.utf8.count
    return JSONNumber(literal: literal, double: isNegative ? -magnitude : magnitude)
  }
}
