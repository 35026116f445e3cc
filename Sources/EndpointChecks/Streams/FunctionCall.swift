internal import JSON

/// A call that a model asks for. Its id is another one in every answer, and no part of what it asks for.
struct FunctionCall: Sendable {
  /// The kind of tool, where the server says it.
  var type: String?
  var name = ""
  /// JSON as the model wrote it, which may be none.
  var arguments = ""

  /// Whether it asks for nothing, as the last piece of some streams does.
  var isEmpty: Bool { name.isEmpty && arguments.isEmpty }

  /// The arguments as a value, to which white space and the order of members are nothing; nil for what is no JSON.
  var document: JSONValue? {
    try? JSONParser.parse(arguments, mode: .lenient, limits: JSONLimits(maximumDepth: 128))
  }

  /// Takes the next piece.
  mutating func append(_ piece: FunctionCall) {
    type = piece.type ?? type
    name += piece.name
    arguments += piece.arguments
  }

  /// Whether both call the same function of the same kind of tool, with whatever arguments.
  func callsTheSame(as other: FunctionCall) -> Bool {
    // "function" is what a server means that says no type.
    (type ?? "function") == (other.type ?? "function") && name.utf8.elementsEqual(other.name.utf8)
  }

  /// The call as people write one.
  func words(with arguments: String) -> String {
    let kind = type.map { $0 == "function" ? "" : $0 + " " } ?? ""
    return "\(kind)\(name)(\(arguments))"
  }
}
