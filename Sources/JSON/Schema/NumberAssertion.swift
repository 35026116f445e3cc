/// `minimum`, `maximum`, their exclusive twins, and `multipleOf`.
struct NumberAssertion: SchemaAssertion {
  private var minimum: JSONNumber?
  private var maximum: JSONNumber?
  private var exclusiveMinimum: JSONNumber?
  private var exclusiveMaximum: JSONNumber?
  private var divisor: JSONNumber?

  init?(_ keywords: SchemaKeywords) throws(JSONSchemaError) {
    minimum = try keywords.number("minimum")
    maximum = try keywords.number("maximum")
    exclusiveMinimum = try keywords.number("exclusiveMinimum")
    exclusiveMaximum = try keywords.number("exclusiveMaximum")
    divisor = try keywords.number("multipleOf")
    if let divisor, divisor.double <= 0 { throw keywords.error("expected a number above 0", at: "multipleOf") }
    let all = [minimum, maximum, exclusiveMinimum, exclusiveMaximum, divisor]
    if all.allSatisfy({ $0 == nil }) { return nil }
  }

  func holds(_ value: JSONValue, _ judge: SchemaJudge) -> Bool {
    guard let number = value.numberValue else { return true }
    guard number.isJSON else { return false }
    if let minimum, number < minimum { return false }
    if let maximum, number > maximum { return false }
    if let exclusiveMinimum, number <= exclusiveMinimum { return false }
    if let exclusiveMaximum, number >= exclusiveMaximum { return false }
    return divisor.map { number.isMultiple(of: $0) } ?? true
  }

  func violation(of value: JSONValue, at place: JSONPathLocation, _ judge: SchemaJudge) -> SchemaViolation {
    let limits = [
      minimum.map { "at least \($0.literal)" }, exclusiveMinimum.map { "above \($0.literal)" },
      maximum.map { "at most \($0.literal)" }, exclusiveMaximum.map { "below \($0.literal)" },
      divisor.map { "a multiple of \($0.literal)" },
    ].compactMap { $0 }
    return SchemaViolation(
      "is \(JSONWriter.lenient.string(value)), but must be \(limits.joined(separator: " and "))", at: place)
  }
}
