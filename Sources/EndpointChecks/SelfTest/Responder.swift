internal import Transport

/// Answers requests: the endpoint itself over HTTP, and in a self-test what it answered before.
protocol Responder: Sendable {
  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

extension HTTPClient: Responder {}
