/// A JSON value (RFC 8259), as it stood in the text: members in document order, numbers with their literal.
///
/// Equality is that of RFC 9535 section 2.3.5.2.2: numbers by value, strings by code point, objects without regard
/// to the order of their members. A NaN equals nothing.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// The name of the value's type, for messages: `null`, `boolean`, `number`, `string`, `array` or `object`.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// Whether this is a number that a `Double` cannot hold as a finite value: NaN, an infinity, or `1e999`.
  package var isNaNOrInfinity: Bool {
    if case .number(let number) = self { !number.isFinite } else { false }
  }

  /// The member of that name (the last, when the name is there twice); nil when absent or not an object.
  package subscript(key: String) -> JSONValue? {
    objectValue?[key]
  }

  /// The element at that index, from 0; nil when out of range or not an array.
  package subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}

// MARK: - The payload, when it has the wanted type

extension JSONValue {
  /// True or false; nil for other types.
  package var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The number; nil for other types.
  package var numberValue: JSONNumber? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The number as the nearest `Double`; nil for other types.
  package var doubleValue: Double? {
    numberValue?.double
  }

  /// The number as an integer; nil for other types and for numbers that are not exactly a 64-bit integer.
  package var int64Value: Int64? {
    numberValue?.int64
  }

  /// The string; nil for other types.
  package var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The elements; nil for other types.
  package var arrayValue: [JSONValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The object; nil for other types.
  package var objectValue: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }
}

extension JSONValue: Equatable {
  /// Equality by value, as RFC 9535 defines it for `==`.
  package static func == (lhs: JSONValue, rhs: JSONValue) -> Bool {
    switch (lhs, rhs) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): JSONKey.equal(left, right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

extension JSONValue: CustomStringConvertible {
  /// The value as compact JSON.
  package var description: String {
    JSONWriter.compact.string(self)
  }
}
