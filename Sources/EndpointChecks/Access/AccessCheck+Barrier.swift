internal import Language
internal import Transport
internal import Verdict

extension AccessCheck {
  /// What remains of all claims where the way to the endpoint is so bad that nothing can be asked: the claim that says so,
  /// with its judgement. Nil where something else is in the way.
  func barrier(_ inquiry: inout Inquiry) async -> (claim: String, judgement: Judgement)? {
    guard inquiry.declaration.url?.value.scheme == "https" else { return nil }
    let anything = RequestPlan(path: paths.first?.value ?? "/")
    if let certificate, !inquiry.declaration.connection.tls.insecure {
      let judgement = await validity(certificate.value, anything, &inquiry)
      if case .certificate? = judgement.decisive?.failure { return (Self.certificateClaim, judgement) }
    }
    if let tls {
      // Whoever speaks old versions alone is not understood by anybody else.
      let judgement = await version(tls.value, anything, &inquiry)
      if judgement.outcome == .failed { return (Self.versionClaim, judgement) }
    }
    return nil
  }
}

extension EndpointRun {
  /// The findings where a certificate that is not accepted, or an old version of TLS, keeps everything from being asked: the
  /// claim about it fails, and all others name it. Nil where there is no such claim, and where something else is in the way.
  func barred(_ session: Session) async -> [Finding]? {
    for step in plan.steps {
      guard case .probing(let probing) = step, let check = probing.check as? AccessCheck else { continue }
      var inquiry = Inquiry(declaration, declaration.preset, folders, session, now: context.now, wasReached: false)
      guard let barrier = await check.barrier(&inquiry),
        let claim = probing.planned.first(where: { $0.id.check == barrier.claim }), selection.includes(claim.id)
      else { continue }
      let judgements = check.claims(of: inquiry.preset).map {
        $0.name == barrier.claim ? barrier.judgement : .dependent
      }
      let circumstances = Exchange.Circumstances(wasReached: false, secrets: declaration.secrets)
      let found = probing.findings(judgements, after: inquiry, circumstances, of: selection)
      return wanted(plan.checks).filter { $0.id != plan.stopped?.id }.map { check in
        found.first { $0.id == check.id } ?? check.skipped(because: claim.id)
      }
    }
    return nil
  }
}
