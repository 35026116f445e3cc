import JSON
import Language

/// The few keywords of JSON Schema (draft 2020-12) that the language uses, evaluated straight from their definitions.
final class SchemaInterpreter {
  let document: JSONValue
  private var patterns: [String: Regex<AnyRegexOutput>] = [:]

  init(_ schema: Schema) { document = schema.document(title: "test", identifier: "urn:test") }

  func accepts(_ value: JSONValue) throws -> Bool { try accepts(value, document) }

  private func accepts(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
    if case .bool(let verdict) = schema { return verdict }
    for member in schema.objectValue?.members ?? [] {
      guard try keyword(member.key, member.value, value, in: schema) else { return false }
    }
    return true
  }

  private struct UnknownKeyword: Error { var name: String }

  private func keyword(
    _ name: String, _ argument: JSONValue, _ value: JSONValue, in schema: JSONValue
  ) throws -> Bool {
    switch name {
    case "$schema", "$id", "$defs", "title", "description", "examples", "default": return true
    case "$ref":
      let target = argument.stringValue?.split(separator: "/").last.map(String.init) ?? ""
      return try accepts(value, document["$defs"]?[target] ?? false)
    case "type":
      let names = argument.arrayValue ?? [argument]
      return names.contains { Self.isType($0.stringValue ?? "", value) }
    case "pattern":
      guard let text = value.stringValue, let pattern = argument.stringValue else { return true }
      let regex = try patterns[pattern] ?? Regex(pattern)
      patterns[pattern] = regex
      return text.firstMatch(of: regex) != nil
    case "enum": return argument.arrayValue?.contains(value) ?? false
    case "minimum": return value.doubleValue.map { $0 >= argument.doubleValue! } ?? true
    case "maximum": return value.doubleValue.map { $0 <= argument.doubleValue! } ?? true
    case "anyOf": return try argument.arrayValue!.contains { try accepts(value, $0) }
    case "items": return try value.arrayValue?.allSatisfy { try accepts($0, argument) } ?? true
    case "minItems": return value.arrayValue.map { Double($0.count) >= argument.doubleValue! } ?? true
    case "maxItems": return value.arrayValue.map { Double($0.count) <= argument.doubleValue! } ?? true
    case "required":
      guard let object = value.objectValue else { return true }
      return argument.arrayValue!.allSatisfy { object[$0.stringValue!] != nil }
    case "properties":
      return try value.objectValue?.members.allSatisfy { member in
        try argument[member.key].map { try accepts(member.value, $0) } ?? true
      } ?? true
    case "additionalProperties":
      return try value.objectValue?.members.allSatisfy { member in
        try schema["properties"]?[member.key] != nil || accepts(member.value, argument)
      } ?? true
    default: throw UnknownKeyword(name: name)
    }
  }

  private static func isType(_ name: String, _ value: JSONValue) -> Bool {
    if name == "integer" { return value.doubleValue.map { $0 == $0.rounded() } ?? false }
    return value.kind == name
  }
}

/// A scalar as an editor sees it: the core schema of YAML 1.2.2, section 10.3.2, without hexadecimal and octal numbers,
/// which the language does not have.
func coreSchemaValue(_ text: String, quoted: Bool) -> JSONValue {
  if quoted { return .string(text) }
  switch text {
  case "", "~", "null", "Null", "NULL": return .null
  case "true", "True", "TRUE": return true
  case "false", "False", "FALSE": return false
  default:
    guard isCoreNumber(text), let value = Double(text) else { return .string(text) }
    return .number(JSONNumber(value))
  }
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
private func isCoreNumber(_ text: String) -> Bool {
  var rest = text[...]
  func skipSign() { if let first = rest.first, "+-".contains(first) { rest.removeFirst() } }
  func skipDigits() -> Int {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    rest = rest[digits.endIndex...]
    return digits.count
  }
  skipSign()
  var digits = skipDigits()
  if rest.first == "." {
    rest.removeFirst()
    digits += skipDigits()
  }
  guard digits > 0 else { return false }
  if let first = rest.first, "eE".contains(first) {
    rest.removeFirst()
    skipSign()
    guard skipDigits() > 0 else { return false }
  }
  return rest.isEmpty
}
