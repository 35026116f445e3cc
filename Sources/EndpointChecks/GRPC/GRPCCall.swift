internal import JSON
internal import Protobuf
internal import Transport

/// A call of gRPC that a request stands for. Its body is a document as it would go to the same server over REST, and so is
/// that of the reply: checks see no difference. They become messages, and messages become them, at the edge.
struct GRPCCall: Sendable {
  let file: GRPCFile
  let service: ProtoFile.Service
  let method: ProtoFile.Method
  /// How the tensors of an inference are written; nil for calls whose documents are messages as they stand.
  let contents: TensorContents?

  init(_ file: GRPCFile, _ name: String, contents: TensorContents? = nil) {
    self.file = file
    let service = file.content.services[0]
    guard let method = service.methods.first(where: { $0.name == name }) else {
      preconditionFailure("\(service.name) has no method \(name)")
    }
    (self.service, self.method, self.contents) = (service, method, contents)
  }

  /// `inference.GRPCInferenceService/ModelInfer`
  var name: String { "\(file.content.package).\(service.name)/\(method.name)" }
  var path: String { "/" + name }

  /// The message that a document stands for.
  func message(for document: JSONValue) throws(MessageError) -> JSONValue {
    guard let contents else { return document }
    return try TensorMessage.request(document, contents)
  }

  /// The body of the request that has this document. What is no JSON goes as it stands, for the server to refuse.
  func body(of document: [UInt8]) throws(MessageError) -> [UInt8] {
    guard let parsed = try? JSONParser.parse(document, mode: .lenient) else { return GRPCFrame.bytes(document) }
    return GRPCFrame.bytes(try method.request.encode(message(for: parsed)))
  }

  /// The document of the message that came back.
  func document(of message: [UInt8]) throws(MessageError) -> JSONValue {
    let decoded = try method.response.decode(message)
    return contents == nil ? decoded : try TensorMessage.response(decoded)
  }

  /// What every call is sent with, unless its request says otherwise.
  func headers(timeout: Duration) -> HTTPHeaders {
    [
      "Content-Type": "application/grpc", "TE": "trailers", "grpc-timeout": Self.words(timeout),
      GRPCEncoding.acceptField: GRPCEncoding.accepted,
    ]
  }

  /// At most eight digits and a unit: `10000m` are ten seconds.
  static func words(_ timeout: Duration) -> String {
    let (seconds, rest) = timeout.components
    guard seconds < 99_999 else { return "\(min(seconds, 99_999_999))S" }
    return "\(max(1, seconds * 1000 + rest / 1_000_000_000_000_000))m"
  }
}

extension GRPCCall: Equatable {
  static func == (a: GRPCCall, b: GRPCCall) -> Bool { a.name == b.name && a.contents == b.contents }
}

/// Where the elements of tensors stand in the messages of an inference.
enum TensorContents: Sendable {
  /// In a list of their own type.
  case typed
  /// As little-endian bytes beside the tensors.
  case raw
}
