/// A JSON Schema (draft 2020-12), read once and asked about any number of values.
///
/// The vocabularies for applicators, unevaluated parts and validation are there, with references inside the document
/// (`$ref: #/$defs/…`). `format` is judged when asked for; `content…` and what only describes is not, as the standard
/// has it. A keyword that is none of the standard's, or not known here (`$dynamicRef`, `$anchor`), is an error and
/// never silently ignored; names that begin with `x-` are the user's own.
package struct JSONSchema: Sendable {
  /// The schemas of the document by their number; they name each other by it.
  private let schemas: [[any SchemaAssertion]]

  /// Reads a schema.
  ///
  /// - Parameters:
  ///   - judgesFormats: whether `format` is a claim (the vocabulary `format-assertion`) and not only a remark. A format
  ///     that is not known here is then an error.
  ///   - search: compiles a regular expression to a search for it; nil when it is none.
  package init(
    _ document: JSONValue, judgesFormats: Bool = false, search: @escaping SchemaReader.Search
  ) throws(JSONSchemaError) {
    var reader = SchemaReader(document, judgesFormats: judgesFormats, search: search)
    schemas = try reader.readAll()
  }

  /// Whether the value satisfies the schema.
  ///
  /// False for one on which the schema cannot be followed to its end: nested deeper than 400 levels, or asked about far
  /// more often than each schema asks once about each of its parts, as alternatives within alternatives can. What is
  /// not known to satisfy the schema does not, whatever a `not` makes of it.
  package func accepts(_ value: JSONValue) -> Bool {
    let judge = judge(for: value)
    return judge.accepts(value, SchemaReader.root) && !judge.isLost
  }

  /// The first place where the value does not satisfy the schema, and why; nil when it does.
  package func violation(of value: JSONValue) -> SchemaViolation? {
    if accepts(value) { return nil }
    return judge(for: value).violation(of: value, at: .root, SchemaReader.root)
  }

  private func judge(for value: JSONValue) -> SchemaJudge {
    SchemaJudge(schemas, limit: 10_000 + 16 * schemas.count * value.partCount)
  }
}

/// Where a value does not satisfy a schema.
package struct SchemaViolation: Sendable, Hashable {
  /// The normalized JSONPath (RFC 9535) of the part that is wrong; `$` for the value itself.
  package var path: String
  /// What is wrong with it, in words that follow the path.
  package var reason: String

  init(_ reason: String, at place: JSONPathLocation) {
    path = place.normalizedPath
    self.reason = reason
  }
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
  /// The parts that it has judged, or a schema that it asks about the same value, of a value of which it holds.
  func evaluated(in value: JSONValue, _ judge: SchemaJudge) -> EvaluatedParts
  /// What is wrong with a value of which it does not hold, and which stands at `place`.
  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation
}

extension SchemaAssertion {
  func evaluated(in value: JSONValue, _ judge: SchemaJudge) -> EvaluatedParts { EvaluatedParts() }
}

/// Follows a schema down a value.
struct SchemaJudge {
  private let schemas: [[any SchemaAssertion]]
  private let steps: Steps
  private var depth = 0

  /// How often a schema was asked about a value, counted for all branches together.
  private final class Steps {
    var left: Int
    var areOver = false
    init(_ limit: Int) { left = limit }
  }

  /// Deeper than this a value is refused rather than the stack used up.
  private static let maximumDepth = 400

  init(_ schemas: [[any SchemaAssertion]], limit: Int) {
    self.schemas = schemas
    steps = Steps(limit)
  }

  /// Whether an answer was cut short, so that none that builds on it counts.
  var isLost: Bool { steps.areOver }

  func accepts(_ value: JSONValue, _ schema: SchemaReader.Number) -> Bool {
    mayStep() && schemas[schema].allSatisfy { $0.holds(value, deeper) }
  }

  /// The parts of a value that a schema which it satisfies has judged.
  func evaluated(in value: JSONValue, _ schema: SchemaReader.Number) -> EvaluatedParts {
    guard mayStep() else { return EvaluatedParts() }
    return schemas[schema].reduce(into: EvaluatedParts()) { $0.formUnion($1.evaluated(in: value, deeper)) }
  }

  /// Whether one more schema may be asked.
  private func mayStep() -> Bool {
    steps.left -= 1
    if depth >= Self.maximumDepth || steps.left <= 0 { steps.areOver = true }
    return !steps.areOver
  }

  /// What is wrong with a value that the schema does not accept.
  func violation(
    of value: JSONValue, at place: JSONPathLocation, _ schema: SchemaReader.Number
  ) -> SchemaViolation {
    let broken = depth < Self.maximumDepth ? schemas[schema].first { !$0.holds(value, deeper) } : nil
    return broken?.violation(of: value, at: place, deeper)
      ?? SchemaViolation("cannot be judged: it is nested too deeply, or has too many alternatives", at: place)
  }

  private var deeper: SchemaJudge {
    var deeper = self
    deeper.depth += 1
    return deeper
  }
}

extension JSONValue {
  /// How many values it is made of, itself included.
  fileprivate var partCount: Int {
    switch self {
    case .array(let elements): elements.reduce(1) { $0 + $1.partCount }
    case .object(let members): members.members.reduce(1) { $0 + $1.value.partCount }
    default: 1
    }
  }
}
