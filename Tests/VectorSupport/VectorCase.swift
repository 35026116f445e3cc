package import JSON

/// One pinned case: inputs and what a library of high precision, or an exact computation, answered.
package struct VectorCase: Sendable, CustomStringConvertible {
  package let id: String
  package let kind: String
  package let inputs: JSONValue
  package let parameters: JSONValue
  /// What is expected, by name; nil when the source could not answer.
  package let outputs: JSONObject?
  package let relativeTolerance: Double
  package let absoluteTolerance: Double

  package var description: String { id }

  package init?(_ value: JSONValue) {
    guard let id = value["id"]?.stringValue, let kind = (value["test"] ?? value["family"])?.stringValue
    else { return nil }
    self.id = id
    self.kind = kind
    inputs = value["inputs"] ?? .null
    parameters = value["params"] ?? .null
    outputs = value["error"].flatMap { $0.stringValue } == nil ? value["outputs"]?.objectValue : nil
    relativeTolerance = value["rtol"]?.doubleValue ?? 1e-9
    absoluteTolerance = value["atol"]?.doubleValue ?? 0
  }

  /// A value of the inputs, or else of the parameters.
  package subscript(name: String) -> JSONValue? {
    let value = inputs[name] ?? parameters[name]
    if case .null? = value { return nil }
    return value
  }
}

/// What is wrong with a case's own text.
package struct VectorProblem: Error, CustomStringConvertible {
  package let description: String

  package init(description: String) { self.description = description }
}

extension VectorCase {
  package func has(_ name: String) -> Bool { self[name] != nil }

  package func number(_ name: String) throws -> Double { try Self.number(value(name), name) }

  /// The number, or another one when the case does not name it.
  package func number(_ name: String, or other: Double) throws -> Double { has(name) ? try number(name) : other }

  package func count(_ name: String) throws -> Int {
    let number = try number(name)
    guard let count = Int(exactly: number) else { throw VectorProblem(description: "\(id): \(name) is no count") }
    return count
  }

  package func flag(_ name: String) throws -> Bool {
    guard let flag = try value(name).boolValue else { throw VectorProblem(description: "\(id): \(name) is no flag") }
    return flag
  }

  package func word(_ name: String) throws -> String {
    guard let word = try value(name).stringValue else { throw VectorProblem(description: "\(id): \(name) is no word") }
    return word
  }

  /// A list of numbers, or what a generator makes of its parameters.
  package func numbers(_ name: String) throws -> [Double] { try Self.numbers(value(name), name) }

  package func table(_ name: String) throws -> [[Double]] {
    guard let rows = try value(name).arrayValue else { throw VectorProblem(description: "\(id): \(name) is no table") }
    return try rows.map { try Self.numbers($0, name) }
  }

  private func value(_ name: String) throws -> JSONValue {
    guard let value = self[name] else { throw VectorProblem(description: "\(id) has no \(name)") }
    return value
  }

  /// A JSON number, or one of the words `NaN`, `Infinity` and `-Infinity`.
  package static func number(_ value: JSONValue, _ name: String) throws -> Double {
    if let number = value.doubleValue { return number }
    switch value.stringValue {
    case "NaN"?: return .nan
    case "Infinity"?: return .infinity
    case "-Infinity"?: return -.infinity
    default: throw VectorProblem(description: "\(name) is no number: \(value)")
    }
  }

  private static func numbers(_ value: JSONValue, _ name: String) throws -> [Double] {
    if let elements = value.arrayValue { return try elements.map { try number($0, name) } }
    guard let generator = VectorGenerator(value) else {
      throw VectorProblem(description: "\(name) is neither a list nor made by a known generator")
    }
    return generator.values
  }
}
