/// `format`, where it is a claim: the defined formats of draft 2020-12, section 7.3, but for the internationalized ones
/// and `uri-template`.
struct FormatAssertion: SchemaAssertion {
  private let name: String
  private let isOfFormat: @Sendable (String) -> Bool

  init?(_ keywords: SchemaKeywords, _ search: @escaping SchemaReader.Search) throws(JSONSchemaError) {
    guard let name = try keywords.string("format") else { return nil }
    self.name = name
    if name == "regex" {
      isOfFormat = { search($0) != nil }
    } else if let format = SchemaFormat.all[name] {
      isOfFormat = { format(Array($0.utf8)) }
    } else {
      let known = (SchemaFormat.all.keys + ["regex"]).sorted().joined(separator: ", ")
      throw keywords.error("the format \(name) is not judged here; known are \(known)", at: "format")
    }
  }

  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool { value.stringValue.map(isOfFormat) ?? true }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    SchemaViolation("is \(value), which is not of the format \(name)", at: place)
  }
}
