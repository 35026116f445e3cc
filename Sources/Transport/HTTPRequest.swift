/// One HTTP request: what is sent, how long it may take, and how much may come back.
package struct HTTPRequest: Sendable, Equatable {
  /// The method, upper case by convention: `GET`, `POST`, `HEAD`, …
  package var method: String
  /// An absolute `http` or `https` URL.
  package var url: String
  /// Sent in this order, as spelled. A `Host`, `Accept` or `Content-Length` of your own replaces the usual one.
  package var headers: HTTPHeaders
  /// The body, sent with its length. Empty means no body; `POST` and `PUT` then send `Content-Length: 0`.
  package var body: [UInt8]
  /// The limit for the whole exchange, name lookup and body included.
  package var timeout: Duration
  /// The limit for name lookup, TCP and TLS together.
  package var connectTimeout: Duration
  /// A longer response body is refused as soon as its length is known or has arrived.
  package var maximumResponseBytes: Int
  /// How many redirects to follow. Zero hands the redirect itself back as the response.
  package var maximumRedirects: Int
  /// Trust and identity for `https`.
  package var tls: TLSOptions

  package init(
    method: String = "GET",
    url: String,
    headers: HTTPHeaders = [:],
    body: [UInt8] = [],
    timeout: Duration = .seconds(30),
    connectTimeout: Duration = .seconds(10),
    maximumResponseBytes: Int = 64 << 20,
    maximumRedirects: Int = 0,
    tls: TLSOptions = TLSOptions()
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.connectTimeout = connectTimeout
    self.maximumResponseBytes = maximumResponseBytes
    self.maximumRedirects = maximumRedirects
    self.tls = tls
  }
}
