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
    if let minimum, number < minimum { return false }
    if let maximum, number > maximum { return false }
    if let exclusiveMinimum, number <= exclusiveMinimum { return false }
    if let exclusiveMaximum, number >= exclusiveMaximum { return false }
    return divisor.map { Self.isMultiple(number, of: $0) } ?? true
  }

  /// Exact between 64-bit integers. Of fractions the quotient's nearest double decides, so that 0.3 is a multiple of 0.1.
  private static func isMultiple(_ number: JSONNumber, of divisor: JSONNumber) -> Bool {
    if let number = number.int64, let divisor = divisor.int64 { return number % divisor == 0 }
    let quotient = number.double / divisor.double
    guard quotient.isFinite else { return false }
    return abs(quotient - quotient.rounded()) <= 4 * quotient.ulp
  }
}
