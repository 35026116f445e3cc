/// What other schemas say of the same value: `$ref`, `allOf`, `anyOf`, `oneOf`, `not`, `if` and `dependentSchemas`.
struct CombinedAssertion: SchemaAssertion {
  private var all: [SchemaReader.Number] = []
  private var any: [SchemaReader.Number]?
  private var one: [SchemaReader.Number]?
  private var not: SchemaReader.Number?
  private var condition: SchemaReader.Number?
  private var then: SchemaReader.Number?
  private var otherwise: SchemaReader.Number?
  private var dependent: [(name: String, schema: SchemaReader.Number)]

  /// Every schema that it asks about the value.
  var schemas: [SchemaReader.Number] {
    all + (any ?? []) + (one ?? []) + [not, condition, then, otherwise].compactMap { $0 } + dependent.map(\.schema)
  }

  init?(_ keywords: SchemaKeywords, _ reader: inout SchemaReader) throws(JSONSchemaError) {
    if let reference = try keywords.string("$ref") {
      guard reference == "#" || reference.hasPrefix("#/") else {
        throw keywords.error("only references within the schema are followed (#/$defs/…), not \(reference)", at: "$ref")
      }
      all.append(try reader.number(of: reference))
    }
    all += try keywords.schemas("allOf", &reader) ?? []
    any = try keywords.schemas("anyOf", &reader)
    one = try keywords.schemas("oneOf", &reader)
    not = try keywords.schema("not", &reader)
    condition = try keywords.schema("if", &reader)
    if condition != nil {
      then = try keywords.schema("then", &reader)
      otherwise = try keywords.schema("else", &reader)
    }
    dependent = try keywords.named("dependentSchemas", &reader)
    if schemas.isEmpty { return nil }
  }

  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool {
    guard all.allSatisfy({ judge.accepts(value, $0) }), any?.contains(where: { judge.accepts(value, $0) }) ?? true,
      one.map({ $0.count { judge.accepts(value, $0) } == 1 }) ?? true, not.map({ !judge.accepts(value, $0) }) ?? true
    else { return false }
    for (name, schema) in dependent where value[name] != nil && !judge.accepts(value, schema) { return false }
    guard let condition else { return true }
    let next = judge.accepts(value, condition) ? then : otherwise
    return next.map { judge.accepts(value, $0) } ?? true
  }

  func evaluated(in value: JSONValue, _ judge: SchemaJudge) -> EvaluatedParts {
    var heeded = all + ((any ?? []) + (one ?? [])).filter { judge.accepts(value, $0) }
    heeded += dependent.filter { value[$0.name] != nil }.map(\.schema)
    if let condition {
      heeded += (judge.accepts(value, condition) ? [condition, then] : [otherwise]).compactMap { $0 }
    }
    return heeded.reduce(into: EvaluatedParts()) { $0.formUnion(judge.evaluated(in: value, $1)) }
  }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    if let broken = all.first(where: { !judge.accepts(value, $0) }) {
      return judge.violation(of: value, at: place, broken)
    }
    if let any, !any.contains(where: { judge.accepts(value, $0) }) {
      return SchemaViolation("satisfies none of \(any.count) schemas (anyOf)", at: place)
    }
    if let one {
      let count = one.count { judge.accepts(value, $0) }
      if count != 1 {
        return SchemaViolation("satisfies \(count) of \(one.count) schemas and not exactly one (oneOf)", at: place)
      }
    }
    if let not, judge.accepts(value, not) { return SchemaViolation("is what it must not be (not)", at: place) }
    let conditional = condition.flatMap { judge.accepts(value, $0) ? then : otherwise }
    let further = dependent.filter { value[$0.name] != nil }.map(\.schema) + [conditional].compactMap { $0 }
    guard let broken = further.first(where: { !judge.accepts(value, $0) }) else {
      return SchemaViolation("is not as it must be", at: place)
    }
    return judge.violation(of: value, at: place, broken)
  }
}
