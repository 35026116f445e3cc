/// `unevaluatedProperties` and `unevaluatedItems`: what the members and elements are that no other keyword of the
/// schema judges, nor any schema that the value satisfies on its behalf (`$ref`, `allOf`, `anyOf`, `if` and the like).
struct UnevaluatedAssertion: SchemaAssertion {
  private var properties: SchemaReader.Number?
  private var items: SchemaReader.Number?
  /// The other claims of the schema.
  private let others: [any SchemaAssertion]

  init?(
    _ keywords: SchemaKeywords, beside others: [any SchemaAssertion], _ reader: inout SchemaReader
  ) throws(JSONSchemaError) {
    self.others = others
    properties = try keywords.schema("unevaluatedProperties", &reader)
    items = try keywords.schema("unevaluatedItems", &reader)
    if properties == nil, items == nil { return nil }
  }

  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool {
    unevaluated(in: value, .root, judge).allSatisfy { judge.accepts($0.value, $0.schema) }
  }

  func evaluated(in value: JSONValue, _ judge: SchemaJudge) -> EvaluatedParts {
    switch value {
    case .object where properties != nil, .array where items != nil: .all
    default: EvaluatedParts()
    }
  }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    let broken = unevaluated(in: value, place, judge).first { !judge.accepts($0.value, $0.schema) }
    guard let broken else { return SchemaViolation("is not as it must be", at: place) }
    return judge.violation(of: broken.value, at: broken.place, broken.schema)
  }

  /// The parts that are left, each with its place and the schema that it must satisfy.
  private func unevaluated(
    in value: JSONValue, _ place: JSONPathLocation, _ judge: SchemaJudge
  ) -> [(value: JSONValue, place: JSONPathLocation, schema: SchemaReader.Number)] {
    func evaluated() -> EvaluatedParts {
      others.reduce(into: EvaluatedParts()) { $0.formUnion($1.evaluated(in: value, judge)) }
    }
    if let properties, let object = value.objectValue {
      let known = evaluated()
      return known.areAll
        ? []
        : object.distinctMembers.filter { !known.names.contains(JSONKey($0.key)) }
          .map { ($0.value, .member($0.key, of: place), properties) }
    }
    if let items, let elements = value.arrayValue {
      let known = evaluated()
      return known.areAll
        ? []
        : elements.indices.filter { !known.indices.contains($0) }
          .map { (elements[$0], .element($0, of: place), items) }
    }
    return []
  }
}
