internal import JSON
internal import Transport

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
