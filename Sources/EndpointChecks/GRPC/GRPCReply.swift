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

/// What a server says of a call that failed.
struct GRPCFailure: Sendable {
  var status: GRPCStatus
  /// Its sentence; empty when it has none.
  var message: String
  var details: [JSONValue]

  init(_ status: GRPCStatus, _ headers: HTTPHeaders) {
    self.status = status
    message = Self.decoded(headers["grpc-message"] ?? "")
    details = ErrorDetails.documents(in: headers["grpc-status-details-bin"] ?? "")
  }

  /// The error as REST has it, with what gRPC says besides.
  var document: JSONValue {
    var members = [
      JSONObject.Member("error", .string(message.isEmpty ? status.name : "\(status.name): \(message)")),
      JSONObject.Member("code", .number(JSONNumber(Int64(status.rawValue)))),
    ]
    if !details.isEmpty { members.append(.init("details", .array(details))) }
    return .object(JSONObject(members))
  }

  /// Percent-encoded UTF-8 (grpc/grpc, `doc/PROTOCOL-HTTP2.md`, "Status-Message"). What is badly encoded stays as it is.
  static func decoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
