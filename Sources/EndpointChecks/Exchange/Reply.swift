internal import JSON
internal import Transport

/// A complete response and the JSON in it, for the expectations to judge.
struct Reply: Sendable {
  var response: HTTPResponse
  /// The body as JSON, read leniently: a bare NaN is a value to object to, not the end of reading.
  var document: Result<JSONValue, Unreadable>

  /// Why the body is no JSON.
  struct Unreadable: Error {
    var message: String
  }

  /// What this and earlier replies gave, for the texts that are expected.
  let captures: Captures
  private let secrets: Secrets

  init(_ response: HTTPResponse, secrets: Secrets = Secrets(), captures: Captures = Captures()) {
    self.response = response
    self.captures = captures
    self.secrets = secrets
    guard !response.body.isEmpty else {
      document = .failure(Unreadable(message: "the body is empty"))
      return
    }
    if let encoding = response.headers["Content-Encoding"], encoding != "identity" {
      // Nobody asked for that, and a few bytes of it can be made to mean gigabytes.
      let words =
        "the body is encoded as \(encoding.prefix(40)), which is not read: nothing asks for it but headers of the config"
      document = .failure(Unreadable(message: words))
      return
    }
    do throws(JSONError) {
      let value = try JSONParser.parse(response.body, mode: .lenient, limits: JSONLimits(maximumDepth: 128))
      document =
        value.repeatedKey.map { key in
          let name = secrets.mask(String(key.prefix(40)))
          let words = "the body names the member \"\(name)\" twice, and readers differ in which one they take"
          return .failure(Unreadable(message: words))
        } ?? .success(value)
    } catch {
      document = .failure(Unreadable(message: "the body is not JSON: \(error)"))
    }
  }

  /// The beginning of a text that came back, for a sentence. Secrets go before the cut, which could leave a part of one.
  func excerpt(_ text: String, length: Int = 120) -> String {
    let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(16 * length)))
    let masked = secrets.mask(start).unicodeScalars
    let shown = String(String.UnicodeScalarView(masked.prefix(length)))
    return masked.count > length ? shown + "…" : shown
  }

  /// The beginning of a value that came back, as JSON; a bare NaN is no text.
  func excerpt(_ value: JSONValue, length: Int = 120) -> String {
    excerpt(JSONWriter.lenient.string(value), length: length)
  }
}

extension JSONValue {
  /// A name that some object in it has twice; nil for a document that says the same to everybody.
  fileprivate var repeatedKey: String? {
    switch self {
    case .array(let elements): elements.lazy.compactMap(\.repeatedKey).first
    case .object(let object):
      object.duplicateKeys.first ?? object.members.lazy.compactMap(\.value.repeatedKey).first
    default: nil
    }
  }
}
