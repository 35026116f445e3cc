internal import Protobuf
internal import Transport
internal import Verdict

/// The way to one endpoint: its address, and what is sent along with every request.
struct Session: Sendable {
  /// Larger replies are refused: a smoke test reads answers, not downloads.
  static let maximumReplyBytes = 16 << 20

  var client: any Responder
  var url: EndpointURL
  var headers: HTTPHeaders
  var timeout: Duration
  var tls: TLSOptions
  var version = HTTPVersionChoice.automatic
  var proxy = ProxyChoice.environment
  var authentication: Authentication?
  /// Whether a request that a server drops is not sent again: where shares of answers are judged.
  var sendsOnce = false

  /// Sends one request; its own headers replace the endpoint's of the same name. Redirects are not followed.
  func send(_ plan: RequestPlan, within limit: Duration? = nil) async -> Transcript {
    var request = self.request(for: plan)
    if let limit { request.timeout = min(request.timeout, limit) }
    let start = ContinuousClock.now
    let result: Result<HTTPResponse, TransportError>
    do throws(TransportError) {
      // Said here what a body without a message hides.
      if let call = plan.call, request.body.isEmpty { _ = try wire(plan, as: call) }
      let response = try await client.send(request)
      result =
        plan.call?.reply(to: response, from: url.origin, atMost: Self.maximumReplyBytes) ?? .success(response)
    } catch {
      result = .failure(error)
    }
    return Transcript(request: request, result: result, elapsed: start.duration(to: .now), plan: plan)
  }

  /// The body of a call; empty where a call is spoiled by asking with GET.
  private func wire(_ plan: RequestPlan, as call: GRPCCall) throws(TransportError) -> [UInt8] {
    guard plan.method == "POST" else { return [] }
    do throws(MessageError) {
      return try call.body(of: plan.body)
    } catch {
      throw .invalidRequest(reason: "\(call.method.request.name).\(error)")
    }
  }

  /// The whole request as it goes out.
  func request(for plan: RequestPlan) -> HTTPRequest {
    var headers = HTTPHeaders(self.headers.fields.filter { plan.headers[$0.name] == nil })
    for field in plan.headers.fields { headers.append(name: field.name, value: field.value) }
    if let field = authentication?.header, headers[field.name] == nil {
      headers.append(name: field.name, value: field.value)
    }
    for field in plan.call?.headers(timeout: plan.timeout ?? timeout).fields ?? [] where headers[field.name] == nil {
      headers.append(name: field.name, value: field.value)
    }
    var path = plan.path
    if let item = authentication?.queryItem { path += (path.contains("?") ? "&" : "?") + item }
    let timeout = plan.timeout ?? self.timeout
    let body = plan.call.map { (try? wire(plan, as: $0)) ?? [] } ?? plan.body
    var request = HTTPRequest(
      method: plan.method, url: url.url(for: path), headers: headers, body: body, timeout: timeout,
      connectTimeout: plan.connectTimeout ?? timeout, maximumResponseBytes: Self.maximumReplyBytes, maximumRedirects: 0,
      tls: tls,
      version: plan.call == nil ? version : .http2, proxy: proxy, signature: authentication?.signature)
    request.recordsArrivals = plan.recordsArrivals
    request.isSentOnce = sendsOnce
    return request
  }
}

extension EndpointDeclaration {
  /// The way to the endpoint at an address whose port is known.
  func session(with client: any Responder, at url: EndpointURL, _ folders: EndpointFolders) -> Session {
    Session(
      client: client, url: url, headers: headers(with: Captures()), timeout: timeout.duration,
      tls: connection.tlsOptions(folders), version: connection.version, proxy: connection.proxy,
      authentication: authentication)
  }
}
