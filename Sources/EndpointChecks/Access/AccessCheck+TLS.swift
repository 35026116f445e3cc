internal import Language
internal import Transport
internal import Verdict

extension AccessCheck {
  /// A handshake that offers nothing newer than the version before must fail.
  func version(
    _ oldest: TLSVersion, _ question: RequestPlan, _ inquiry: inout Inquiry
  ) async -> Judgement {
    let limit = Bound.text("TLS \(oldest.rawValue) or newer")
    guard inquiry.declaration.url?.value.scheme == "https" else {
      return Judgement(
        .failed, "the endpoint is asked over http: nothing is encrypted", evidence: Evidence(limit: limit))
    }
    guard let tooOld = oldest.previous else {
      return Judgement(.errored, "there is no TLS before \(oldest.rawValue)", reason: .nothingToEvaluate)
    }
    let transcript = await inquiry.send(question) { session in
      var session = session
      session.tls.minimumVersion = .tls1_0
      session.tls.maximumVersion = tooOld
      session.tls.acceptsAnyCertificate = true
      return session
    }
    var judgement: Judgement
    switch transcript.result {
    case .success:
      judgement = Judgement(
        .failed, "the server speaks TLS \(tooOld.rawValue) or older, but must refuse what is before \(oldest.rawValue)",
        evidence: Evidence(observedText: "TLS \(tooOld.rawValue)", limit: limit))
    case .failure(.tls) where inquiry.wasReached:
      judgement = Judgement(
        .passed, "what is before TLS \(oldest.rawValue) is refused", evidence: Evidence(limit: limit))
    case .failure:
      judgement = Judgement(unanswered: transcript, inquiry)
    }
    judgement.decisive = transcript
    return judgement
  }
}
