/// Why an exchange gave no complete response. A status such as 500 is a response, not an error.
///
/// The associated `origin` is `scheme://host:port`: the path, the query and any credentials of the URL stay out.
package enum TransportError: Error, Sendable, Equatable {
  /// The step that was under way when the time was up.
  package enum Phase: String, Sendable {
    case connecting = "connecting"
    case waitingForFirstByte = "waiting for the first byte"
    case readingBody = "reading the response"
  }

  /// The part of a response that was too large.
  package enum Part: String, Sendable {
    case head = "head"
    case body = "body"
  }

  /// The URL cannot be read. The reason never repeats the URL, which may hold a secret.
  case invalidURL(reason: String)
  /// A method or header that cannot be sent, for example one with a line break.
  case invalidRequest(reason: String)
  /// A scheme other than `http` and `https`.
  case unsupportedProtocol(scheme: String)
  /// Name lookup failed.
  case couldNotResolve(host: String)
  /// Nothing listens there.
  case connectionRefused(origin: String)
  /// The peer closed or reset the connection before the response was complete and without announcing a length.
  case connectionReset(origin: String, received: Int)
  /// The limit ran out. `received` counts the body bytes that had arrived.
  case timedOut(origin: String, phase: Phase, limit: Duration, received: Int)
  /// The body ended early. `expected` is nil when the peer sent chunks.
  case truncatedBody(origin: String, expected: Int?, received: Int)
  /// The response is larger than the request allows, in bytes.
  case responseTooLarge(origin: String, part: Part, limit: Int)
  /// What came back is not HTTP.
  case malformedResponse(origin: String, reason: String)
  /// A server that was spoken to in HTTP/2 answered in an older version, or over clear text hung up without a word.
  case wrongVersion(origin: String, answered: HTTPVersion? = nil)
  /// The peer broke off a stream of HTTP/2, or broke the rules of the protocol that was spoken.
  case brokenExchange(origin: String, reason: String)
  /// The server ended the connection in good order during its answer to a call of gRPC, of which libcurl lost the end:
  /// the trailers, which say what came of it, or more.
  case endUnread(origin: String)
  /// A proxy did not open the way to the peer; 407 when it wants credentials. `proxy` is its address, without credentials.
  case proxyRefused(origin: String, proxy: String, status: Int)
  /// The handshake failed, or our own certificate was refused.
  case tls(origin: String, reason: String)
  /// We do not accept the server's certificate.
  case certificate(origin: String, flaw: CertificateFlaw, reason: String)
  /// The task was cancelled, or the client was shut down.
  case cancelled
  /// libcurl is not there, or cannot start: no request can be sent anywhere.
  case unavailable(reason: String)
  /// Anything else, with libcurl's code (`CURLcode`) and words.
  case other(origin: String, code: Int, reason: String)
}

extension TransportError {
  /// A stable word for the kind of failure, for reports and filters.
  package var kind: String {
    switch self {
    case .invalidURL: "invalid-url"
    case .invalidRequest: "invalid-request"
    case .unsupportedProtocol: "unsupported-protocol"
    case .couldNotResolve: "could-not-resolve"
    case .connectionRefused: "connection-refused"
    case .connectionReset: "connection-reset"
    case .timedOut: "timed-out"
    case .truncatedBody: "truncated-body"
    case .responseTooLarge: "response-too-large"
    case .malformedResponse: "malformed-response"
    case .wrongVersion: "wrong-version"
    case .brokenExchange: "broken-exchange"
    case .endUnread: "end-unread"
    case .proxyRefused: "proxy-refused"
    case .tls: "tls"
    case .certificate: "certificate"
    case .cancelled: "cancelled"
    case .unavailable: "unavailable"
    case .other: "other"
    }
  }
}

extension TransportError: CustomStringConvertible {
  /// What happened, where, and what to do next. Texts from the peer are not escaped: whoever prints it does that.
  package var description: String {
    switch self {
    case .invalidURL(let reason):
      "The URL cannot be used: \(reason). Write it as http://host:port/path."
    case .invalidRequest(let reason):
      "The request cannot be sent: \(reason)."
    case .unsupportedProtocol(let scheme):
      "'\(scheme)' is not supported: the URL must begin with http:// or https://."
    case .couldNotResolve(let host):
      "The name '\(host)' could not be resolved. Check its spelling and the network's name service."
    case .connectionRefused(let origin):
      "\(origin) refused the connection: nothing listens there. Is the server running, and on that port?"
    case .connectionReset(let origin, let received):
      received == 0
        ? "\(origin) closed the connection without answering. The server's log may say why."
        : "\(origin) broke the connection after \(received) body bytes. The server's log may say why."
    case .timedOut(let origin, let phase, let limit, let received):
      "\(origin) took longer than \(limit.words) (\(phase.rawValue)"
        + (phase == .readingBody ? ", \(received) body bytes so far" : "")
        + "). Raise the timeout if that is expected."
    case .truncatedBody(let origin, .some(let expected), let received):
      "\(origin) announced a body of \(expected) bytes and sent \(received)."
    case .truncatedBody(let origin, .none, let received):
      "\(origin) ended its chunked body early, after \(received) bytes."
    case .responseTooLarge(let origin, let part, let limit):
      "The response \(part.rawValue) of \(origin) is larger than the limit of \(limit) bytes."
    case .malformedResponse(let origin, let reason):
      "\(origin) does not answer in HTTP (\(reason)). Is it another service's port?"
    case .wrongVersion(let origin, let answered?):
      "\(origin) answered in \(answered.rawValue), and HTTP/2 was asked for. Turn it on in the server and in what stands "
        + "before it, or write http: automatic where HTTP/1.1 will do."
    case .wrongVersion(let origin, nil):
      "\(origin) hung up without a word of HTTP/2. Does that port speak HTTP/1.1 only, as one for REST does, or TLS?"
    case .brokenExchange(let origin, let reason):
      "\(origin) broke off the exchange: \(reason). The server's log may say why."
    case .endUnread(let origin):
      "\(origin) ended the connection gracefully (GOAWAY) during its answer, before all of that could be read: libcurl "
        + "before 8 loses the end, so whether the call succeeded is not known. Install libcurl 8, or ask again with "
        + "retry:."
    case .proxyRefused(let origin, let proxy, let status):
      "\(proxy) did not open the way to \(origin): it answered CONNECT with \(status). "
        + (status == 407
          ? "Write its credentials as proxy: http://user:password@host:port." : "The proxy's log may say why.")
    case .tls(let origin, let reason):
      "No secure connection to \(origin): \(reason). Check the certificate and the CA file."
    case .certificate(let origin, let flaw, let reason):
      "No secure connection to \(origin): the certificate \(flaw.words) (\(reason)). \(flaw.advice)"
    case .cancelled:
      "The request was cancelled before it was answered."
    case .unavailable(let reason):
      "No request can be sent: \(reason). Install libcurl 7.85 or later (Debian: apt install libcurl4)."
    case .other(let origin, let code, let reason):
      "The request to \(origin) failed: \(reason) (libcurl code \(code))."
    }
  }
}

extension Duration {
  /// Seconds when whole, else milliseconds.
  fileprivate var words: String {
    components.attoseconds == 0 ? "\(components.seconds) s" : "\(milliseconds) ms"
  }

  /// Whole milliseconds, rounded down, kept within the range of a 32-bit `long`.
  var milliseconds: Int {
    let most = Int(Int32.max)
    guard components.seconds < most / 1000 else { return most }
    return Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
