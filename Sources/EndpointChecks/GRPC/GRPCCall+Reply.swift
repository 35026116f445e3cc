internal import JSON
internal import Protobuf
internal import Transport

extension GRPCCall {
  /// The response to a call as one of HTTP with a document, which is what checks judge: its status is the one that says
  /// what `grpc-status` says, and its headers are those of both ends.
  ///
  /// - Parameters:
  ///   - origin: scheme, host and port of the server, for errors.
  ///   - limit: the most bytes that a message may have.
  func reply(
    to response: HTTPResponse, from origin: String, atMost limit: Int
  ) -> Result<HTTPResponse, TransportError> {
    func broken(_ reason: String) -> Result<HTTPResponse, TransportError> {
      .failure(.brokenExchange(origin: origin, reason: reason))
    }
    guard response.version == .http2 else {
      return broken("the answer came in \(response.version.rawValue), and gRPC needs HTTP/2; is it the port for REST?")
    }
    var reply = response
    for field in response.trailers.fields { reply.headers.append(name: field.name, value: field.value) }
    guard let status = GRPCStatus(headers: response.headers, trailers: response.trailers) else {
      // Whoever refuses a call before gRPC has its say, such as a proxy, does that in HTTP.
      guard response.status == 200 else { return .success(reply) }
      let type = response.headers["Content-Type"] ?? "none"
      return broken(
        type.hasPrefix("application/grpc")
          ? "the call ended without \(GRPCStatus.field), so that nobody knows what came of it"
          : "the answer is none of gRPC: its content type is \(type.prefix(80))")
    }
    reply.status = status.httpStatus
    guard status == .ok else {
      reply.body = JSONWriter.compact.bytes(GRPCFailure(status, reply.headers).document)
      return .success(reply)
    }
    do throws(GRPCFrame.Flaw) {
      let message = try GRPCFrame.message(in: response.body, atMost: limit)
      reply.body = JSONWriter.lenient.bytes(try document(in: message))
      return .success(reply)
    } catch {
      return error.isTooLarge
        ? .failure(.responseTooLarge(origin: origin, part: .body, limit: limit)) : broken(error.text)
    }
  }

  private func document(in message: [UInt8]) throws(GRPCFrame.Flaw) -> JSONValue {
    do throws(MessageError) {
      return try document(of: message)
    } catch {
      throw GRPCFrame.Flaw(text: "the message is no \(method.response.name): \(error)")
    }
  }
}
