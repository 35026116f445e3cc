/// The members of one schema, read by their types.
struct SchemaKeywords {
  private let object: JSONObject
  let pointer: String

  init(_ object: JSONObject, at pointer: String) {
    self.object = object
    self.pointer = pointer
  }

  /// The keywords that say nothing about a value, or nothing that is judged.
  private static let annotations: Set<String> = [
    "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated",
    "readOnly", "writeOnly", "format", "contentEncoding", "contentMediaType", "contentSchema",
  ]

  static let assertions: Set<String> = [
    "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
    "maxLength", "pattern", "prefixItems", "items", "contains", "minContains", "maxContains", "minItems", "maxItems",
    "uniqueItems", "properties", "patternProperties", "additionalProperties", "propertyNames", "required",
    "dependentRequired", "dependentSchemas", "minProperties", "maxProperties", "$ref", "allOf", "anyOf", "oneOf", "not",
    "if", "then", "else", "unevaluatedItems", "unevaluatedProperties",
  ]

  /// The keywords whose schemas a value may break and still satisfy the document. What only definitions hold may be
  /// meant for one of them.
  private static let alternatives: Set<Substring> = [
    "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "contains", "$defs", "definitions",
  ]

  /// Whether a value may break this schema and still satisfy the document.
  private var mayBeBroken: Bool { pointer.split(separator: "/").contains(where: Self.alternatives.contains) }

  func refuseUnknown() throws(JSONSchemaError) {
    for member in object.members where !member.key.hasPrefix("x-") {
      guard Self.annotations.contains(member.key) || Self.assertions.contains(member.key) else {
        throw error("\"\(member.key)\" is no keyword that is known here")
      }
    }
    if pointer != "#", has("$id") { throw error("an $id within the schema changes what references mean") }
    if let repeated = object.duplicateKeys.first { throw error("the keyword \"\(repeated)\" stands here twice") }
  }

  func error(_ reason: String, at keyword: String? = nil) -> JSONSchemaError {
    JSONSchemaError(pointer: keyword.map { child($0) } ?? pointer, reason: reason)
  }

  /// The pointer of a member.
  func child(_ names: String...) -> String {
    names.reduce(pointer) { pointer, name in
      var token = ""
      for byte in name.utf8 {
        switch byte {
        case UInt8(ascii: "~"): token += "~0"
        case UInt8(ascii: "/"): token += "~1"
        case UInt8(ascii: "%"): token += "%25"
        case 0x21...0x7E: token.unicodeScalars.append(Unicode.Scalar(byte))
        default: token += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
      }
      return pointer + "/" + token
    }
  }

  subscript(keyword: String) -> JSONValue? { object[keyword] }

  func has(_ keyword: String) -> Bool { object[keyword] != nil }

  func number(_ keyword: String) throws(JSONSchemaError) -> JSONNumber? {
    guard let value = object[keyword] else { return nil }
    guard let number = value.numberValue, number.isFinite else { throw error("expected a number", at: keyword) }
    return number
  }

  func count(_ keyword: String) throws(JSONSchemaError) -> Int? {
    guard let number = try number(keyword) else { return nil }
    guard let count = number.int64, count >= 0 else { throw error("expected a whole number from 0 on", at: keyword) }
    return Int(count)
  }

  /// How many there may be, by two keywords of which either may be missing. That nothing can be is a mistake, unless
  /// the schema is one of which nothing needs to be.
  func limits(_ low: String, _ high: String, atLeast: Int = 0) throws(JSONSchemaError) -> CountLimits {
    let limits = CountLimits(least: try count(low) ?? atLeast, most: try count(high) ?? .max)
    guard limits.least <= limits.most || mayBeBroken else { throw error("nothing is \(limits.words)", at: low) }
    return limits
  }

  func string(_ keyword: String) throws(JSONSchemaError) -> String? {
    guard let value = object[keyword] else { return nil }
    guard let string = value.stringValue else { throw error("expected a string", at: keyword) }
    return string
  }

  func array(_ keyword: String) throws(JSONSchemaError) -> [JSONValue]? {
    guard let value = object[keyword] else { return nil }
    guard let array = value.arrayValue else { throw error("expected an array", at: keyword) }
    return array
  }

  func members(_ keyword: String) throws(JSONSchemaError) -> [JSONObject.Member] {
    guard let value = object[keyword] else { return [] }
    guard let object = value.objectValue else { throw error("expected an object", at: keyword) }
    return object.members
  }

  /// The schema of a keyword.
  func schema(_ keyword: String, _ reader: inout SchemaReader) throws(JSONSchemaError) -> SchemaReader.Number? {
    has(keyword) ? try reader.number(of: child(keyword)) : nil
  }

  /// The schemas of a keyword that holds several.
  func schemas(_ keyword: String, _ reader: inout SchemaReader) throws(JSONSchemaError) -> [SchemaReader.Number]? {
    guard let array = try array(keyword) else { return nil }
    guard !array.isEmpty else { throw error("an empty list of schemas says nothing", at: keyword) }
    var numbers: [SchemaReader.Number] = []
    for index in array.indices { numbers.append(try reader.number(of: child(keyword, String(index)))) }
    return numbers
  }

  /// The named schemas of a keyword.
  func named(
    _ keyword: String, _ reader: inout SchemaReader
  ) throws(JSONSchemaError) -> [(name: String, schema: SchemaReader.Number)] {
    var named: [(name: String, schema: SchemaReader.Number)] = []
    for member in try members(keyword) {
      named.append((member.key, try reader.number(of: child(keyword, member.key))))
    }
    return named
  }

  func strings(_ value: JSONValue, at keyword: String) throws(JSONSchemaError) -> [String] {
    let strings = value.arrayValue?.compactMap(\.stringValue)
    guard let strings, strings.count == value.arrayValue?.count else {
      throw error("expected an array of strings", at: keyword)
    }
    return strings
  }
}
