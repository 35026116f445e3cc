internal import JSON

/// What can be wrong with the body of a request, besides the values in it.
enum BodyDefect: Sendable {
  /// A feature or a tensor has another name.
  case misnamed
  /// The data have one dimension too many.
  case deepened
  /// The data are not of the shape that they claim, or not of one shape.
  case misshapen
}

extension ServingProtocol {
  /// For bodies of any form: where a list of rows stands first in it, its last row is too short, or its first value is a
  /// list. Names are for protocols that know where theirs are.
  func spoiled(_ document: JSONValue, by defect: BodyDefect) -> JSONValue? {
    switch defect {
    case .misnamed: nil
    case .misshapen: document.changingRows { $0.count > 1 ? Array($0.dropLast()) + $0.suffix(1).map(\.shortened) : nil }
    case .deepened: document.changingRows { [$0[0].deepened] + $0.dropFirst() }
    }
  }
}

extension JSONValue {
  /// The same with the first list of rows in it changed; nil when there is none, or nothing came of the change.
  fileprivate func changingRows(_ change: ([JSONValue]) -> [JSONValue]?) -> JSONValue? {
    switch self {
    case .array(let elements):
      let areRows = !elements.isEmpty && elements.allSatisfy { $0.arrayValue != nil || $0.objectValue != nil }
      return areRows ? change(elements).map { .array($0) } : nil
    case .object(let object):
      for (index, member) in object.members.enumerated() {
        guard let changed = member.value.changingRows(change) else { continue }
        var members = object.members
        members[index] = JSONObject.Member(member.key, changed)
        return .object(JSONObject(members))
      }
      return nil
    default: return nil
    }
  }

  fileprivate var shortened: JSONValue {
    switch self {
    case .array(let elements): .array(Array(elements.dropLast()))
    case .object(let object): .object(JSONObject(Array(object.members.dropLast())))
    default: self
    }
  }

  /// With a list in place of the first value.
  fileprivate var deepened: JSONValue {
    switch self {
    case .array(let elements): .array(elements.prefix(1).map { .array([$0]) } + elements.dropFirst())
    case .object(let object):
      .object(
        JSONObject(
          object.members.prefix(1).map { JSONObject.Member($0.key, [$0.value]) } + object.members.dropFirst()))
    default: self
    }
  }
}
