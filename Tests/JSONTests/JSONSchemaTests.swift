import Testing

@testable import JSON

/// The whole of the standard's own test suite (json-schema-org/JSON-Schema-Test-Suite, draft 2020-12) was run against the
/// code; these are the corners that are easily lost.
@Suite struct JSONSchemaTests {
  private static func schema(_ text: String) throws -> JSONSchema {
    // The only patterns here are ^a, b$ and texts without anything special.
    try JSONSchema(try JSONParser.parse(text)) { pattern in
      guard pattern != "(" else { return nil }
      let word = pattern.filter { $0 != "^" && $0 != "$" }
      return { text in
        pattern.hasPrefix("^")
          ? text.hasPrefix(word) : pattern.hasSuffix("$") ? text.hasSuffix(word) : text.contains(word)
      }
    }
  }

  /// A bare NaN, which lenient readers take, is no number of JSON.
  @Test(arguments: [
    ##"{"type": "number"}"##, ##"{"minimum": 0}"##, ##"{"maximum": 1}"##, ##"{"exclusiveMinimum": 0}"##,
    ##"{"items": {"type": ["number", "null"]}}"##, ##"{"properties": {"x": {"type": "integer"}}}"##,
  ])
  func whatIsNoNumberSatisfiesNoClaimOfNumbers(schema text: String) throws {
    let schema = try Self.schema(text)
    for word in ["NaN", "Infinity", "-Infinity"] {
      let value = text.contains("items") ? "[\(word)]" : text.contains("properties") ? "{\"x\": \(word)}" : word
      #expect(!schema.accepts(try JSONParser.parse(value, mode: .lenient)), "\(value)")
    }
    #expect(try Self.schema("true").accepts(try JSONParser.parse("NaN", mode: .lenient)))
  }

  @Test(
    arguments: [
      ("true", ["1", "{}"], []), ("false", [], ["1", "null"]), ("{}", ["1"], []),
      (##"{"type": "integer"}"##, ["1", "1.0", "-0", "1e3"], ["1.5", "\"1\"", "null", "true"]),
      (##"{"type": ["string", "null"]}"##, ["\"\"", "null"], ["0", "[]"]),
      (##"{"enum": [1, "a", {"b": [0]}]}"##, ["1.0", "\"a\"", ##"{"b": [0.0]}"##], ["true", "\"b\"", "{}"]),
      (##"{"const": false}"##, ["false"], ["0", "null"]),
      (##"{"minimum": 1, "exclusiveMaximum": 2}"##, ["1", "1.9", "\"x\""], ["0.99", "2", "1e9"]),
      (##"{"maximum": 9007199254740992}"##, ["9007199254740992"], ["9007199254740993"]),
      (##"{"multipleOf": 0.1}"##, ["0.3", "4.5", "\"x\""], ["0.35"]),
      (##"{"multipleOf": 0.1}"##, ["123456789012345.6", "1e300", "0", "-0.0"], ["123456789012345.67", "1e-2"]),
      (##"{"multipleOf": 3}"##, ["3e300", "333333333333333333333333"], ["1e300", "0.3", "333333333333333333333334"]),
      (##"{"multipleOf": 2.5e3}"##, ["2500", "5e3", "-7.5e3"], ["250", "2500.5"]),
      (##"{"multipleOf": 3}"##, ["9223372036854775806"], ["9223372036854775807"]),
      (##"{"minLength": 2, "maxLength": 2}"##, ["\"\\ud83d\\ude00a\"", "1"], ["\"a\"", "\"abc\""]),
      (##"{"pattern": "b"}"##, ["\"abc\"", "1"], ["\"\"", "\"ac\""]),
      (##"{"prefixItems": [{"type": "string"}], "items": false}"##, ["[]", "[\"a\"]", "{}"], ["[1]", "[\"a\", 1]"]),
      (##"{"items": {"type": "null"}}"##, ["[]", "[null]"], ["[null, 0]"]),
      (##"{"contains": {"const": 1}}"##, ["[0, 1]", "\"\""], ["[]", "[0]"]),
      (##"{"contains": {"const": 1}, "minContains": 0, "maxContains": 1}"##, ["[]", "[1]"], ["[1, 1]"]),
      (
        ##"{"uniqueItems": true}"##,
        ["[1, true, \"1\", [1]]", "[0, false]", "[100000000000000000000, 100000000000000000001]"],
        ["[1, 1.0]", "[100000000000000000000, 1e20]", #"[{"a":1,"b":2},{"b":2,"a":1}]"#]
      ),
      (##"{"minItems": 1, "maxItems": 2}"##, ["[1]", "1"], ["[]", "[1, 2, 3]"]),
      (
        ##"{"properties": {"a": {"type": "integer"}}, "patternProperties": {"^x": false}, "additionalProperties": {"type": "null"}}"##,
        ["{}", ##"{"a": 1, "c": null}"##, "1"], [##"{"a": "1"}"##, ##"{"xa": null}"##, ##"{"c": 1}"##]
      ),
      (
        ##"{"required": ["a"], "dependentRequired": {"b": ["c"]}}"##, [##"{"a": null}"##],
        ["{}", ##"{"a": 1, "b": 2}"##]
      ),
      (
        ##"{"propertyNames": {"maxLength": 1}, "minProperties": 1}"##, [##"{"a": 1}"##, "[]"], ["{}", ##"{"ab": 1}"##]
      ),
      (##"{"dependentSchemas": {"a": {"required": ["b"]}}}"##, ["{}", ##"{"a": 1, "b": 1}"##], [##"{"a": 1}"##]),
      (##"{"allOf": [{"minimum": 1}, {"maximum": 2}]}"##, ["1"], ["0", "3"]),
      (##"{"anyOf": [{"type": "null"}, {"minimum": 2}]}"##, ["null", "2", "\"x\""], ["1"]),
      (##"{"oneOf": [{"minimum": 1}, {"maximum": 2}]}"##, ["0", "3"], ["1.5", "\"x\""]),
      (##"{"not": {"type": "null"}}"##, ["0"], ["null"]),
      (##"{"if": {"minimum": 5}, "then": {"multipleOf": 5}, "else": {"const": 1}}"##, ["10", "1"], ["6", "2"]),
      (##"{"then": false}"##, ["1"], []),
      (
        ##"{"$ref": "#/$defs/a~1b%25", "minimum": 3, "$defs": {"a/b%": {"type": "integer"}}}"##, ["3"],
        ["3.5", "2", "\"x\""]
      ),
      (
        ##"{"properties": {"n": {"$ref": "#"}}, "additionalProperties": false}"##, [##"{"n": {"n": {}}}"##],
        [##"{"n": {"x": 1}}"##]
      ),
      (
        ##"{"oneOf": [{"type": "string", "minLength": 3, "maxLength": 2}, {"type": "string"}]}"##, ["\"abc\""], ["1"]
      ),
      (##"{"not": {"minItems": 2, "maxItems": 1}}"##, ["[]", "[1, 2]"], ["1"]),
      (
        ##"{"allOf": [{"properties": {"a": true}}], "patternProperties": {"^b": true}, "unevaluatedProperties": {"type": "null"}}"##,
        [##"{"a": 1, "b": 2, "c": null}"##, "[1]"], [##"{"a": 1, "c": 2}"##]
      ),
      (
        ##"{"anyOf": [{"properties": {"a": {"const": 1}}}, {"required": ["b"]}], "unevaluatedProperties": false}"##,
        [##"{"a": 1}"##, "{}"], [##"{"a": 2, "b": 1}"##, ##"{"a": 1, "b": 1}"##]
      ),
      (
        ##"{"prefixItems": [true], "contains": {"type": "string"}, "unevaluatedItems": false}"##,
        [##"[1, "a", "b"]"##, ##"["a"]"##, "1"], [##"[1, "a", 2]"##]
      ),
      (
        ##"{"$ref": "#/$defs/a", "properties": {"x": true}, "$defs": {"a": {"unevaluatedProperties": false}}}"##,
        ["{}"],
        [##"{"x": 1}"##]
      ),
      (##"{"format": "email", "title": "t", "x-own": 1, "$schema": "s", "examples": []}"##, ["\"no address\""], []),
    ] as [(String, [String], [String])])
  func judgesAsTheStandardSays(schema: String, good: [String], bad: [String]) throws {
    let compiled = try Self.schema(schema)
    for text in good { #expect(compiled.accepts(try JSONParser.parse(text)), "\(text)") }
    for text in bad { #expect(!compiled.accepts(try JSONParser.parse(text)), "\(text)") }
  }

  @Test(
    arguments: [
      ("1", "#"), (##"{"typ": "string"}"##, "#"), (##"{"type": "int"}"##, "#/type"),
      (##"{"minimum": "1"}"##, "#/minimum"),
      (##"{"minLength": 1.5}"##, "#/minLength"), (##"{"minLength": 3, "maxLength": 2}"##, "#/minLength"),
      (##"{"pattern": "("}"##, "#/pattern"), (##"{"items": [{}]}"##, "#/items"), (##"{"allOf": []}"##, "#/allOf"),
      (##"{"properties": {"a/b": {"minimum": null}}}"##, "#/properties/a~1b/minimum"),
      (##"{"required": "a"}"##, "#/required"),
      (##"{"$ref": "#/$defs/x"}"##, "#/$defs/x"), (##"{"$ref": "other.json"}"##, "#/$ref"), (##"{"$ref": "#"}"##, "#"),
      (##"{"allOf": [{"not": {"$ref": "#"}}]}"##, "#"), (##"{"$anchor": "a"}"##, "#"),
      (##"{"enum": []}"##, "#/enum"),
      (##"{"items": {"$id": "x"}}"##, "#/items"), (##"{"type": "null", "type": "string"}"##, "#"),
      (##"{"multipleOf": 0}"##, "#/multipleOf"), (##"{"exclusiveMinimum": true}"##, "#/exclusiveMinimum"),
    ] as [(String, String)])
  func refusesWhatItCannotJudge(schema: String, pointer: String) throws {
    let document = try JSONParser.parse(schema)
    let error = #expect(throws: JSONSchemaError.self) {
      try JSONSchema(document) { pattern in
        guard pattern != "(" else { return nil }
        return { _ in true }
      }
    }
    #expect(error?.pointer == pointer)
    #expect(error?.reason.isEmpty == false)
  }

  /// Deep values are refused and use up no stack; wide ones are compared in linear time.
  @Test(.timeLimit(.minutes(1))) func hostileValuesAreJudged() throws {
    let recursive = try Self.schema(##"{"items": {"$ref": "#"}, "type": "array"}"##)
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(!recursive.accepts(try JSONParser.parse(deep)))
    #expect(recursive.accepts(try JSONParser.parse("[[[]]]")))
    let wide = "[" + (0..<50_000).map { "\"\($0)\"" }.joined(separator: ",") + "]"
    #expect(try Self.schema(##"{"uniqueItems": true}"##).accepts(try JSONParser.parse(wide)))
  }

  /// Alternatives within alternatives would be followed in more ways than there is time for, and deep nesting further
  /// than there is room: such a value does not satisfy the schema, nor its opposite.
  @Test func whatCannotBeFollowedIsRefused() throws {
    func nested(_ depth: Int) throws -> JSONValue {
      try JSONParser.parse(String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth))
    }
    let branching = try Self.schema(
      ##"{"$defs": {"n": {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/n"}}, {"type": "array", "items": {"$ref": "#/$defs/n"}, "maxItems": 9}, {"type": "string"}]}}, "$ref": "#/$defs/n"}"##
    )
    #expect(!branching.accepts(try nested(40)))
    let list = ##"{"type": "array", "items": {"$ref": "#/$defs/n"}}"##
    let arrays = try Self.schema(##"{"$defs": {"n": \##(list)}, "not": {"$ref": "#/$defs/n"}}"##)
    #expect(!arrays.accepts(try JSONParser.parse("[[[]]]")))
    #expect(arrays.accepts(try nested(3)))
    let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    if let deep = try? JSONParser.parse(deep) { #expect(!arrays.accepts(deep)) }
  }
}
