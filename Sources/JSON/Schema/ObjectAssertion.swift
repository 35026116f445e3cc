/// The members of objects: which there are, which there must be, and what their values are.
struct ObjectAssertion: SchemaAssertion {
  private var properties: [JSONKey: SchemaReader.Number] = [:]
  private var patterns: [(search: @Sendable (String) -> Bool, schema: SchemaReader.Number)] = []
  private var additional: SchemaReader.Number?
  private var names: SchemaReader.Number?
  private var required: [String] = []
  private var dependentNames: [(name: String, required: [String])] = []
  private var counts: CountLimits

  private static let keywords = [
    "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "dependentRequired",
    "minProperties", "maxProperties",
  ]

  init?(_ keywords: SchemaKeywords, _ reader: inout SchemaReader) throws(JSONSchemaError) {
    guard Self.keywords.contains(where: keywords.has) else { return nil }
    for property in try keywords.named("properties", &reader) { properties[JSONKey(property.name)] = property.schema }
    for property in try keywords.named("patternProperties", &reader) {
      guard let search = reader.search(property.name) else {
        throw keywords.error("\(property.name) is no RE2 pattern", at: "patternProperties")
      }
      patterns.append((search, property.schema))
    }
    additional = try keywords.schema("additionalProperties", &reader)
    names = try keywords.schema("propertyNames", &reader)
    if let value = keywords["required"] { required = try keywords.strings(value, at: "required") }
    for member in try keywords.members("dependentRequired") {
      dependentNames.append((member.key, try keywords.strings(member.value, at: "dependentRequired")))
    }
    counts = try keywords.limits("minProperties", "maxProperties")
  }

  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool {
    guard let object = value.objectValue else { return true }
    guard counts.contains(object.count), required.allSatisfy({ object[$0] != nil }) else { return false }
    for (name, required) in dependentNames where object[name] != nil {
      guard required.allSatisfy({ object[$0] != nil }) else { return false }
    }
    return object.distinctMembers.allSatisfy { accepts($0, judge) }
  }

  func evaluated(in value: JSONValue, _ judge: SchemaJudge) -> EvaluatedParts {
    guard let object = value.objectValue else { return EvaluatedParts() }
    guard additional == nil else { return .all }
    var parts = EvaluatedParts()
    for member in object.members {
      let name = JSONKey(member.key)
      if properties[name] != nil || patterns.contains(where: { $0.search(member.key) }) { parts.names.insert(name) }
    }
    return parts
  }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    let object = value.objectValue ?? JSONObject()
    guard counts.contains(object.count) else {
      return SchemaViolation("has \(object.count) members, but must have \(counts.words)", at: place)
    }
    let dependent = dependentNames.filter { object[$0.name] != nil }.flatMap(\.required)
    if let missing = (required + dependent).first(where: { object[$0] == nil }) {
      return SchemaViolation("lacks the member \(JSONValue.string(missing))", at: place)
    }
    for member in object.distinctMembers where !accepts(member, judge) {
      let deeper = JSONPathLocation.member(member.key, of: place)
      if let names, !judge.accepts(.string(member.key), names) {
        return SchemaViolation("has a name that is not allowed (propertyNames)", at: deeper)
      }
      let own = properties[JSONKey(member.key)].map { [$0] } ?? []
      let schemas = own + patterns.filter { $0.search(member.key) }.map(\.schema)
      let broken = (schemas.isEmpty ? [additional].compactMap { $0 } : schemas).first {
        !judge.accepts(member.value, $0)
      }
      if let broken { return judge.violation(of: member.value, at: deeper, broken) }
    }
    return SchemaViolation("is not as it must be", at: place)
  }

  private func accepts(_ member: JSONObject.Member, _ judge: SchemaJudge) -> Bool {
    if let names, !judge.accepts(.string(member.key), names) { return false }
    var isKnown = false
    if let schema = properties[JSONKey(member.key)] {
      guard judge.accepts(member.value, schema) else { return false }
      isKnown = true
    }
    for pattern in patterns where pattern.search(member.key) {
      guard judge.accepts(member.value, pattern.schema) else { return false }
      isKnown = true
    }
    guard !isKnown, let additional else { return true }
    return judge.accepts(member.value, additional)
  }
}
