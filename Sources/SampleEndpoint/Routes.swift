internal import FlyingFox
internal import Foundation

/// The paths of Open Inference Protocol v2. Whatever a client sends, the answer is JSON and never a 500.
struct Routes: Sendable {
  /// A larger request body is answered with 413.
  static let maximumBodyBytes = 8 << 20

  let model: LogisticModel
  let metrics = RequestMetrics()

  func answer(_ request: HTTPRequest) async -> HTTPResponse {
    if request.path == "/metrics", request.method == .GET {
      let text = metrics.exposition(of: model.name)
      return HTTPResponse(
        statusCode: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"], body: Data(text.utf8))
    }
    let start = ContinuousClock.now
    let response = await inferenceOrMore(request)
    if request.path.hasSuffix("/infer") { metrics.note(response.statusCode.code, after: .now - start) }
    return response
  }

  private func inferenceOrMore(_ request: HTTPRequest) async -> HTTPResponse {
    do throws(Refusal) {
      // Read first, also when it is not wanted: what is left of a body would be taken for the next request.
      let body = try await body(of: request)
      return json(.ok, try reply(to: request, body: body))
    } catch {
      return json(Self.status(of: error), .object(["error": .string(error.message)]))
    }
  }

  private func reply(to request: HTTPRequest, body: Data) throws(Refusal) -> JSONValue {
    let parts = request.path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
    guard parts.first == "v2" else { throw .notFound("there is nothing at this path") }
    switch Array(parts.dropFirst()) {
    case []:
      try require(.GET, of: request)
      return .object([
        "name": .string("cupel-sample-endpoint"), "version": .string(model.version), "extensions": .array([]),
      ])
    case ["health", "live"]:
      try require(.GET, of: request)
      return .object(["live": .bool(true)])
    case ["health", "ready"]:
      try require(.GET, of: request)
      return .object(["ready": .bool(true)])
    case let rest where rest.first == "models":
      return try modelReply(to: request, path: Array(rest.dropFirst()), body: body)
    default: throw .notFound("there is nothing at this path")
    }
  }

  private func modelReply(to request: HTTPRequest, path: [String], body: Data) throws(Refusal) -> JSONValue {
    guard let name = path.first, name == model.name else { throw .notFound("there is no such model") }
    var rest = path.dropFirst()
    if rest.first == "versions" {
      guard rest.dropFirst().first == model.version else { throw .notFound("the model has no such version") }
      rest = rest.dropFirst(2)
    }
    switch Array(rest) {
    case []:
      try require(.GET, of: request)
      return metadata
    case ["ready"]:
      try require(.GET, of: request)
      return .object(["name": .string(model.name), "ready": .bool(true)])
    case ["infer"]:
      try require(.POST, of: request)
      try requireJSON(request)
      return try InferResponse(try InferRequest(body, for: model), by: model).json
    default: throw .notFound("there is nothing at this path")
    }
  }

  private var metadata: JSONValue {
    func tensors(_ list: [(name: String, datatype: String)]) -> JSONValue {
      .array(
        list.map {
          .object([
            "name": .string($0.name), "datatype": .string($0.datatype), "shape": .array([.integer(-1)]),
          ])
        })
    }
    return .object([
      "name": .string(model.name), "versions": .array([.string(model.version)]),
      "platform": .string("cupel_logistic"), "inputs": tensors(model.inputs), "outputs": tensors(InferResponse.outputs),
    ])
  }

  private func require(_ method: HTTPMethod, of request: HTTPRequest) throws(Refusal) {
    guard request.method == method else { throw Refusal(kind: .wrongMethod, message: "use \(method.rawValue) here") }
  }

  /// What names no type is taken at the word of its body, and so is what curl calls a form unless it is told otherwise.
  private func requireJSON(_ request: HTTPRequest) throws(Refusal) {
    let type = request.headers[.contentType]?.lowercased() ?? "application/json"
    let isJSON = type.hasPrefix("application/json") || type.hasPrefix("application/x-www-form-urlencoded")
    guard isJSON else { throw Refusal(kind: .wrongType, message: "the body must be application/json") }
  }

  /// Reads a body to its end and keeps no more of it than the limit.
  private func body(of request: HTTPRequest) async throws(Refusal) -> Data {
    var kept = Data()
    var size = 0
    do {
      for try await piece in request.bodySequence {
        size += piece.count
        if size <= Self.maximumBodyBytes { kept.append(piece) } else { kept.removeAll() }
      }
    } catch {
      throw .badRequest("the body ends early")
    }
    guard size <= Self.maximumBodyBytes else {
      throw Refusal(kind: .tooLarge, message: "the body is larger than \(Self.maximumBodyBytes) bytes")
    }
    return kept
  }

  private static func status(of refusal: Refusal) -> HTTPStatusCode {
    switch refusal.kind {
    case .badRequest: .badRequest
    case .notFound: .notFound
    case .wrongMethod: .methodNotAllowed
    case .wrongType: .unsupportedMediaType
    case .tooLarge: .payloadTooLarge
    }
  }

  private func json(_ status: HTTPStatusCode, _ value: JSONValue) -> HTTPResponse {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A JSONValue holds only what JSON can say, so this cannot fail.
    let body = (try? encoder.encode(value)) ?? Data()
    return HTTPResponse(statusCode: status, headers: [.contentType: "application/json"], body: body)
  }
}
