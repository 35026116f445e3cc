/// Why a request gets no answer of the model: what kind of mistake, and the text of `{"error": …}`.
struct Refusal: Error, Equatable {
  enum Kind: Sendable {
    case badRequest, notFound, wrongMethod, wrongType, tooLarge
  }

  var kind: Kind
  var message: String

  static func badRequest(_ message: String) -> Refusal { Refusal(kind: .badRequest, message: message) }
  static func notFound(_ message: String) -> Refusal { Refusal(kind: .notFound, message: message) }
}
