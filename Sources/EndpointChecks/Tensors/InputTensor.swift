internal import JSON
internal import Language
internal import Verdict

/// One input of an inference, as it is sent.
struct InputTensor: Sendable, Equatable {
  var datatype: Datatype
  var shape: [Int]
  /// Sent as it stands here, so that a config can also say what a server must refuse.
  var data: JSONValue

  /// The tensor in the envelope of the protocol.
  func json(named name: String) -> JSONValue {
    [
      "name": .string(name), "shape": .array(shape.map { .number(JSONNumber(Int64($0))) }),
      "datatype": .string(datatype.rawValue), "data": data,
    ]
  }

  /// The tensor in the envelope, when its elements stand as bytes behind it.
  func json(named name: String, binaryBytes: Int) -> JSONValue {
    [
      "name": .string(name), "shape": .array(shape.map { .number(JSONNumber(Int64($0))) }),
      "datatype": .string(datatype.rawValue),
      "parameters": ["binary_data_size": .number(JSONNumber(Int64(binaryBytes)))],
    ]
  }

  /// `[95.0]`, with the datatype and the shape read off the values, or `{datatype: FP32, shape: [1], data: [95.0]}`.
  static var configShape: Shape<InputTensor> {
    let short = Shape<JSONValue>.json.map { value, node, problems -> InputTensor? in
      switch inferred(from: value) {
      case .success(let tensor): return tensor
      case .failure(let mistake):
        problems.report(
          mistake.message, at: node.location,
          help: ["write {datatype: FP32, shape: [1], data: [1.5]} to say it exactly"])
        return nil
      }
    }
    return long.when(\.isMapping, otherwise: short)
  }

  private struct Long {
    var datatype: Datatype?
    var shape: [Int]?
    var data: JSONValue?
  }

  private static var long: Shape<InputTensor> {
    let dimension = Shape<Int>.integer(in: -1...Int.max)
    return Shape<Long>.object(
      Long(),
      [
        .key(
          "datatype", \.datatype, Shape<Datatype>.choice.optional, "The element type: FP64, INT64, BYTES, BOOL, …",
          required: true),
        .key(
          "data", \.data, Shape<JSONValue>.json.optional, "The elements, flat or nested, in row-major order.",
          required: true),
        .optional("shape", \.shape, dimension.list, "The dimensions; read off the data when left out."),
      ]
    ).map { long, node, problems in
      guard let datatype = long.datatype, let data = long.data else { return nil }
      guard let shape = long.shape ?? dimensions(of: data) else {
        problems.report("the rows of data differ in length, so the shape must be written", at: node.location)
        return nil
      }
      return InputTensor(datatype: datatype, shape: shape, data: data.arrayValue == nil ? .array([data]) : data)
    }
  }

  struct Mistake: Error {
    var message: String
  }

  /// Reads datatype and shape off the values: the narrowest of BOOL, INT64, FP64 and BYTES that holds them all.
  static func inferred(from value: JSONValue) -> Result<InputTensor, Mistake> {
    guard let shape = dimensions(of: value) else {
      return .failure(Mistake(message: "the rows of this input differ in length"))
    }
    let elements = value.flattened
    guard !elements.isEmpty else { return .failure(Mistake(message: "an empty input does not say its datatype")) }
    let datatype: Datatype
    if elements.allSatisfy({ $0.boolValue != nil }) {
      datatype = .bool
    } else if elements.allSatisfy({ $0.stringValue != nil }) {
      datatype = .bytes
    } else if elements.allSatisfy({ $0.numberValue != nil }) {
      datatype = elements.allSatisfy { $0.isWrittenAsInteger } ? .int64 : .fp64
    } else {
      return .failure(Mistake(message: "this input mixes numbers, texts, booleans or nulls"))
    }
    return .success(InputTensor(datatype: datatype, shape: shape, data: .array(elements)))
  }

  /// The dimensions of nested lists; nil when they are ragged. A single value is a list of one.
  static func dimensions(of value: JSONValue) -> [Int]? {
    guard let elements = value.arrayValue else { return [1] }
    guard let first = elements.first, first.arrayValue != nil else {
      return elements.contains { $0.arrayValue != nil } ? nil : [elements.count]
    }
    let inner = elements.map { $0.arrayValue == nil ? nil : dimensions(of: $0) }
    guard let shape = inner[0], inner.allSatisfy({ $0 == shape }) else { return nil }
    return [elements.count] + shape
  }
}

extension JSONValue {
  /// The values within nested lists, in row-major order.
  var flattened: [JSONValue] {
    guard case .array(let elements) = self else { return [self] }
    guard elements.contains(where: { $0.arrayValue != nil }) else { return elements }
    return elements.flatMap(\.flattened)
  }

  fileprivate var isWrittenAsInteger: Bool { numberValue?.isWrittenAsInteger ?? false }
}

extension JSONNumber {
  /// A number without point and exponent that 64 bits hold: `18`, not `18.0`.
  var isWrittenAsInteger: Bool { Int64(literal) != nil }
}
