package import JSON

extension MessageType {
  /// A document as the bytes of a message, fields in the order of their numbers. Numbers may be texts, as the JSON of
  /// Protocol Buffers has those of 64 bits; bytes are Base64; a null is a field that is not there.
  package func encode(_ document: JSONValue) throws(MessageError) -> [UInt8] {
    guard let object = document.objectValue else { throw MessageError("a \(document.kind) is no \(name)") }
    if let stranger = object.distinctMembers.first(where: { field($0.key) == nil }) {
      throw MessageError("\(name) has no such field", at: stranger.key)
    }
    var writer = WireWriter()
    for field in fields.sorted(by: { $0.number < $1.number }) {
      guard let value = object[field.name], value.kind != "null" else { continue }
      do throws(MessageError) {
        try field.write(value, to: &writer, hasPresence: oneof != nil)
      } catch {
        throw error.within(field.name)
      }
    }
    return writer.bytes
  }
}

extension MessageType.Field {
  /// - Parameter hasPresence: whether a zero is told from a field that is not there.
  fileprivate func write(
    _ value: JSONValue, to writer: inout WireWriter, hasPresence: Bool
  ) throws(MessageError) {
    switch cardinality {
    case .single:
      var one = WireWriter()
      try kind.write(value, to: &one)
      if !hasPresence, kind.isScalar, one.bytes.allSatisfy({ $0 == 0 }) { return }
      writer.append(tagged: number, kind.wireType, one)
    case .repeated:
      guard let elements = value.arrayValue else { throw MessageError("a \(value.kind) is no list") }
      try write(elements, to: &writer)
    case .map:
      guard let members = value.objectValue?.distinctMembers else { throw MessageError("a \(value.kind) is no map") }
      for member in members {
        var entry = WireWriter()
        entry.tag(1, .bytes)
        entry.block(Array(member.key.utf8))
        var one = WireWriter()
        do throws(MessageError) {
          try kind.write(member.value, to: &one)
        } catch {
          throw error.within("[\(member.key)]")
        }
        entry.append(tagged: 2, kind.wireType, one)
        writer.tag(number, .bytes)
        writer.block(entry.bytes)
      }
    }
  }

  private func write(_ elements: [JSONValue], to writer: inout WireWriter) throws(MessageError) {
    let isPacked = kind.wireType != .bytes
    var packed = WireWriter()
    for (index, element) in elements.enumerated() {
      do throws(MessageError) {
        if isPacked {
          try kind.write(element, to: &packed)
        } else {
          writer.tag(number, .bytes)
          try kind.write(element, to: &writer)
        }
      } catch {
        throw error.within("[\(index)]")
      }
    }
    guard isPacked, !elements.isEmpty else { return }
    writer.tag(number, .bytes)
    writer.block(packed.bytes)
  }
}

extension WireWriter {
  fileprivate mutating func append(tagged number: Int, _ type: WireType, _ value: WireWriter) {
    tag(number, type)
    append(value)
  }
}

extension MessageType.Kind {
  var wireType: WireWriter.WireType {
    switch self {
    case .bool, .int32, .int64, .uint32, .uint64, .enumeration: .varint
    case .float: .fixed32
    case .double: .fixed64
    case .string, .bytes, .message: .bytes
    }
  }

  fileprivate var isScalar: Bool { if case .message = self { false } else { true } }

  /// The value without its tag; texts, bytes and messages with their length.
  fileprivate func write(_ value: JSONValue, to writer: inout WireWriter) throws(MessageError) {
    switch self {
    case .bool:
      guard let flag = value.boolValue else { throw mistake(value) }
      writer.varint(flag ? 1 : 0)
    case .int32:
      guard let number = Self.signed(value), let narrow = Int32(exactly: number) else { throw mistake(value) }
      writer.varint(UInt64(bitPattern: Int64(narrow)))
    case .int64:
      guard let number = Self.signed(value) else { throw mistake(value) }
      writer.varint(UInt64(bitPattern: number))
    case .uint32:
      guard let number = Self.unsigned(value), let narrow = UInt32(exactly: number) else { throw mistake(value) }
      writer.varint(UInt64(narrow))
    case .uint64:
      guard let number = Self.unsigned(value) else { throw mistake(value) }
      writer.varint(number)
    case .float:
      guard let number = Self.floating(value) else { throw mistake(value) }
      writer.fixed(UInt64(Float(number).bitPattern), 4)
    case .double:
      guard let number = Self.floating(value) else { throw mistake(value) }
      writer.fixed(number.bitPattern, 8)
    case .string:
      guard let text = value.stringValue else { throw mistake(value) }
      writer.block(Array(text.utf8))
    case .bytes:
      guard let bytes = value.stringValue.flatMap(Base64.decode) else { throw mistake(value) }
      writer.block(bytes)
    case .enumeration(let type):
      guard
        let number = value.stringValue.flatMap({ type.cases.firstIndex(of: $0) }) ?? value.int64Value.map({ Int($0) })
      else { throw mistake(value) }
      writer.varint(UInt64(bitPattern: Int64(number)))
    case .message(let type): writer.block(try type.encode(value))
    }
  }

  private func mistake(_ value: JSONValue) -> MessageError {
    let shown = value.description
    return MessageError("\(shown.count > 40 ? "a " + value.kind : shown) is no \(name)")
  }

  private static func signed(_ value: JSONValue) -> Int64? {
    value.int64Value ?? value.stringValue.flatMap { Int64($0) }
  }

  private static func unsigned(_ value: JSONValue) -> UInt64? {
    if let text = value.stringValue ?? value.numberValue?.literal, let number = UInt64(text) { return number }
    return value.int64Value.flatMap { UInt64(exactly: $0) }
  }

  private static func floating(_ value: JSONValue) -> Double? {
    if let number = value.doubleValue { return number }
    switch value.stringValue {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: return value.stringValue.flatMap { Double($0) }
    }
  }
}
