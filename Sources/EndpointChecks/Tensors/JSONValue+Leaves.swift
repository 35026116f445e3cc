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
}
