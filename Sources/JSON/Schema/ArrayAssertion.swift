/// `prefixItems`, `items`, `contains`, and how many elements there may be.
struct ArrayAssertion: SchemaAssertion {
  private var prefix: [SchemaReader.Number]
  private var items: SchemaReader.Number?
  private var contained: SchemaReader.Number?
  private var containedCounts: CountLimits
  private var counts: CountLimits
  private var areUnique: Bool

  private static let keywords = [
    "prefixItems", "items", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
  ]

  init?(_ keywords: SchemaKeywords, _ reader: inout SchemaReader) throws(JSONSchemaError) {
    guard Self.keywords.contains(where: keywords.has) else { return nil }
    if keywords["items"]?.arrayValue != nil {
      throw keywords.error("a list of schemas is called prefixItems since draft 2020-12", at: "items")
    }
    prefix = try keywords.schemas("prefixItems", &reader) ?? []
    items = try keywords.schema("items", &reader)
    contained = try keywords.schema("contains", &reader)
    containedCounts = try keywords.limits("minContains", "maxContains", atLeast: 1)
    counts = try keywords.limits("minItems", "maxItems")
    areUnique = keywords["uniqueItems"]?.boolValue ?? false
  }

  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool {
    guard let elements = value.arrayValue else { return true }
    guard counts.contains(elements.count) else { return false }
    for (element, schema) in zip(elements, prefix) where !judge.accepts(element, schema) { return false }
    if let items {
      guard elements.dropFirst(prefix.count).allSatisfy({ judge.accepts($0, items) }) else { return false }
    }
    if let contained {
      guard containedCounts.contains(elements.count { judge.accepts($0, contained) }) else { return false }
    }
    return !areUnique || Self.differ(elements)
  }

  func evaluated(in value: JSONValue, _ judge: SchemaJudge) -> EvaluatedParts {
    guard let elements = value.arrayValue else { return EvaluatedParts() }
    guard items == nil else { return .all }
    var parts = EvaluatedParts()
    parts.indices.formUnion(0..<min(prefix.count, elements.count))
    if let contained { parts.indices.formUnion(elements.indices.filter { judge.accepts(elements[$0], contained) }) }
    return parts
  }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    let elements = value.arrayValue ?? []
    guard counts.contains(elements.count) else {
      return SchemaViolation("has \(elements.count) elements, but must have \(counts.words)", at: place)
    }
    for (index, element) in elements.enumerated() {
      guard let schema = prefix.indices.contains(index) ? prefix[index] : items else { break }
      if !judge.accepts(element, schema) { return judge.violation(of: element, at: .element(index, of: place), schema) }
    }
    if let contained {
      let count = elements.count { judge.accepts($0, contained) }
      if !containedCounts.contains(count) {
        return SchemaViolation(
          "has \(count) elements of the kind that it must have \(containedCounts.words) of (contains)", at: place)
      }
    }
    return SchemaViolation("has two elements that are equal (uniqueItems)", at: place)
  }

  /// Whether no two elements are equal, in linear time.
  private static func differ(_ elements: [JSONValue]) -> Bool {
    var seen: Set<[UInt8]> = []
    return elements.allSatisfy { seen.insert(Array($0.canonical.utf8)).inserted }
  }
}

extension JSONValue {
  /// A text that equal values share, and no others.
  fileprivate var canonical: String {
    switch self {
    case .number(let number): number.canonical
    case .array(let elements): "[" + elements.map(\.canonical).joined(separator: ",") + "]"
    case .object(let object):
      "{"
        + object.distinctMembers.map { "\(JSONValue.string($0.key)):\($0.value.canonical)" }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ",") + "}"
    case .null, .bool, .string: description
    }
  }
}
