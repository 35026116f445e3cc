internal import Transport

/// A request as a check plans it, before the address of the endpoint is known.
struct RequestPlan: Sendable, Equatable {
  var method: String
  /// Begins with a slash and may carry a query.
  var path: String
  var headers: HTTPHeaders
  var body: [UInt8]
  /// The call of gRPC that it stands for; its body is then the document of the message.
  var call: GRPCCall?
  /// Nil for the endpoint's own limit.
  var timeout: Duration?
  /// How long the connection may take to be accepted; nil for as long as the whole.
  var connectTimeout: Duration?
  /// Whether the reply is a stream, of which the time of each piece is told, and what came when it breaks off.
  var recordsArrivals = false

  init(
    method: String = "GET", path: String, headers: HTTPHeaders = [:], body: [UInt8] = [], timeout: Duration? = nil,
    connectTimeout: Duration? = nil
  ) {
    self.method = method
    self.path = path
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.connectTimeout = connectTimeout
  }

  /// Method and path, without a query, which may carry a key.
  var route: String { "\(method) \(path.prefix { $0 != "?" })" }
}
