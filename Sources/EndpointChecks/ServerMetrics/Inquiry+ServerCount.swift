internal import Transport

extension Inquiry {
  /// Asks the server what it counted; nil without a counter.
  ///
  /// - Parameter url: where the config says that it is; nil for the place that the protocol knows. What proves who asks
  ///   goes to the endpoint alone.
  mutating func count(
    _ counter: ServerCounter?, at url: EndpointURL?
  ) async -> Result<ServerCounter.Count, ServerCounter.Absent>? {
    guard let counter else { return nil }
    let transcript = await send(RequestPlan(path: counter.path)) { session in
      var session = session
      let endpoint = session.url
      if var url {
        url.port = url.port ?? endpoint.port
        url.basePath = ""
        session.url = url
      } else if let port = counter.port {
        session.url.port = port
        session.url.basePath = ""
      }
      if session.url.host != endpoint.host || session.url.port != endpoint.port {
        (session.headers, session.authentication) = ([:], nil)
      }
      return session
    }
    guard let reply = reply(of: transcript) else {
      return .failure(.init(message: "\(transcript.failure?.description ?? "no reply")"))
    }
    return Result { () throws(ServerCounter.Absent) in try counter.count(in: reply) }
  }
}
