/// `minLength`, `maxLength` and `pattern`, which is searched for.
struct StringAssertion: SchemaAssertion {
  private var lengths: CountLimits
  private var search: (@Sendable (String) -> Bool)?
  private let pattern: String?

  init?(_ keywords: SchemaKeywords, _ compile: SchemaReader.Search) throws(JSONSchemaError) {
    pattern = try keywords.string("pattern")
    guard pattern != nil || keywords.has("minLength") || keywords.has("maxLength") else { return nil }
    lengths = try keywords.limits("minLength", "maxLength")
    if let pattern {
      search = compile(pattern)
      if search == nil { throw keywords.error("\(pattern) is no RE2 pattern", at: "pattern") }
    }
  }

  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool {
    guard let string = value.stringValue else { return true }
    return lengths.contains(string.unicodeScalars.count) && search?(string) ?? true
  }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    let length = value.stringValue?.unicodeScalars.count ?? 0
    guard lengths.contains(length) else {
      return SchemaViolation("has \(length) characters, but must have \(lengths.words)", at: place)
    }
    return SchemaViolation("is \(value), which does not match \(pattern ?? "")", at: place)
  }
}
