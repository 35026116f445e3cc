internal import JSON
internal import Protobuf

/// What `grpc-status-details-bin` says of a failure: a `google.rpc.Status` with messages of many kinds, of which the usual
/// ones are known here (googleapis, `google/rpc/error_details.proto`).
enum ErrorDetails {
  private static let status = MessageType(
    "Status",
    [
      .init(1, "code", .int32), .init(2, "message", .string),
      .init(
        3, "details", .message(MessageType("Any", [.init(1, "type_url", .string), .init(2, "value", .bytes)])),
        .repeated),
    ])

  private static let known: [String: MessageType] = [
    "google.rpc.ErrorInfo": MessageType(
      "ErrorInfo", [.init(1, "reason", .string), .init(2, "domain", .string), .init(3, "metadata", .string, .map)]),
    "google.rpc.BadRequest": MessageType(
      "BadRequest",
      [
        .init(
          1, "field_violations",
          .message(MessageType("FieldViolation", [.init(1, "field", .string), .init(2, "description", .string)])),
          .repeated)
      ]),
    "google.rpc.DebugInfo": MessageType(
      "DebugInfo", [.init(1, "stack_entries", .string, .repeated), .init(2, "detail", .string)]),
  ]

  /// The messages in the value of the header, as far as they can be read; the others by their type and length.
  static func documents(in header: String) -> [JSONValue] {
    guard let bytes = Base64.decode(header), let found = try? status.decode(bytes) else { return [] }
    return (found["details"]?.arrayValue ?? []).map { detail in
      let url = detail["type_url"]?.stringValue ?? ""
      let name = String(url.split(separator: "/").last ?? "")
      let value = detail["value"]?.stringValue.flatMap { Base64.decode($0) } ?? []
      let document = known[name].flatMap { try? $0.decode(value) }
      let rest = document?.objectValue?.members ?? [.init("bytes", .number(JSONNumber(Int64(value.count))))]
      return .object(JSONObject([.init("@type", .string(url))] + rest))
    }
  }
}
