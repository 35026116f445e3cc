internal import Language
internal import Transport
internal import Verdict

extension AccessCheck {
  /// Holds the server's certificate against the host, the authorities and the time that must be left. The host is verified
  /// whatever `insecure` says.
  func validity(_ least: Quantity, _ question: RequestPlan, _ inquiry: inout Inquiry) async -> Judgement {
    let limit = Bound.atLeast(least)
    guard inquiry.declaration.url?.value.scheme == "https" else {
      return Judgement(
        .failed, "the endpoint is asked over http: there is no certificate", evidence: Evidence(limit: limit))
    }
    let transcript = await inquiry.send(question) { $0.lookingAtCertificates(accepting: false) }
    var judgement: Judgement
    switch transcript.result {
    case .success(let response): judgement = Self.judge(response.certificates.first, least, now: inquiry.now)
    case .failure(.certificate(_, let flaw, let reason)):
      let shown = await inquiry.send(question) { $0.lookingAtCertificates(accepting: true) }
      judgement = Self.judge(flaw, reason, shown.response?.certificates.first, inquiry)
      judgement.evidence.limit = limit
    case .failure: judgement = Judgement(unanswered: transcript, inquiry)
    }
    judgement.decisive = transcript
    return judgement
  }

  static func judge(_ certificate: PeerCertificate?, _ least: Quantity, now: Int64) -> Judgement {
    guard let certificate, let end = certificate.notAfter else {
      return Judgement(.errored, "the end of the certificate cannot be read", reason: .undefined)
    }
    let left = Quantity(Double(end - now), .seconds)
    let evidence = Evidence(observed: left, limit: .atLeast(least), notes: certificate.names)
    if left.value < 0 {
      return Judgement(
        .failed, "the certificate has expired: it was valid until \(HTTPDate(seconds: end))", evidence: evidence)
    }
    return left.value >= least.value
      ? Judgement(.passed, "the certificate is valid for another \(left)", evidence: evidence)
      : Judgement(
        .failed, "the certificate is valid for another \(left), but must be for at least \(least)", evidence: evidence)
  }

  /// What is wrong with a certificate that is not accepted, by what it says of itself.
  private static func judge(
    _ flaw: CertificateFlaw, _ reason: String, _ shown: PeerCertificate?, _ inquiry: Inquiry
  ) -> Judgement {
    var words = "the certificate \(flaw.words)"
    switch flaw {
    case .expired: words += shown?.notAfter.map { ": it was valid until \(HTTPDate(seconds: $0))" } ?? ""
    case .notYetValid: words += shown?.notBefore.map { ": it will be from \(HTTPDate(seconds: $0)) on" } ?? ""
    case .foreignHost: words += " than \(inquiry.declaration.url?.value.host ?? "the one asked"): \(reason)"
    case .untrusted: words += ": \(reason)"
    }
    return Judgement(
      .failed, words, evidence: Evidence(observedText: flaw.rawValue, notes: [reason] + (shown?.names ?? [])))
  }
}

extension Session {
  /// A way that shows the certificates of the server.
  fileprivate func lookingAtCertificates(accepting any: Bool) -> Session {
    var session = self
    session.tls.acceptsAnyCertificate = any
    session.tls.wantsCertificates = true
    return session
  }
}

extension PeerCertificate {
  fileprivate var names: [String] { ["subject \(subject)", "issuer \(issuer)"] }
}
