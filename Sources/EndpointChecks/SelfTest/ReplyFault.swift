internal import JSON
internal import Transport

/// One way to make a good reply a wrong one.
enum ReplyFault: Sendable, Hashable {
  /// One prediction is another: a number by a hundredth, and then by as much again as it is, or a text by a letter.
  case moved
  /// The same from the second time on.
  case movedLater
  /// All predictions are.
  case allMoved
  /// A number is NaN.
  case nan
  /// Something is left out.
  case lost
  /// A text is another: a name, a type.
  case renamed
  /// A success is an error, and a refusal a success.
  case status
  /// No header is there.
  case bare
  /// A header tells the version of the software.
  case banner
  /// The body tells where the code stands.
  case leak

  /// How often the right reply comes before.
  var delay: Int { self == .movedLater ? 1 : 0 }

  /// A reply made wrong, and what was changed in it.
  struct Trial: Sendable {
    var response: HTTPResponse
    var change: String
  }

  /// No more places of a reply are tried.
  private static let places = 40

  /// The reply made wrong in each place where it can be.
  func trials(of response: HTTPResponse) -> [Trial] {
    var other = response
    switch self {
    case .status:
      other.status = (200..<300).contains(response.status) ? 500 : 200
      return [Trial(response: other, change: "status \(response.status) -> \(other.status)")]
    case .bare:
      other.headers = [:]
      return [Trial(response: other, change: "a reply without headers")]
    case .banner:
      other.headers.append(name: "Server", value: "nginx/1.18.0")
      return [Trial(response: other, change: "Server: nginx/1.18.0")]
    case .leak:
      let trace = #"Traceback (most recent call last): File "/srv/app/serve.py", line 7"#
      other.body = JSONWriter.lenient.bytes(.object(JSONObject([JSONObject.Member("error", .string(trace))])))
      return [Trial(response: other, change: "a Python traceback in the body")]
    default:
      guard let document = try? JSONParser.parse(response.body, mode: .lenient) else {
        other.body = self == .lost ? [] : response.body + [UInt8(ascii: "~")]
        return [Trial(response: other, change: self == .lost ? "an empty body" : "another body")]
      }
      return documents(from: document).map { document, change in
        other.body = JSONWriter.lenient.bytes(document)
        return Trial(response: other, change: change)
      }
    }
  }

  private func documents(from document: JSONValue) -> [(JSONValue, String)] {
    let places = document.places
    switch self {
    case .moved, .movedLater:
      let predictions = places.filter(\.isPrediction)
      return (predictions.prefix(3) + predictions.dropFirst(3).suffix(1)).flatMap { place in
        place.value.movedValues.map { (document.replacing(place.path[...], by: $0), "\(place) -> \($0)") }
      }
    case .allMoved:
      let predictions = places.filter(\.isPrediction)
      let moved = predictions.reduce(document) { $0.replacing($1.path[...], by: $1.value.movedValues.last) }
      return predictions.isEmpty ? [] : [(moved, "all \(predictions.count) predictions moved")]
    case .nan:
      return places.filter { $0.isPrediction && $0.value.numberValue != nil }.prefix(3).map {
        (document.replacing($0.path[...], by: .number(JSONNumber(.nan))), "\($0) -> NaN")
      }
    case .renamed:
      return places.filter { $0.value.stringValue != nil }.prefix(Self.places).map { place in
        let text = JSONValue.string((place.value.stringValue ?? "") + "~")
        return (document.replacing(place.path[...], by: text), "\(place) -> \(text)")
      }
    case .lost:
      return places.filter { !$0.path.isEmpty }.prefix(Self.places).map { place in
        (document.replacing(place.path[...], by: nil), "\(place) left out")
      }
    case .status, .bare, .banner, .leak: return []
    }
  }
}

/// A value within a document.
private struct JSONPlace: CustomStringConvertible {
  enum Step: Hashable {
    case member(String)
    case element(Int)
  }

  var path: [Step]
  var value: JSONValue

  /// What says how a prediction is written, and not what it is.
  private static let frames: Set<Step> = Set(
    ["shape", "versions", "usage", "created", "model_version", "id", "parameters", "status", "index"].map {
      .member($0)
    })
  private static let texts: Set<Step> = Set(["content", "text", "text_output"].map { .member($0) })

  /// Whether it is what a model said: a number, or a text among others.
  var isPrediction: Bool {
    if path.contains(where: Self.frames.contains) { return false }
    if value.numberValue != nil { return true }
    guard let last = path.last, value.stringValue != nil else { return false }
    if case .element = last { return true }
    return Self.texts.contains(last)
  }

  var description: String {
    let steps = path.map { step in
      switch step {
      case .member(let name): ".\(name)"
      case .element(let index): "[\(index)]"
      }
    }
    let shown = value.description
    return "$\(steps.joined()) \(shown.count > 40 ? "…" : shown)"
  }
}

extension JSONValue {
  /// All leaves, in their order.
  fileprivate var places: [JSONPlace] {
    switch self {
    case .array(let elements):
      elements.enumerated().flatMap { index, element in element.places.map { $0.below(.element(index)) } }
    case .object(let object):
      object.distinctMembers.flatMap { member in member.value.places.map { $0.below(.member(member.key)) } }
    default: [JSONPlace(path: [], value: self)]
    }
  }

  /// The document with another value in a place, or with none.
  fileprivate func replacing(_ path: ArraySlice<JSONPlace.Step>, by value: JSONValue?) -> JSONValue {
    guard let first = path.first else { return value ?? .null }
    let isLast = path.count == 1
    switch (self, first) {
    case (.array(let elements), .element(let wanted)):
      return .array(
        elements.enumerated().compactMap { index, element in
          index != wanted ? element : isLast ? value : element.replacing(path.dropFirst(), by: value)
        })
    case (.object(let object), .member(let wanted)):
      return .object(
        JSONObject(
          object.distinctMembers.compactMap { member in
            guard member.key == wanted else { return member }
            let changed = isLast ? value : member.value.replacing(path.dropFirst(), by: value)
            return changed.map { JSONObject.Member(member.key, $0) }
          }))
    default: return self
    }
  }

  /// Other values of the same kind, the nearest first.
  fileprivate var movedValues: [JSONValue] {
    if let text = stringValue { return [.string(text + "~")] }
    guard let number = numberValue else { return [] }
    if let whole = number.int64, whole.magnitude < 1 << 53 { return [.number(JSONNumber(whole + 1))] }
    let value = number.double
    return [value + max(value.magnitude, 1) / 100, value + max(value.magnitude, 1)].map { .number(JSONNumber($0)) }
  }
}

extension JSONPlace {
  fileprivate func below(_ step: Step) -> JSONPlace { JSONPlace(path: [step] + path, value: value) }
}
