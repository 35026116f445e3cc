internal import JSON
internal import Transport

/// The binary tensor data extension of the Open Inference Protocol (Triton, `extension_binary_data.md`): the elements of
/// tensors stand as little-endian bytes behind the JSON, whose length is in a header.
enum BinaryTensor {
  /// The header with the length of the JSON in front.
  static let header = "Inference-Header-Content-Length"
  /// By what name a server advertises it.
  static let extensionName = "binary_tensor_data"

  /// The elements as bytes; nil when one of them is none of the type.
  static func bytes(_ elements: [JSONValue], _ datatype: Datatype) -> [UInt8]? {
    var bytes: [UInt8] = []
    for element in elements {
      switch datatype.family {
      case .boolean:
        guard let flag = element.boolValue else { return nil }
        bytes.append(flag ? 1 : 0)
      case .text:
        guard let text = element.stringValue.map({ Array($0.utf8) }), let count = UInt32(exactly: text.count) else {
          return nil
        }
        append(UInt64(count), 4, to: &bytes)
        bytes += text
      case .integer:
        guard let number = integer(element, datatype) else { return nil }
        append(number, datatype.width, to: &bytes)
      case .floating:
        guard let number = element.doubleValue else { return nil }
        append(pattern(of: number, datatype), datatype.width, to: &bytes)
      }
    }
    return bytes
  }

  private static func append(_ value: UInt64, _ width: Int, to bytes: inout [UInt8]) {
    for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
  }

  /// The bits of an integer; nil for what the type does not hold.
  private static func integer(_ element: JSONValue, _ datatype: Datatype) -> UInt64? {
    guard let number = element.numberValue else { return nil }
    if datatype == .uint64, let value = UInt64(number.literal) { return value }
    guard let value = number.int64 else { return nil }
    let bits = datatype.width * 8
    if datatype.isUnsigned { return value >= 0 && (bits == 64 || value >> bits == 0) ? UInt64(value) : nil }
    return bits == 64 || (-(Int64(1) << (bits - 1))..<(Int64(1) << (bits - 1))).contains(value)
      ? UInt64(bitPattern: value) : nil
  }

  private static func pattern(of number: Double, _ datatype: Datatype) -> UInt64 {
    switch datatype {
    case .fp16: UInt64(Float16(number).bitPattern)
    case .bf16:
      // Rounded to the nearest, ties to even; a NaN keeps a bit.
      number.isNaN ? 0x7FC0 : UInt64(rounded(Float(number).bitPattern) >> 16)
    case .fp32: UInt64(Float(number).bitPattern)
    default: number.bitPattern
    }
  }

  private static func rounded(_ bits: UInt32) -> UInt32 { bits &+ 0x7FFF &+ (bits >> 16 & 1) }

  /// The elements that bytes stand for; nil when they do not end with an element.
  static func elements(_ bytes: ArraySlice<UInt8>, _ datatype: Datatype) -> [JSONValue]? {
    var elements: [JSONValue] = []
    var rest = bytes
    while !rest.isEmpty {
      guard datatype == .bytes else {
        guard rest.count >= datatype.width else { return nil }
        elements.append(element(value(rest.prefix(datatype.width)), datatype))
        rest = rest.dropFirst(datatype.width)
        continue
      }
      guard rest.count >= 4 else { return nil }
      let count = Int(value(rest.prefix(4)))
      rest = rest.dropFirst(4)
      guard rest.count >= count else { return nil }
      elements.append(.string(String(decoding: rest.prefix(count), as: UTF8.self)))
      rest = rest.dropFirst(count)
    }
    return elements
  }

  private static func value(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func element(_ bits: UInt64, _ datatype: Datatype) -> JSONValue {
    switch datatype {
    case .bool: .bool(bits != 0)
    case .fp16: .number(JSONNumber(Double(Float16(bitPattern: UInt16(truncatingIfNeeded: bits)))))
    case .bf16: .number(JSONNumber(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))))
    case .fp32: .number(JSONNumber(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))))
    case .fp64: .number(JSONNumber(Double(bitPattern: bits)))
    case .uint64: .number(JSONNumber(unsigned: bits))
    case .int8: .number(JSONNumber(Int64(Int8(truncatingIfNeeded: bits))))
    case .int16: .number(JSONNumber(Int64(Int16(truncatingIfNeeded: bits))))
    case .int32: .number(JSONNumber(Int64(Int32(truncatingIfNeeded: bits))))
    default: .number(JSONNumber(Int64(bitPattern: bits)))
    }
  }
}

extension BinaryTensor {
  /// The document of a reply with tensors behind its JSON, these as lists in it; nil for a reply of JSON alone.
  static func document(of reply: Reply) throws(Complaint) -> JSONValue? {
    guard let length = reply.response.headers[header] else { return nil }
    let body = reply.response.body
    guard let count = Int(length), (0...body.count).contains(count) else {
      throw Complaint(.unusable("the header \(header) is \(reply.excerpt(length)) for \(body.count) bytes"))
    }
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONParser.parse(Array(body.prefix(count)), mode: .lenient, limits: JSONLimits(maximumDepth: 128))
    } catch {
      throw Complaint(.unusable("the JSON before the tensors is none: \(error)"))
    }
    var rest = body[count...]
    var outputs: [JSONValue] = []
    for output in document["outputs"]?.arrayValue ?? [] {
      guard let size = output["parameters"]?["binary_data_size"]?.int64Value else {
        outputs.append(output)
        continue
      }
      guard let datatype = output["datatype"]?.stringValue.flatMap(Datatype.init(rawValue:)), size >= 0,
        size <= rest.count, let elements = elements(rest.prefix(Int(size)), datatype)
      else {
        throw Complaint(.unusable("the bytes of \(reply.excerpt(output["name"] ?? "an output")) are not what it says"))
      }
      rest = rest.dropFirst(Int(size))
      outputs.append(.object(JSONObject((output.objectValue?.members ?? []) + [.init("data", .array(elements))])))
    }
    guard rest.isEmpty else { throw Complaint(.unusable("\(rest.count) bytes stand behind the last tensor")) }
    return .object(JSONObject((document.objectValue?.members ?? []) + [.init("outputs", .array(outputs))]))
  }
}

extension Datatype {
  /// How many bytes an element takes; 0 for texts, which differ.
  var width: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .uint16, .int16, .fp16, .bf16: 2
    case .uint32, .int32, .fp32: 4
    case .uint64, .int64, .fp64: 8
    case .bytes: 0
    }
  }

  var isUnsigned: Bool { rawValue.hasPrefix("U") }
}
