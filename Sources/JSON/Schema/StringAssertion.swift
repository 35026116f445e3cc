/// `minLength`, `maxLength` and `pattern`, which is searched for.
struct StringAssertion: SchemaAssertion {
  private var lengths: ClosedRange<Int>
  private var search: (@Sendable (String) -> Bool)?
  private let pattern: String?

  init?(_ keywords: SchemaKeywords, _ compile: SchemaReader.Search) throws(JSONSchemaError) {
    pattern = try keywords.string("pattern")
    guard pattern != nil || keywords.has("minLength") || keywords.has("maxLength") else { return nil }
    lengths = try keywords.range("minLength", "maxLength")
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

extension ClosedRange<Int> {
  /// `at least 1`, `at most 3`, `1 to 3`: how many there must be.
  var words: String {
    if lowerBound == upperBound { return "\(lowerBound)" }
    if upperBound == .max { return "at least \(lowerBound)" }
    return lowerBound == 0 ? "at most \(upperBound)" : "\(lowerBound) to \(upperBound)"
  }
}

extension SchemaKeywords {
  /// How many there may be, by two keywords of which either may be missing.
  func range(_ low: String, _ high: String, atLeast: Int = 0) throws(JSONSchemaError) -> ClosedRange<Int> {
    let (least, most) = (try count(low) ?? atLeast, try count(high) ?? .max)
    guard least <= most else { throw error("nothing is at least \(least) and at most \(most)", at: low) }
    return least...most
  }
}
