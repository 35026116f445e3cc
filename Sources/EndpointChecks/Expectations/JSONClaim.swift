internal import JSON
internal import Scan
internal import Verdict

/// What is claimed about the values that a query selects.
enum JSONClaim: Sendable {
  case equals(JSONValue, Tolerance?)
  case type(JSONType)
  case within(Bound)
  case matches(Pattern)
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
    case .type(let type): "be of type \(type.rawValue)"
    case .within(let bound): "be \(bound)"
    case .matches(let pattern): "match \(pattern.text)"
    case .count(let bound): "select \(bound)"
    case .exists(let wanted): wanted ? "exist" : "be absent"
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
    default:
      let offending = values.indices.filter { !accepts(values[$0]) }
      return Verdict(
        holds: !values.isEmpty && offending.isEmpty, offending: offending, seen: values.isEmpty ? "is absent" : nil)
    }
  }

  /// Whether one value satisfies the claim.
  private func accepts(_ value: JSONValue) -> Bool {
    switch self {
    case .equals(let expected, let tolerance): tolerance.accepts(value, for: expected)
    case .type(let type): type.includes(value)
    case .within(let bound): value.doubleValue.flatMap { bound.contains($0) } ?? false
    case .matches(let pattern): value.stringValue.map { pattern.matches($0) } ?? false
    case .count, .exists: true
    }
  }
}
