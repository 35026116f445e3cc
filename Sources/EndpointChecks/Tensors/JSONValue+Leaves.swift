internal import JSON

extension JSONValue {
  /// The values within it that hold no others, each with its way there: `.scores[3]`. One that holds none is its own.
  func leaves(_ way: String = "") -> [(way: String, value: JSONValue)] {
    switch self {
    case .object(let object): object.distinctMembers.flatMap { $0.value.leaves("\(way).\($0.key)") }
    case .array(let elements): elements.enumerated().flatMap { $1.leaves("\(way)[\($0)]") }
    default: [(way, self)]
    }
  }

  /// The values within it that hold no others, each beside the one in the same place of another value. Nil for a value
  /// that holds no others, and where the other is not of the same form.
  func leaves(beside other: JSONValue) -> [(own: JSONValue, found: JSONValue)]? {
    var pairs: [(own: JSONValue, found: JSONValue)] = []
    let members: [(JSONValue, JSONValue?)]
    switch (self, other) {
    case (.object(let own), .object(let found)) where own.count == found.count:
      members = own.distinctMembers.map { ($0.value, found[$0.key]) }
    case (.array(let own), .array(let found)) where own.count == found.count:
      members = zip(own, found).map { ($0, $1) }
    default: return nil
    }
    for (own, found) in members {
      guard let found else { return nil }
      if own.holdsOthers || found.holdsOthers {
        guard let inner = own.leaves(beside: found) else { return nil }
        pairs += inner
      } else {
        pairs.append((own, found))
      }
    }
    return pairs
  }

  private var holdsOthers: Bool { arrayValue != nil || objectValue != nil }
}
