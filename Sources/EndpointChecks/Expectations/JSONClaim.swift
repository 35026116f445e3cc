internal import JSON
internal import Scan
internal import Verdict

/// What is claimed about the values that a query selects.
enum JSONClaim: Sendable {
  case equals(JSONValue, Tolerance?)
  case among([JSONValue])
  case notAmong([JSONValue])
  case type(JSONType)
  case within(Bound)
  case above(Double)
  case below(Double)
  case text(TextClaim)
  case format(TextFormat, TextTest.Predicate)
  case includes(JSONValue)
  case length(Bound)
  case schema(SchemaClaim)
  case count(Bound)
  case exists(Bool)

  /// The types of JSON, and the integers among its numbers.
  enum JSONType: String, Sendable, CaseIterable {
    case null, boolean, number, integer, string, array, object

    func includes(_ value: JSONValue) -> Bool {
      switch self {
      case .number: value.kind == "number" && !value.isNaNOrInfinity
      case .integer: value.doubleValue.map { $0.isFinite && $0 == $0.rounded() } ?? false
      default: value.kind == rawValue
      }
    }
  }

  /// What was found out about the selected values.
  struct Verdict {
    var holds: Bool
    /// The values that break the claim, by their index.
    var offending: [Int] = []
    /// What was seen, when it is not the values themselves: `selects 3 values`.
    var seen: String?
  }

  /// What must be, in words that follow "must".
  var limit: String {
    switch self {
    case .equals(let value, nil): "be \(value)"
    case .equals(let value, let tolerance?): "be \(value) within \(tolerance)"
    case .among(let values): "be one of \(JSONValue.array(values))"
    case .notAmong(let values): "be none of \(JSONValue.array(values))"
    case .type(let type): "be of type \(type.rawValue)"
    case .within(let bound): "be \(bound)"
    case .above(let limit): "be above \(Quantity.text(limit))"
    case .below(let limit): "be below \(Quantity.text(limit))"
    case .text(let claim): claim.limit
    case .format(let format, _): "be of the format \(format.name)"
    case .includes(let value): "include \(value)"
    case .length(let bound): "have a length of \(bound)"
    case .schema(let claim): "satisfy \(claim.name)"
    case .count(let bound): "select \(bound)"
    case .exists(let wanted): wanted ? "exist" : "be absent"
    }
  }

  /// The claim with the captured values in it.
  func filled(with captures: Captures) -> JSONClaim {
    switch self {
    case .equals(let value, let tolerance): .equals(captures.fill(value), tolerance)
    case .among(let values): .among(values.map { captures.fill($0) })
    case .notAmong(let values): .notAmong(values.map { captures.fill($0) })
    case .includes(let value): .includes(captures.fill(value))
    case .text(let claim): .text(claim.filled(with: captures))
    default: self
    }
  }

  /// Judges the values in the order in which the query selects them.
  ///
  /// - Parameter isSingular: the query can select one value at most. The values of any other are compared as a list.
  func judge(_ values: [JSONValue], isSingular: Bool) -> Verdict {
    switch self {
    case .exists(let wanted):
      return Verdict(
        holds: values.isEmpty != wanted, offending: wanted ? [] : Array(values.indices),
        seen: values.isEmpty ? "selects nothing" : nil)
    case .count(let bound):
      let words = "selects \(values.count) value\(values.count == 1 ? "" : "s")"
      return Verdict(holds: bound.contains(Double(values.count)) ?? false, seen: words)
    case .equals(let expected, let tolerance) where !isSingular:
      let holds = !values.isEmpty && tolerance.accepts(.array(values), for: expected)
      let wanted = expected.arrayValue ?? []
      let offending =
        holds
        ? []
        : values.indices.filter { index in
          !wanted.indices.contains(index) || !tolerance.accepts(values[index], for: wanted[index])
        }
      return Verdict(holds: holds, offending: offending)
    case .schema(let claim):
      let violations = values.map { claim.violation(of: $0) }
      let offending = values.indices.filter { violations[$0] != nil }
      return Verdict(
        holds: !values.isEmpty && offending.isEmpty, offending: offending,
        seen: values.isEmpty ? "is absent" : offending.first.flatMap { violations[$0] })
    default:
      let offending = values.indices.filter { !accepts(values[$0]) }
      return Verdict(
        holds: !values.isEmpty && offending.isEmpty, offending: offending, seen: values.isEmpty ? "is absent" : nil)
    }
  }

  private static func holds(_ test: TextTest.Predicate, of text: String) -> Bool {
    let bytes = Array(text.utf8)
    return test(bytes.span)
  }

  /// Whether one value satisfies the claim.
  private func accepts(_ value: JSONValue) -> Bool {
    switch self {
    case .equals(let expected, let tolerance): tolerance.accepts(value, for: expected)
    case .type(let type): type.includes(value)
    case .among(let values): values.contains(value)
    case .notAmong(let values): !values.contains(value)
    case .within(let bound): value.doubleValue.flatMap { bound.contains($0) } ?? false
    case .above(let limit): value.doubleValue.map { $0 > limit } ?? false
    case .below(let limit): value.doubleValue.map { $0 < limit } ?? false
    case .text(let claim): value.stringValue.map { claim.accepts($0) } ?? false
    case .format(_, let test): value.stringValue.map { Self.holds(test, of: $0) } ?? false
    case .includes(let element): value.arrayValue?.contains(element) ?? false
    case .length(let bound): value.length.flatMap { bound.contains(Double($0)) } ?? false
    case .schema(let claim): claim.violation(of: value) == nil
    case .count, .exists: true
    }
  }
}

extension JSONValue {
  /// Code points of a string, elements of an array, members of an object; nil for the rest (RFC 9535, 2.4.4).
  fileprivate var length: Int? {
    switch self {
    case .string(let text): text.unicodeScalars.count
    case .array(let elements): elements.count
    case .object(let object): object.count
    case .null, .bool, .number: nil
    }
  }
}
