internal import Transport

/// What was sent and what came back: the one thing that verdicts are made from.
struct Transcript: Sendable {
  var request: HTTPRequest
  var result: Result<HTTPResponse, TransportError>
  var elapsed: Duration
  /// What the request was made from; nil for what is no more than it shows.
  var plan: RequestPlan?

  /// How much of a body is shown, in bytes.
  static let shownBytes = 2048

  var response: HTTPResponse? { try? result.get() }

  var failure: TransportError? {
    if case .failure(let error) = result { error } else { nil }
  }

  /// Why there is no complete response: also when a stream was taken as far as it came.
  var interruption: TransportError? { failure ?? response?.interruption }

  /// The command that sends the request again.
  func command(_ secrets: Secrets) -> String {
    guard let plan, let call = plan.call else { return CurlCommand(request: request, secrets: secrets).description }
    return GRPCurlCommand(call: call, request: request, document: plan.body, secrets: secrets).description
  }

  /// Whether a stream went on until the time was up.
  var wasLeftHanging: Bool { if case .timedOut? = response?.interruption { true } else { false } }

  /// Whether the endpoint said or took anything at all.
  var wasReached: Bool { failure.map { !$0.neverArrived } ?? true }

  /// The exchange for a person: request line, status line and the beginning of the body, without secrets.
  func notes(_ secrets: Secrets) -> [String] {
    var notes = ["> \(request.method) \(secrets.mask(request.url))"]
    // The document of a call, whose message is not for reading.
    let body = plan.flatMap { $0.call == nil ? nil : $0.body } ?? request.body
    if !body.isEmpty { notes += Self.lines(body, secrets).map { "> " + $0 } }
    switch result {
    case .failure(let error): notes.append("< no complete reply: \(error.kind)")
    case .success(let response):
      if response.wasSentAgain {
        notes.append("the server dropped the request without an answer, and it was sent again over another connection")
      }
      notes.append("< \(response.version.rawValue) \(response.status)")
      if let status = response.grpcStatus {
        notes.append("< \(GRPCStatus.field): \(status.rawValue), \(status.name): \(status.advice)")
      }
      if let place = response.headers["Location"] { notes.append("< Location: \(secrets.mask(place))") }
      if let type = response.headers["Content-Type"] { notes.append("< Content-Type: \(secrets.mask(type))") }
      notes +=
        response.saysInPieces(secrets)
        ? ["< (the events say a secret in pieces, so that they are not shown)"]
        : Self.lines(response.body, secrets).map { "< " + $0 }
    }
    return notes
  }

  /// The beginning of a body. Secrets go before the cut, which could else leave a part of one.
  private static func lines(_ body: [UInt8], _ secrets: Secrets) -> [String] {
    // Whatever begins within the part that is shown is masked as a whole.
    let masked = secrets.mask(Array(body.prefix(64 << 10)))
    let shown = String(decoding: masked.prefix(shownBytes), as: UTF8.self)
    var lines = shown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    if body.isEmpty { lines = [] }
    if masked.count > shownBytes { lines.append("… (\(body.count) bytes in all)") }
    return lines
  }
}

extension TransportError {
  /// Whether the endpoint itself never took part: nothing was proven about it.
  var neverArrived: Bool {
    switch self {
    case .couldNotResolve, .connectionRefused, .tls, .certificate, .timedOut(_, .connecting, _, _), .other: true
    case .invalidURL, .invalidRequest, .unsupportedProtocol, .unavailable, .cancelled, .proxyRefused: true
    case .timedOut, .connectionReset, .truncatedBody, .responseTooLarge, .malformedResponse, .wrongVersion,
      .brokenExchange, .endUnread:
      false
    }
  }

  /// Whether the peer ended the connection, in the handshake or behind it.
  var isHangUp: Bool {
    switch self {
    case .tls, .connectionReset, .brokenExchange: true
    default: false
    }
  }

  /// Whether the request could not be made at all, wherever it should have gone.
  var isOurs: Bool {
    switch self {
    case .invalidURL, .invalidRequest, .unsupportedProtocol, .unavailable, .proxyRefused, .endUnread: true
    default: false
    }
  }

  /// Whether waiting for the endpoint does not help.
  var isLasting: Bool {
    switch self {
    case .certificate: true
    case .endUnread: false
    default: isOurs
    }
  }
}
