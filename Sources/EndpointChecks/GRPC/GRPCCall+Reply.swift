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
    if response.status == 200, let type = response.headers.typeBesidesGRPC {
      return broken("the answer is none of gRPC: its content type is \(type)")
    }
    guard let status = GRPCStatus(headers: response.headers, trailers: response.trailers) else {
      // Whoever refuses a call before gRPC has its say, such as a proxy, does that in HTTP.
      guard response.status == 200 else { return .success(reply) }
      return broken(
        response.headers["Content-Type"] == nil
          ? "the answer is none of gRPC: it has no content type"
          : "the call ended without \(GRPCStatus.field), so that nobody knows what came of it")
    }
    reply.status = status.httpStatus
    guard status == .ok else {
      reply.body = JSONWriter.compact.bytes(GRPCFailure(status, reply.headers).document)
      return .success(reply)
    }
    do throws(GRPCFrame.Flaw) {
      let message = try GRPCFrame.message(
        in: response.body, encodedBy: response.headers[GRPCEncoding.field], atMost: limit)
      reply.body = JSONWriter.lenient.bytes(try document(in: message))
      return .success(reply)
    } catch {
      return error.excess != nil
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

extension HTTPHeaders {
  /// The beginning of a content type that is not gRPC's (grpc/grpc, `doc/PROTOCOL-HTTP2.md`: `application/grpc`, alone
  /// or with `+proto` and the like behind it), such as `application/grpc-web`, whose framing is another; nil for gRPC's,
  /// and where none is said.
  var typeBesidesGRPC: String? {
    guard let type = self["Content-Type"] else { return nil }
    let name = type.prefix { !";+ ".contains($0) }.lowercased()
    return name == "application/grpc" ? nil : String(type.prefix(80))
  }
}
