internal import Foundation

/// An inference request that fits the model: all its columns, checked, typed and of one length.
struct InferRequest: Equatable {
  /// To be echoed.
  var id: String?
  var rows: Int
  /// One column for each numeric feature, in the model's order.
  var numbers: [[Double]]
  /// One column for each categorical feature, in the model's order.
  var levels: [[String]]
  /// The outputs asked for, or nil for all.
  var outputs: [String]?

  init(_ body: Data, for model: LogisticModel) throws(Refusal) {
    let json: JSONValue
    do {
      json = try JSONDecoder().decode(JSONValue.self, from: body)
    } catch {
      throw .badRequest("the body is not valid JSON")
    }
    guard case .object = json else { throw .badRequest("the body is not a JSON object") }
    if let value = json["id"] {
      guard let text = value.string else { throw .badRequest("'id' is not a string") }
      id = text
    }
    outputs = try Self.outputs(in: json)
    let tensors = try Self.tensors(in: json, for: model)
    rows = tensors.values.first?.rows ?? 0
    for (name, tensor) in tensors where tensor.rows != rows {
      throw .badRequest("input '\(name)' has \(tensor.rows) rows, another one has \(rows)")
    }
    numbers = []
    levels = []
    for feature in model.numeric {
      guard let tensor = tensors[feature.name] else { throw .badRequest("input '\(feature.name)' is missing") }
      numbers.append(try tensor.numbers(as: feature.datatype))
    }
    for feature in model.categorical {
      guard let tensor = tensors[feature.name] else { throw .badRequest("input '\(feature.name)' is missing") }
      levels.append(try tensor.strings(as: feature.datatype))
    }
  }

  private static func tensors(in json: JSONValue, for model: LogisticModel) throws(Refusal) -> [String: InputTensor] {
    guard let inputs = json["inputs"]?.array, !inputs.isEmpty else {
      throw .badRequest("'inputs' is missing, empty or not a list")
    }
    let known = Set(model.inputs.map(\.name))
    var tensors: [String: InputTensor] = [:]
    for input in inputs {
      let tensor = try InputTensor(input)
      guard known.contains(tensor.name) else { throw .badRequest("the model has no input '\(tensor.name)'") }
      guard tensors.updateValue(tensor, forKey: tensor.name) == nil else {
        throw .badRequest("input '\(tensor.name)' is there twice")
      }
    }
    return tensors
  }

  private static func outputs(in json: JSONValue) throws(Refusal) -> [String]? {
    guard let value = json["outputs"] else { return nil }
    guard let list = value.array else { throw .badRequest("'outputs' is not a list") }
    var names: [String] = []
    for output in list {
      guard let name = output["name"]?.string else { throw .badRequest("an output has no name") }
      guard InferResponse.outputs.contains(where: { $0.name == name }) else {
        throw .badRequest("the model has no output '\(name)'")
      }
      names.append(name)
    }
    return names.isEmpty ? nil : names
  }
}

/// One column of a request: shape `[n]` or `[n, 1]`, data flat or, for the second shape, nested.
struct InputTensor: Equatable {
  var name: String
  var datatype: String
  var rows: Int
  var data: [JSONValue]

  init(_ json: JSONValue) throws(Refusal) {
    guard let name = json["name"]?.string else { throw .badRequest("an input has no name") }
    guard let datatype = json["datatype"]?.string else { throw .badRequest("input '\(name)' has no datatype") }
    guard let shape = json["shape"]?.array, let data = json["data"]?.array else {
      throw .badRequest("input '\(name)' has no shape or no data")
    }
    self.name = name
    self.datatype = datatype
    let sizes = shape.map { size in if case .integer(let size) = size { Int(size) } else { 0 } }
    guard let rows = sizes.first, rows > 0, sizes.count == 1 || sizes.dropFirst() == [1] else {
      throw .badRequest("input '\(name)' must have the shape [n] or [n, 1] with at least one row")
    }
    self.rows = rows
    self.data = sizes.count == 1 ? data : data.map { row in row.array.flatMap { $0.count == 1 ? $0[0] : nil } ?? row }
    guard self.data.count == rows else {
      throw .badRequest("input '\(name)' has \(self.data.count) values for \(rows) rows")
    }
  }

  func numbers(as expected: String) throws(Refusal) -> [Double] {
    try check(expected)
    var numbers: [Double] = []
    numbers.reserveCapacity(rows)
    for value in data {
      switch value {
      case .integer(let integer): numbers.append(Double(integer))
      case .number(let number) where expected == "FP64": numbers.append(number)
      default: throw .badRequest("input '\(name)' holds a value that is not \(expected)")
      }
    }
    return numbers
  }

  func strings(as expected: String) throws(Refusal) -> [String] {
    try check(expected)
    var strings: [String] = []
    strings.reserveCapacity(rows)
    for value in data {
      guard case .string(let string) = value else {
        throw .badRequest("input '\(name)' holds a value that is not a string")
      }
      strings.append(string)
    }
    return strings
  }

  private func check(_ expected: String) throws(Refusal) {
    guard datatype == expected else {
      throw .badRequest("input '\(name)' must be \(expected), not \(datatype)")
    }
  }
}
