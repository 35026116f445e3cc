internal import CCurl
internal import Glibc

/// An exchange under way, and what libcurl's facts about it mean once it is over.
struct Transfer {
  let request: HTTPRequest
  let easy: CurlEasy
  let collector: ResponseCollector
  let origin: Origin
  let start: ContinuousClock.Instant

  /// What became of a transfer that libcurl ended with `code`.
  func result(_ code: CURLcode) -> Result<HTTPResponse, TransportError> {
    if hasLostEnd(code) { return .failure(.endUnread(origin: origin.description)) }
    if code == CURLE_OK || isAnswered(despite: code) {
      return easy.olderVersion(than: request.version).map {
        .failure(.wrongVersion(origin: origin.description, answered: $0))
      }
        ?? .success(response)
    }
    let error = error(code)
    // An interim head is none yet.
    guard request.recordsArrivals, collector.headIsComplete, easy.integer(CURLINFO_RESPONSE_CODE) >= 200 else {
      return .failure(error)
    }
    var response = response
    response.interruption = error
    return .success(response)
  }

  /// The response as far as it came.
  private var response: HTTPResponse {
    var response = HTTPResponse(
      status: easy.integer(CURLINFO_RESPONSE_CODE),
      version: easy.version,
      headers: collector.headers,
      body: collector.body,
      trailers: collector.trailers,
      timings: HTTPTimings(
        nameLookup: .microseconds(max(0, easy.offset(CURLINFO_NAMELOOKUP_TIME_T))),
        connect: .microseconds(max(0, easy.offset(CURLINFO_CONNECT_TIME_T))),
        tls: .microseconds(max(0, easy.offset(CURLINFO_APPCONNECT_TIME_T))),
        firstByte: start.duration(to: collector.firstLine ?? .now),
        total: start.duration(to: .now),
        reusedConnection: !openedConnection),
      certificates: request.tls.wantsCertificates ? easy.certificates : [])
    response.arrivals = collector.arrivals
    response.wasSentAgain = collector.wasSentAgain
    return response
  }

  /// Whether the answer to a call of gRPC is complete although its stream was broken off: a server may refuse a call before
  /// it has read it, and then resets the stream (RFC 9113, 8.1).
  func isAnswered(despite code: CURLcode) -> Bool {
    request.version == .http2 && Self.breaks.contains(code) && hasGRPCStatus
  }

  private static let breaks = [
    CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_PARTIAL_FILE, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
  ]

  private var hasGRPCStatus: Bool { (collector.trailers["grpc-status"] ?? collector.headers["grpc-status"]) != nil }

  /// Whether an answer to a call began, and nobody knows how it ended: 7.88 closes a connection that the server ends
  /// together with an answer (GOAWAY) before it hands over the trailers.
  func hasLostEnd(_ code: CURLcode) -> Bool {
    request.version == .http2 && easy.saidFarewell && endedConnection(code) && !hasGRPCStatus
      && easy.integer(CURLINFO_RESPONSE_CODE) == 200
      && collector.headers["Content-Type"]?.hasPrefix("application/grpc") == true
  }

  /// Whether the server ended the connection in good order (GOAWAY) without a word on the request, and need not have
  /// taken it. Every client of gRPC sends such a call again by itself; 7.88 does not.
  func isToBeSentAgain(after code: CURLcode) -> Bool {
    guard request.version == .http2, easy.saidFarewell, endedConnection(code), collector.firstLine == nil else {
      return false
    }
    // What the server says it has not taken ends with another code: this was taken, and nothing is left to be read.
    let wasLeft = code == CURLE_PARTIAL_FILE && easy.reason(for: code).contains("end of the underlying")
    return !wasLeft && !collector.wasSentAgain
  }

  /// Whether it was the connection that ended, and not the stream alone, which a server resets: of that 7.88 has either
  /// no words or a code of its own.
  private func endedConnection(_ code: CURLcode) -> Bool {
    switch code {
    case CURLE_OK, CURLE_HTTP2, CURLE_GOT_NOTHING: true
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
      easy.hasReason && !easy.reason(for: code).contains("was reset")
    default: false
    }
  }

  private var openedConnection: Bool { easy.integer(CURLINFO_NUM_CONNECTS) > 0 }

  /// Whether nothing has come back over a connection that was opened for HTTP/2 over clear text. Who was sent more than
  /// the first window of a stream has asked for it (RFC 9113, 6.9.2), and that in HTTP/2.
  private var isFirstOfHTTP2: Bool {
    request.version == .http2 && origin.scheme == "http" && openedConnection && collector.firstLine == nil
      && !easy.saidFarewell && !collector.wasSentAgain && easy.offset(CURLINFO_SIZE_UPLOAD_T) <= 65_535
  }

  /// The error of a transfer that libcurl gave up with `code`.
  func error(_ code: CURLcode) -> TransportError {
    let place = origin.description
    if let part = collector.overflow { return tooLarge(part) }
    if let refusal = proxyRefusal { return refusal }
    if collector.wasKeptFromResending { return .connectionReset(origin: place, received: 0) }
    switch code {
    case CURLE_FILESIZE_EXCEEDED: return tooLarge(.body)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .couldNotResolve(host: origin.host)
    case CURLE_OPERATION_TIMEDOUT: return timeout
    case CURLE_COULDNT_CONNECT:
      switch Int32(easy.integer(CURLINFO_OS_ERRNO)) {
      case ECONNREFUSED: return .connectionRefused(origin: place)
      case ETIMEDOUT: return timeout
      default: return other(code)
      }
    case CURLE_PARTIAL_FILE: return truncated
    case CURLE_HTTP2 where easy.saidFarewell && collector.firstLine == nil:
      return .brokenExchange(origin: place, reason: "it ended the connection (GOAWAY) before it took the request")
    case CURLE_HTTP2, CURLE_HTTP2_STREAM:
      return .brokenExchange(origin: place, reason: easy.reason(for: code))
    case CURLE_RECV_ERROR where easy.reason(for: code).contains("chunk"):
      return .malformedResponse(origin: place, reason: easy.reason(for: code))
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR: return hangUp
    // libcurl speaks of an unsupported protocol when an answer does not begin like HTTP/1.
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
      return .malformedResponse(origin: place, reason: easy.reason(for: code))
    case CURLE_OUT_OF_MEMORY where collector.firstLine != nil: return tooLarge(.head)
    case CURLE_PEER_FAILED_VERIFICATION:
      let flaw = CertificateFlaw(verification: easy.integer(CURLINFO_SSL_VERIFYRESULT))
      return .certificate(origin: place, flaw: flaw, reason: easy.reason(for: code))
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
      CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_SSL_SHUTDOWN_FAILED:
      return .tls(origin: place, reason: easy.reason(for: code))
    default: return other(code)
    }
  }

  /// What a proxy answered instead of opening the way; nil when it did, and when there is none.
  private var proxyRefusal: TransportError? {
    let status = easy.integer(CURLINFO_HTTP_CONNECTCODE)
    guard status >= 300 else { return nil }
    var proxy = "The proxy"
    if case .url(let url) = request.proxy {
      let address = url.split(separator: "@").last ?? ""
      proxy += " " + (address.split(separator: "/").last ?? "")
    }
    return .proxyRefused(origin: origin.description, proxy: proxy, status: status)
  }

  private func tooLarge(_ part: TransportError.Part) -> TransportError {
    let limit = part == .head ? ResponseCollector.maximumHeadBytes : collector.maximumBodyBytes
    return .responseTooLarge(origin: origin.description, part: part, limit: limit)
  }

  private var timeout: TransportError {
    // Zero until the connection stands, also when it is a reused one.
    let isConnecting = easy.offset(CURLINFO_PRETRANSFER_TIME_T) <= 0
    let phase: TransportError.Phase =
      isConnecting ? .connecting : collector.firstLine == nil ? .waitingForFirstByte : .readingBody
    return .timedOut(
      origin: origin.description, phase: phase,
      limit: isConnecting ? min(request.connectTimeout, request.timeout) : request.timeout,
      received: collector.bodyBytes)
  }

  private var hangUp: TransportError {
    // libcurl says no more of an answer in HTTP/1.1.
    isFirstOfHTTP2
      ? .wrongVersion(origin: origin.description)
      : .connectionReset(origin: origin.description, received: collector.bodyBytes)
  }

  private var truncated: TransportError {
    let expected = easy.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
    // HTTP/2, which alone has this code for an answer of which nothing came, has no chunks that could be missing: either
    // the connection ended, or the stream.
    if expected < 0, collector.firstLine == nil || easy.version == .http2 {
      return easy.hasReason
        ? hangUp : .brokenExchange(origin: origin.description, reason: "the stream of the answer was reset")
    }
    return .truncatedBody(
      origin: origin.description, expected: expected >= 0 ? expected : nil, received: collector.bodyBytes)
  }

  private func other(_ code: CURLcode) -> TransportError {
    .other(origin: origin.description, code: Int(code.rawValue), reason: easy.reason(for: code))
  }
}
