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
  /// The version of HTTP to ask for.
  package var version: HTTPVersionChoice
  /// Through which proxy to go, unless the host is this machine.
  package var proxy: ProxyChoice
  /// Signs the request for AWS.
  package var signature: AWSSignature?
  /// Records when each piece of the body comes, and takes a body that breaks off as far as it came: for streams.
  package var recordsArrivals = false
  /// Whether it is over when a connection that was kept open ends without an answer. Otherwise libcurl sends it once more
  /// over a new one, which hides that a server drops requests. Over HTTP/2, where a server says which it has not taken
  /// (RFC 9113, 8.7), it is sent again all the same.
  package var isSentOnce = false

  package init(
    method: String = "GET",
    url: String,
    headers: HTTPHeaders = [:],
    body: [UInt8] = [],
    timeout: Duration = .seconds(30),
    connectTimeout: Duration = .seconds(10),
    maximumResponseBytes: Int = 64 << 20,
    maximumRedirects: Int = 0,
    tls: TLSOptions = TLSOptions(),
    version: HTTPVersionChoice = .automatic,
    proxy: ProxyChoice = .environment,
    signature: AWSSignature? = nil
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
    self.version = version
    self.proxy = proxy
    self.signature = signature
  }
}

/// Which version of HTTP a request asks for.
package enum HTTPVersionChoice: String, Sendable, CaseIterable {
  /// HTTP/2 where a server over TLS offers it, else HTTP/1.1.
  case automatic
  case http1_1 = "1.1"
  /// HTTP/2, also over clear text: there without asking first (RFC 9113, 3.3).
  case http2 = "2"
}

/// How a request leaves this machine. Loopback is never sent through a proxy.
package enum ProxyChoice: Sendable, Equatable {
  /// By the usual variables: `http_proxy`, `HTTPS_PROXY`, `NO_PROXY`, …
  case environment
  /// Straight to the server, whatever the variables say.
  case none
  /// `http://[user:password@]host:port`, whatever the variables say.
  case url(String)
}
