/// `type`, `enum` and `const`.
struct ValueAssertion: SchemaAssertion {
  private var types: [String]?
  private var values: [JSONValue]?

  private static let types = ["null", "boolean", "object", "array", "number", "integer", "string"]

  init?(_ keywords: SchemaKeywords) throws(JSONSchemaError) {
    if let type = keywords["type"] {
      let names = if let name = type.stringValue { [name] } else { try keywords.strings(type, at: "type") }
      guard !names.isEmpty, names.allSatisfy(Self.types.contains) else {
        throw keywords.error("a type is one of \(Self.types.joined(separator: ", "))", at: "type")
      }
      types = names
    }
    values = try keywords.array("enum")
    if values?.isEmpty == true { throw keywords.error("an empty enum allows nothing", at: "enum") }
    if let const = keywords["const"] { values = values.map { $0.filter { $0 == const } } ?? [const] }
    if types == nil, values == nil { return nil }
  }

  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool {
    isOfType(value) && values?.contains(value) ?? true
  }

  /// A bare NaN, which lenient readers take, is no number of JSON.
  private func isOfType(_ value: JSONValue) -> Bool {
    guard let types else { return true }
    if case .number(let number) = value, !number.isJSON { return false }
    return types.contains { $0 == value.kind || $0 == "integer" && value.isInteger }
  }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    if let types, !isOfType(value) {
      let isNumber = types.allSatisfy { $0 == "integer" || $0 == "number" } && value.kind == "number"
      let kind = isNumber ? JSONWriter.lenient.string(value) : "of type \(value.kind)"
      return SchemaViolation("is \(kind), but must be of type \(types.joined(separator: " or "))", at: place)
    }
    let allowed = (values ?? []).map(\.description).joined(separator: ", ")
    return SchemaViolation("is \(value), but must be \(values?.count == 1 ? "" : "one of ")\(allowed)", at: place)
  }
}

/// `false`: no value satisfies it.
struct NothingAssertion: SchemaAssertion {
  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool { false }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    SchemaViolation("is not allowed", at: place)
  }
}

extension JSONValue {
  /// Whether it is a number without a fraction, as `1.0` and `1e400` are.
  fileprivate var isInteger: Bool {
    guard let number = numberValue else { return false }
    return number.isFinite && number.double == number.double.rounded()
  }
}
