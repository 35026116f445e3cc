internal import Transport

/// Why a server gave no document.
package enum RemoteError: Error, Sendable, Hashable {
  /// No complete answer came.
  case unreachable(Unreachable)
  /// 401. `variables` name what it would have been taken from.
  case unauthorized(sentCredentials: Bool, variables: String)
  /// 403: it knows who asks, and refuses.
  case forbidden
  /// 404.
  case notFound
  /// 410: it was there, and was taken away.
  case gone
  /// 300 to 399: a redirect is not followed, for it could carry the credentials elsewhere.
  case redirected(status: Int)
  /// HTML where data should be.
  case webPage
  case tooLarge(limit: Int)
  /// Any other status, with what the server says.
  case status(Int, String)

  /// What kept the answer away, in one clause, and what to do about it.
  package struct Unreachable: Sendable, Hashable {
    /// The stable word of ``TransportError/kind``.
    package var kind: String
    var problem: String
    var advice: String
  }

  init(_ error: TransportError) {
    if case .responseTooLarge(_, _, let limit) = error {
      self = .tooLarge(limit: limit)
    } else {
      self = .unreachable(Unreachable(error))
    }
  }

  package func message(for name: String) -> String {
    switch self {
    case .unreachable(let failure): "\(name) could not be read: \(failure.problem)"
    case .unauthorized(true, _): "\(name) could not be read: the server does not accept the credentials (401)"
    case .unauthorized(false, _): "\(name) could not be read: the server wants to know who asks (401)"
    case .forbidden: "\(name) could not be read: the server knows who asks, and refuses (403)"
    case .notFound: "\(name) does not exist (404)"
    case .gone: "\(name) does not exist any more (410)"
    case .redirected(let status): "\(name) could not be read: the server points elsewhere (\(status))"
    case .webPage: "\(name) could not be read: the answer is a web page, not data"
    case .tooLarge(let limit): "\(name) is larger than the \(limit >> 20) MiB that are read"
    case .status(let status, let words):
      "\(name) could not be read: the server answered \(status)" + (words.isEmpty ? "" : " (\(words))")
    }
  }

  package var advice: String {
    switch self {
    case .unreachable(let failure): failure.advice
    case .unauthorized(true, let variables): "renew what is in \(variables)"
    case .unauthorized(false, let variables): "set \(variables)"
    case .forbidden: "give this user the right to do it, or use other credentials"
    case .notFound: "check the address"
    case .gone: "it was taken away: name what stands in its place"
    case .redirected: "name the address that it points to: redirects are not followed"
    case .webPage: "name the data itself; a page of a log-in means that credentials are missing"
    case .tooLarge: "name the document with the summary, not the one with the raw results"
    case .status(429, _), .status(503, _): "it was asked several times: try again later, or ask it less often"
    case .status(500..., _): "try again later, and look into the server's log"
    case .status: "check the address, and look into the server's log"
    }
  }
}

extension RemoteError.Unreachable {
  init(_ error: TransportError) {
    kind = error.kind
    switch error {
    case .connectionRefused(let origin):
      problem = "\(origin) refused the connection"
      advice = "is the server running, and on that port?"
    case .couldNotResolve(let host):
      problem = "the name \(host) could not be resolved"
      advice = "check its spelling and the network's name service"
    case .timedOut(let origin, let phase, let limit, _):
      problem = "\(origin) took longer than \(limit) (\(phase.rawValue))"
      advice = "is the server overloaded, or a firewall in between?"
    case .tls(let origin, let reason):
      problem = "no secure connection to \(origin): \(reason)"
      advice = "check the certificate, and the authorities that this machine trusts"
    case .certificate(let origin, let flaw, let reason):
      problem = "no secure connection to \(origin): the certificate \(flaw.words) (\(reason))"
      advice = "check the certificate, and the authorities that this machine trusts"
    case .unavailable(let reason):
      problem = "no request can be sent: \(reason)"
      advice = "install libcurl 7.85 or later"
    default:
      let text = error.description
      problem = text.hasSuffix(".") ? String(text.dropLast()) : text
      advice = "look into the server's log"
    }
  }
}
