internal import JSON

/// What earlier replies gave, by the names that the config chose: the values of `{{name}}`.
struct Captures: Sendable {
  private(set) var values: [String: JSONValue] = [:]

  init(_ values: [String: JSONValue] = [:]) { self.values = values }

  subscript(name: String) -> JSONValue? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// The text with the values in place of their names, each written as `form` has it.
  func fill(_ text: String, as form: (String) -> String = { $0 }) -> String {
    guard !values.isEmpty else { return text }
    return CaptureReference.parts(of: text).map { part in
      switch part {
      case .text(let text): text
      case .name(let name, let written): values[name].map { form($0.captured) } ?? written
      }
    }.joined()
  }

  /// The value with captured ones in its strings. A string that is nothing but a name becomes the value itself, so that
  /// a captured number stays a number.
  func fill(_ value: JSONValue) -> JSONValue {
    guard !values.isEmpty else { return value }
    switch value {
    case .string(let text):
      if case .name(let name, _)? = CaptureReference.parts(of: text).only, let value = values[name] { return value }
      return .string(fill(text))
    case .array(let elements): return .array(elements.map { fill($0) })
    case .object(let object):
      return .object(JSONObject(object.members.map { JSONObject.Member($0.key, fill($0.value)) }))
    case .null, .bool, .number: return value
    }
  }
}

extension JSONValue {
  /// How it stands within a text: strings without their quotes.
  var captured: String { stringValue ?? description }
}

extension String {
  /// As a part of a path or a query (RFC 3986: all but the unreserved characters is encoded).
  var percentEncoded: String {
    utf8.map { byte in
      let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._~".utf8.contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }.joined()
  }
}

extension Array {
  fileprivate var only: Element? { count == 1 ? first : nil }
}
