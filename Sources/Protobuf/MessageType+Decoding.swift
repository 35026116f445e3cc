package import JSON

extension MessageType {
  /// More values than these are not read: each takes more memory here than on the wire.
  package static let maximumValues = 1 << 22

  /// The message that the bytes stand for, as a document with the fields that are there. A field that the type does not
  /// have is passed over, and so is one of another wire type, as a field that nobody knows.
  package func decode(_ bytes: [UInt8]) throws(MessageError) -> JSONValue {
    var budget = Self.maximumValues
    return try decode(bytes[...], &budget)
  }

  fileprivate func decode(_ bytes: ArraySlice<UInt8>, _ budget: inout Int) throws(MessageError) -> JSONValue {
    var reader = WireReader(bytes)
    var found: [Int: Found] = [:]
    while let (number, value) = try reader.next() {
      guard let field = field(number) else { continue }
      do throws(MessageError) {
        var these = found[number] ?? Found()
        guard try field.take(value, into: &these, &budget) else { continue }
        if oneof != nil { found = [:] }
        found[number] = these
      } catch {
        throw error.within(field.name)
      }
    }
    var members: [JSONObject.Member] = []
    for field in fields {
      guard let these = found[field.number] else { continue }
      do throws(MessageError) {
        members.append(JSONObject.Member(field.name, try field.value(these, &budget)))
      } catch {
        throw error.within(field.name)
      }
    }
    return .object(JSONObject(members))
  }
}

/// What came of one field so far.
private struct Found {
  var elements: [JSONValue] = []
  var entries: [JSONObject.Member] = []
  /// A message that comes in parts is their concatenation.
  var parts: [UInt8] = []
}

extension MessageType.Field {
  /// Takes a value that came; false when it is of no use to the field.
  fileprivate func take(
    _ value: WireReader.Value, into found: inout Found, _ budget: inout Int
  ) throws(MessageError) -> Bool {
    switch (cardinality, kind, value) {
    case (.map, _, .bytes(let entry)):
      try spend(&budget)
      let type = MessageType("entry", [MessageType.Field(1, "key", .string), MessageType.Field(2, "value", kind)])
      let pair = try type.decode(entry, &budget)
      found.entries.append(.init(pair["key"]?.stringValue ?? "", pair["value"] ?? kind.zero))
    case (.map, _, _): return false
    case (.single, .message, .bytes(let part)): found.parts += part
    case (.repeated, _, .bytes(let packed)) where kind.wireType != .bytes:
      var reader = WireReader(packed)
      while !reader.isAtEnd {
        try spend(&budget)
        found.elements.append(try kind.packedElement(&reader))
      }
    default:
      guard let element = try kind.element(value, &budget) else { return false }
      try spend(&budget)
      if cardinality == .single { found.elements = [element] } else { found.elements.append(element) }
    }
    return true
  }

  fileprivate func value(_ found: Found, _ budget: inout Int) throws(MessageError) -> JSONValue {
    switch (cardinality, kind) {
    case (.map, _): return .object(JSONObject(found.entries))
    case (.repeated, _): return .array(found.elements)
    case (.single, .message(let type)): return try type.decode(found.parts[...], &budget)
    case (.single, _): return found.elements.last ?? kind.zero
    }
  }

  private func spend(_ budget: inout Int) throws(MessageError) {
    budget -= 1
    if budget < 0 { throw MessageError("the message holds more than \(MessageType.maximumValues) values") }
  }
}

extension MessageType.Kind {
  /// What a field holds that is not there.
  fileprivate var zero: JSONValue {
    switch self {
    case .bool: false
    case .string, .bytes: ""
    case .enumeration(let type): .string(type.cases[0])
    case .message: [:]
    default: 0
    }
  }

  /// The value of a wire type; nil when it is of another one.
  fileprivate func element(_ value: WireReader.Value, _ budget: inout Int) throws(MessageError) -> JSONValue? {
    switch (self, value) {
    case (.bool, .varint(let bits)), (.int32, .varint(let bits)), (.int64, .varint(let bits)),
      (.uint32, .varint(let bits)), (.uint64, .varint(let bits)), (.enumeration, .varint(let bits)):
      return number(bits)
    case (.float, .fixed32(let bits)): return number(UInt64(bits))
    case (.double, .fixed64(let bits)): return number(bits)
    case (.string, .bytes(let bytes)):
      guard let text = String(validating: bytes, as: UTF8.self) else { throw MessageError("the text is no UTF-8") }
      return .string(text)
    case (.bytes, .bytes(let bytes)): return .string(Base64.encode(Array(bytes)))
    case (.message(let type), .bytes(let bytes)): return try type.decode(bytes, &budget)
    default: return nil
    }
  }

  fileprivate func packedElement(_ reader: inout WireReader) throws(MessageError) -> JSONValue {
    switch wireType {
    case .fixed32: number(try reader.fixed(4))
    case .fixed64: number(try reader.fixed(8))
    default: number(try reader.varint())
    }
  }

  private func number(_ bits: UInt64) -> JSONValue {
    switch self {
    case .bool: .bool(bits != 0)
    case .int32: .number(JSONNumber(Int64(Int32(truncatingIfNeeded: bits))))
    case .uint32: .number(JSONNumber(Int64(UInt32(truncatingIfNeeded: bits))))
    case .uint64: .number(JSONNumber(unsigned: bits))
    case .float: .number(JSONNumber(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))))
    case .double: .number(JSONNumber(Double(bitPattern: bits)))
    case .enumeration(let type):
      bits < UInt64(type.cases.count)
        ? .string(type.cases[Int(bits)]) : .number(JSONNumber(Int64(Int32(truncatingIfNeeded: bits))))
    default: .number(JSONNumber(Int64(bitPattern: bits)))
    }
  }
}
