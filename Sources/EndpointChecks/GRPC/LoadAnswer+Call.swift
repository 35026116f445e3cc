internal import Transport

extension LoadAnswer {
  /// The answer to a call: its status is the one of HTTP that says what the call's own says, and without one it is none.
  func ofCall(from origin: String) -> LoadAnswer {
    guard case .success(var reply) = result else { return self }
    var answer = self
    if reply.status == 200, let type = reply.headers.typeBesidesGRPC {
      let reason = "the answer is none of gRPC: its content type is \(type)"
      answer.result = .failure(.brokenExchange(origin: origin, reason: reason))
      return answer
    }
    reply.headers = HTTPHeaders(reply.headers.fields + reply.trailers.fields)
    if let status = GRPCStatus(headers: reply.headers, trailers: [:]) {
      reply.status = status.httpStatus
      reply.body = status == .ok ? [] : Array((reply.headers["grpc-message"] ?? "").utf8)
      answer.result = .success(reply)
    } else if reply.status == 200 {
      answer.result = .failure(
        .brokenExchange(origin: origin, reason: "the call ended without \(GRPCStatus.field)"))
    }
    return answer
  }
}
