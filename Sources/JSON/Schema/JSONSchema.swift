/// A JSON Schema (draft 2020-12), read once and asked about any number of values.
///
/// The vocabularies for applicators and validation are there, with references inside the document (`$ref: #/$defs/…`).
/// `format`, `content…` and what only describes is not judged, as the standard has it. A keyword that is none of the
/// standard's, or not known here (`unevaluatedProperties`, `$dynamicRef`, `$anchor`), is an error and never silently
/// ignored; names that begin with `x-` are the user's own.
package struct JSONSchema: Sendable {
  /// The schemas of the document by their number; they name each other by it.
  private let schemas: [[any SchemaAssertion]]

  /// Reads a schema.
  ///
  /// - Parameter search: compiles a regular expression to a search for it; nil when it is none.
  package init(
    _ document: JSONValue, search: @escaping SchemaReader.Search
  ) throws(JSONSchemaError) {
    var reader = SchemaReader(document, search: search)
    schemas = try reader.readAll()
  }

  /// Whether the value satisfies the schema. False for one that is nested so deep that the schema cannot be followed.
  package func accepts(_ value: JSONValue) -> Bool { SchemaJudge(schemas).accepts(value, SchemaReader.root) }
}

/// Why a document is no schema that can be used.
package struct JSONSchemaError: Error, Sendable, Hashable {
  /// Where in the document: `#/properties/id/type`.
  package var pointer: String
  package var reason: String
}

/// One claim of a schema about a value; an assertion about one type holds of all others.
protocol SchemaAssertion: Sendable {
  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool
}

/// Follows a schema down a value.
struct SchemaJudge {
  private let schemas: [[any SchemaAssertion]]
  private var depth = 0

  /// Deeper than this a value is refused rather than the stack used up.
  private static let maximumDepth = 400

  init(_ schemas: [[any SchemaAssertion]]) { self.schemas = schemas }

  func accepts(_ value: JSONValue, _ schema: SchemaReader.Number) -> Bool {
    guard depth < Self.maximumDepth else { return false }
    var deeper = self
    deeper.depth += 1
    return schemas[schema].allSatisfy { $0.holds(value, deeper) }
  }
}
