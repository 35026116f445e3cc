/// The functions whose result is a value or nothing (RFC 9535 section 2.4).
enum JSONPathFunction: Sendable {
  /// Code points of a string, elements of an array, members of an object; nothing for the rest.
  case length(JSONPathComparable)
  /// How many nodes a query selects.
  case count(JSONPathQuery)
  /// The value of the only node that a query selects; nothing when it selects none or several.
  case value(JSONPathQuery)

  /// `length` of a value.
  static func length(of value: JSONValue?) -> JSONValue? {
    let length: Int
    switch value {
    case .string(let text): length = text.unicodeScalars.count
    case .array(let elements): length = elements.count
    case .object(let object): length = object.count
    default: return nil
    }
    return .number(JSONNumber(Int64(length)))
  }
}

/// `match(text, pattern)` or `search(text, pattern)`: the functions whose result is true or false.
struct JSONPathMatch: Sendable {
  let text: JSONPathComparable
  let pattern: JSONPathComparable
  /// Whether all of the text has to match.
  let isFull: Bool
}
