package import JSON

extension Node {
  /// The node as JSON: a scalar without quotes is the null, boolean or number that it is in JSON, and else text.
  package var json: JSONValue {
    switch content {
    case .sequence(let nodes): .array(nodes.map(\.json))
    case .mapping(let entries): .object(JSONObject(entries.map { JSONObject.Member($0.key, $0.value.json) }))
    case .scalar(let text, quoted: true): .string(text)
    case .scalar(let text, quoted: false):
      if isNull {
        .null
      } else if let value = try? JSONParser.parse(text), value.isScalar {
        value
      } else {
        .string(text)
      }
    }
  }
}

extension JSONValue {
  fileprivate var isScalar: Bool { arrayValue == nil && objectValue == nil && stringValue == nil }
}
