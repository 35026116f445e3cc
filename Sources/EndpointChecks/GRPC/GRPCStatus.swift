internal import Transport

/// What came of a call, by the status codes of gRPC (grpc/grpc, `doc/statuscodes.md`).
enum GRPCStatus: Int, Sendable, CaseIterable {
  case ok, cancelled, unknown, invalidArgument, deadlineExceeded, notFound, alreadyExists, permissionDenied,
    resourceExhausted, failedPrecondition, aborted, outOfRange, unimplemented, `internal`, unavailable, dataLoss,
    unauthenticated

  /// The name that everybody knows it by: `NOT_FOUND`.
  var name: String {
    switch self {
    case .ok: "OK"
    case .cancelled: "CANCELLED"
    case .unknown: "UNKNOWN"
    case .invalidArgument: "INVALID_ARGUMENT"
    case .deadlineExceeded: "DEADLINE_EXCEEDED"
    case .notFound: "NOT_FOUND"
    case .alreadyExists: "ALREADY_EXISTS"
    case .permissionDenied: "PERMISSION_DENIED"
    case .resourceExhausted: "RESOURCE_EXHAUSTED"
    case .failedPrecondition: "FAILED_PRECONDITION"
    case .aborted: "ABORTED"
    case .outOfRange: "OUT_OF_RANGE"
    case .unimplemented: "UNIMPLEMENTED"
    case .internal: "INTERNAL"
    case .unavailable: "UNAVAILABLE"
    case .dataLoss: "DATA_LOSS"
    case .unauthenticated: "UNAUTHENTICATED"
    }
  }

  /// The status of HTTP that says the same (googleapis, `google/rpc/code.proto`, "HTTP Mapping"): what checks judge.
  var httpStatus: Int {
    switch self {
    case .ok: 200
    case .invalidArgument, .failedPrecondition, .outOfRange: 400
    case .unauthenticated: 401
    case .permissionDenied: 403
    case .notFound: 404
    case .alreadyExists, .aborted: 409
    case .resourceExhausted: 429
    case .cancelled: 499
    case .unknown, .internal, .dataLoss: 500
    case .unimplemented: 501
    case .unavailable: 503
    case .deadlineExceeded: 504
    }
  }

  /// What it says and what to do about it.
  var advice: String {
    switch self {
    case .ok: "the call was answered"
    case .cancelled: "the call was given up; the server, or a proxy before it, did that"
    case .unknown: "the server failed and does not say how: look into its log"
    case .invalidArgument: "the server refuses what it was sent: compare names, types and shapes with the metadata"
    case .deadlineExceeded: "the time for the call was up: raise timeout, or look what keeps the server busy"
    case .notFound: "the server has no such model or version: compare model and version with what it serves"
    case .alreadyExists: "what the call would make is there already"
    case .permissionDenied: "the server knows who asks and does not allow it: look at the rights of the credentials"
    case .resourceExhausted: "a limit of the server is reached, of its load or of the size of a message"
    case .failedPrecondition: "the server is not in a state for this call: is the model loaded?"
    case .aborted: "the server gave the call up for the sake of another one: try again"
    case .outOfRange: "the server refuses a value as outside what it knows"
    case .unimplemented: "the server has no such method: does it speak this protocol, on this port?"
    case .internal: "the server broke: look into its log"
    case .unavailable: "the server takes no calls now: it is starting, stopping or overloaded"
    case .dataLoss: "the server lost or spoiled data: look into its log"
    case .unauthenticated: "the server does not know who asks: write auth, or the header that it wants"
    }
  }

  /// The field that carries it.
  static let field = "grpc-status"

  /// The one in the trailers of a response, or in the head of one that has nothing else; nil when it is not there. A
  /// code that gRPC does not have is UNKNOWN, as its specification wants, and several that differ are INTERNAL.
  init?(headers: HTTPHeaders, trailers: HTTPHeaders) {
    let texts = Set(trailers.values(of: Self.field) + headers.values(of: Self.field))
    guard let text = texts.first else { return nil }
    guard texts.count == 1 else {
      self = .internal
      return
    }
    self = Int(text).flatMap { GRPCStatus(rawValue: $0) } ?? .unknown
  }
}

extension HTTPResponse {
  /// What came of the call that it answers; nil for what is no answer of gRPC.
  var grpcStatus: GRPCStatus? { GRPCStatus(headers: headers, trailers: trailers) }

  /// The status for a sentence: `404`, or `404 (NOT_FOUND)`.
  var statusWords: String {
    guard let grpcStatus, grpcStatus != .ok else { return "\(status)" }
    return "\(status) (\(grpcStatus.name))"
  }
}
