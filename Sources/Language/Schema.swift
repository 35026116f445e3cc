package import JSON

/// What a shape accepts, as JSON Schema (draft 2020-12): the same declaration decodes the config and documents it.
package indirect enum Schema: Sendable {
  /// Any JSON Schema keywords.
  case keywords([(String, JSONValue)])
  /// A list of such values; of exactly that many when a count is given.
  case list(Schema, count: Int? = nil)
  case object([Property], open: Schema?)
  case anyOf([Schema])
  /// A part that has a name and is written once, under `$defs`.
  case definition(String, Schema)
  case described(Schema, String)
  /// One that is made when somebody asks for the document.
  case deferred(@Sendable () -> Schema)

  package struct Property: Sendable {
    package var name: String
    package var schema: Schema
    package var isRequired: Bool

    package init(name: String, schema: Schema, isRequired: Bool) {
      self.name = name
      self.schema = schema
      self.isRequired = isRequired
    }
  }

  package static func type(_ name: String) -> Schema { .keywords([("type", .string(name))]) }

  /// One of some words.
  package static func words(_ words: [String]) -> Schema {
    .keywords([("enum", .array(words.map { .string($0) }))])
  }

  /// The whole JSON Schema document with this schema as its root.
  package func document(title: String, identifier: String) -> JSONValue {
    var definitions: [(String, JSONValue)] = []
    var members: [(String, JSONValue)] = [
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("$id", .string(identifier)),
      ("title", .string(title)),
    ]
    members += render(&definitions)
    members.append(("$defs", Self.json(definitions.sorted { $0.0 < $1.0 })))
    return Self.json(members)
  }

  private func render(_ definitions: inout [(String, JSONValue)]) -> [(String, JSONValue)] {
    switch self {
    case .keywords(let keywords): return keywords
    case .list(let element, let count):
      let size = count.map { [("minItems", Self.number($0)), ("maxItems", Self.number($0))] } ?? []
      return [("type", "array"), ("items", Self.json(element.render(&definitions)))] + size
    case .object(let properties, let open):
      return object(properties, open: open, &definitions)
    case .anyOf(let schemas):
      return [("anyOf", .array(schemas.map { Self.json($0.render(&definitions)) }))]
    case .definition(let name, let schema):
      if !definitions.contains(where: { $0.0 == name }) {
        // The place is taken first, so that a definition that contains itself ends.
        definitions.append((name, .null))
        let body = schema.render(&definitions)
        if let index = definitions.firstIndex(where: { $0.0 == name }) {
          definitions[index].1 = Self.json(body)
        }
      }
      return [("$ref", .string("#/$defs/" + name))]
    case .described(let schema, let text):
      return [("description", .string(text))] + schema.render(&definitions)
    case .deferred(let schema): return schema().render(&definitions)
    }
  }

  private func object(
    _ properties: [Property], open: Schema?, _ definitions: inout [(String, JSONValue)]
  ) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [("type", "object")]
    if !properties.isEmpty {
      let rendered = properties.map { ($0.name, Self.json($0.schema.render(&definitions))) }
      members.append(("properties", Self.json(rendered)))
    }
    let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { members.append(("required", .array(required))) }
    let rest: JSONValue = open.map { Self.json($0.render(&definitions)) } ?? .bool(false)
    members.append(("additionalProperties", rest))
    return members
  }

  private static func json(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(JSONObject(members.map { JSONObject.Member($0.0, $0.1) }))
  }

  /// A whole number as a JSON value.
  static func number(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }
}
