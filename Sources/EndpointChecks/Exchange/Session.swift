internal import Transport
internal import Verdict

/// The way to one endpoint: its address, and what is sent along with every request.
struct Session: Sendable {
  /// Larger replies are refused: a smoke test reads answers, not downloads.
  static let maximumReplyBytes = 16 << 20

  var client: HTTPClient
  var url: EndpointURL
  var headers: HTTPHeaders
  var timeout: Duration
  var tls: TLSOptions
  var version = HTTPVersionChoice.automatic
  var proxy = ProxyChoice.environment
  var authentication: Authentication?

  /// Sends one request; its own headers replace the endpoint's of the same name. Redirects are not followed.
  func send(_ plan: RequestPlan, within limit: Duration? = nil) async -> Transcript {
    var request = self.request(for: plan)
    if let limit { request.timeout = min(request.timeout, limit) }
    let start = ContinuousClock.now
    let result: Result<HTTPResponse, TransportError>
    do throws(TransportError) {
      result = .success(try await client.send(request))
    } catch {
      result = .failure(error)
    }
    return Transcript(request: request, result: result, elapsed: start.duration(to: .now))
  }

  /// The whole request as it goes out.
  func request(for plan: RequestPlan) -> HTTPRequest {
    var headers = HTTPHeaders(self.headers.fields.filter { plan.headers[$0.name] == nil })
    for field in plan.headers.fields { headers.append(name: field.name, value: field.value) }
    if let field = authentication?.header, headers[field.name] == nil {
      headers.append(name: field.name, value: field.value)
    }
    var path = plan.path
    if let item = authentication?.queryItem { path += (path.contains("?") ? "&" : "?") + item }
    let timeout = plan.timeout ?? self.timeout
    var request = HTTPRequest(
      method: plan.method, url: url.url(for: path), headers: headers, body: plan.body, timeout: timeout,
      connectTimeout: plan.connectTimeout ?? timeout, maximumResponseBytes: Self.maximumReplyBytes, maximumRedirects: 0,
      tls: tls,
      version: version, proxy: proxy, signature: authentication?.signature)
    request.recordsArrivals = plan.recordsArrivals
    return request
  }
}

extension EndpointDeclaration {
  /// The way to the endpoint at an address whose port is known.
  func session(with client: HTTPClient, at url: EndpointURL, _ folders: EndpointFolders) -> Session {
    Session(
      client: client, url: url, headers: headers(with: Captures()), timeout: timeout.duration,
      tls: connection.tlsOptions(folders), version: connection.version, proxy: connection.proxy,
      authentication: authentication)
  }
}
