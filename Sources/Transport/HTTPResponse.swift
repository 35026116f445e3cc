/// A complete HTTP response: nothing of it is missing, or `HTTPClient.send` would have thrown. Only a request that
/// records arrivals also gets one that broke off, with its `interruption`.
package struct HTTPResponse: Sendable, Equatable {
  /// The status code, 200 to 599 in practice. Interim 1xx responses are passed over.
  package var status: Int
  /// The protocol that carried the response.
  package var version: HTTPVersion
  /// The header fields of the final response.
  package var headers: HTTPHeaders
  /// The body as it was transferred: chunks joined, content encodings left alone.
  package var body: [UInt8]
  /// The fields that followed the body (RFC 9110, 6.5).
  package var trailers: HTTPHeaders
  /// When each step was done.
  package var timings: HTTPTimings
  /// The server's certificate and those above it, when the request asked for them.
  package var certificates: [PeerCertificate]
  /// When the pieces of the body came, in their order, when the request asked for that.
  package var arrivals: [BodyArrival] = []
  /// Whether the server ended a connection without a word on the request, which then was sent once more over another:
  /// see ``HTTPRequest/isSentOnce``.
  package var wasSentAgain = false
  /// Why the body broke off.
  package var interruption: TransportError?

  package init(
    status: Int,
    version: HTTPVersion = .http1_1,
    headers: HTTPHeaders = [:],
    body: [UInt8] = [],
    trailers: HTTPHeaders = [:],
    timings: HTTPTimings = HTTPTimings(),
    certificates: [PeerCertificate] = []
  ) {
    self.status = status
    self.version = version
    self.headers = headers
    self.body = body
    self.trailers = trailers
    self.timings = timings
    self.certificates = certificates
  }
}

/// The version of HTTP that carried a response.
package enum HTTPVersion: String, Sendable {
  case http1_0 = "HTTP/1.0"
  case http1_1 = "HTTP/1.1"
  case http2 = "HTTP/2"
  case http3 = "HTTP/3"
}

/// How long a request took, each figure counted from the start of the request to the end of that step.
package struct HTTPTimings: Sendable, Equatable {
  /// The host name was resolved.
  package var nameLookup: Duration
  /// The TCP connection stood.
  package var connect: Duration
  /// The TLS handshake was over. Zero without TLS and on a reused connection.
  package var tls: Duration
  /// The first line of the response had arrived.
  package var firstByte: Duration
  /// The last byte of the body had arrived.
  package var total: Duration
  /// The request travelled over a connection that an earlier one had opened.
  package var reusedConnection: Bool

  package init(
    nameLookup: Duration = .zero,
    connect: Duration = .zero,
    tls: Duration = .zero,
    firstByte: Duration = .zero,
    total: Duration = .zero,
    reusedConnection: Bool = false
  ) {
    self.nameLookup = nameLookup
    self.connect = connect
    self.tls = tls
    self.firstByte = firstByte
    self.total = total
    self.reusedConnection = reusedConnection
  }
}
