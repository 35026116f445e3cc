internal import Transport

/// What is wrong with one event of a stream, by itself or where it stands.
enum EventFlaw: Sendable {
  /// It comes behind the event that ends the stream.
  case behind(String)
  /// With what the reader says.
  case noJSON(String)
  /// With what the server says.
  case error(String)
  case otherModel(String, before: String)
  /// It is not of the protocol's form: how so in words of our own, and with the names that the server gives.
  case form(String, detail: String?)

  /// The flaw in nothing but words of our own, which hold no secret and are never long.
  var words: String {
    switch self {
    case .behind(let end): "an event comes behind \(end)"
    case .noJSON: "an event is no JSON"
    case .error: "an event is an error"
    case .otherModel: "an event is of another model than those before"
    case .form(let words, detail: _): "an event \(words)"
    }
  }

  /// The flaw with what the event says, for a sentence that begins with its place.
  ///
  /// - Parameter event: the data of the event.
  func clause(about event: String, in reply: Reply) -> String {
    switch self {
    case .behind(let end): "comes behind \(end): \(reply.excerpt(event))"
    case .noJSON(let reason): "is no JSON: \(reason); it is \(reply.excerpt(event))"
    case .error(let error): "is an error, and the status was \(reply.response.status): \(reply.excerpt(error))"
    case .otherModel(let name, before: let model):
      "is of the model \(reply.excerpt(name)), and those before of \(reply.excerpt(model))"
    case .form(let words, detail: let detail): "\(reply.excerpt(detail ?? words)): \(reply.excerpt(event))"
    }
  }
}
