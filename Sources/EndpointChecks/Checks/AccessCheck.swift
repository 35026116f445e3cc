internal import Language
internal import Transport
internal import Verdict

/// Nobody gets an answer without the right credentials, and the way there is safe.
struct AccessCheck: ProbingCheck {
  var options = ProbingOptions()
  let isRetried = true
  /// What is asked; none for the routes that answer with predictions (see ``routes(_:)``).
  var paths: [Located<String>] = []
  /// The statuses that mean no.
  var refusals = [401, 403]
  /// The oldest version of TLS that the server may speak.
  var tls: Located<TLSVersion>?
  /// How long the certificate must still be valid.
  var certificate: Located<Quantity>?
  var judgesBanner = true

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "access",
    summary:
      "Without credentials and with wrong ones, also with nearly right ones, the endpoint answers 401 or 403, and no "
      + "header tells the versions of its software. With tls, the server refuses older versions; with certificate, "
      + "the certificate is for the host and valid long enough.",
    why: "A model behind an open port is copied by asking it. Gateways are the usual guard, and one route that goes "
      + "around the gateway is enough. A refusal counts only when the right credentials are not refused as well.",
    example: "auth: {api_key: {header: X-API-Key, value: \"${secret:API_KEY}\"}}\nchecks:\n"
      + "  - access: {tls: \"1.2\", certificate: {at_least: 14d}}",
    fix:
      "Look at the reply with the curl command of the finding. Health paths are often open on purpose: name the path "
      + "that must not be. Turn the banner off in the server (uvicorn: --no-server-header; nginx: server_tokens off).")

  static let bare: AccessCheck? = AccessCheck()

  static var shape: Shape<AccessCheck> {
    let valid = Shape<Located<Quantity>?>.object(
      nil,
      [
        .key(
          "at_least", \.self, Shape<Quantity>.duration.located.optional, "How long it must still be valid: 14d.",
          required: true)
      ])
    return Shape<AccessCheck>.object(
      AccessCheck(),
      [
        .key(
          "path", \.paths, Shape<String>.requestPath.located.oneOrMany,
          "The paths that must not be open; when left out those to which rows and bodies are sent, else that of the first "
            + "request."
        ),
        .key(
          "status", \.refusals, Shape<Int>.integer(in: 400...499).oneOrMany, "The statuses that mean no; 401 and 403."),
        .optional(
          "tls", \.tls, Shape<TLSVersion>.choice.located,
          "The oldest version of TLS that the server may speak: \"1.2\"."
        ),
        .key("certificate", \.certificate, valid, "How long the server's certificate must still be valid."),
        .key("banner", \.judgesBanner, .bool, "Whether headers may not tell versions of software; true."),
      ] + ProbingOptions.keys(\.options))
  }

  var sendsRows: Bool { false }
  var needsQuestion: Bool { paths.isEmpty }

  static let versionClaim = "tls"
  static let certificateClaim = "certificate"

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    [ProbingClaim(name: "anonymous"), ProbingClaim(name: "wrong_credentials")]
      + (judgesBanner ? [ProbingClaim(name: "banner")] : [])
      + [tls.map { ProbingClaim(name: Self.versionClaim, location: $0.location) }].compactMap { $0 }
      + [certificate.map { ProbingClaim(name: Self.certificateClaim, location: $0.location) }].compactMap { $0 }
  }

  func faults(of claim: String) -> [ReplyFault] {
    switch claim {
    case "anonymous", "wrong_credentials": [.status]
    case "banner": [.banner]
    default: []
    }
  }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    let routes: Routes
    do throws(Complaint) {
      routes = try await self.routes(&inquiry)
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
    let credentials = Credentials(of: inquiry.declaration)
    var refusals: [Judgement] = []
    var refusalsOfImpostors: [Judgement] = []
    var banner: Judgement?
    for route in routes.requests where !Task.isCancelled {
      let admitted = await inquiry.send(route)
      let anonymous = await inquiry.send(credentials.removed(from: route)) { credentials.removed(from: $0) }
      refusals.append(refusal(of: anonymous, asking: route, admitted, inquiry, "without credentials"))
      refusalsOfImpostors.append(await refusal(ofImpostorsAsking: route, admitted, &inquiry))
      guard judgesBanner, banner == nil else { continue }
      // What guards an endpoint is another program, which tells of itself where it refuses.
      let told = self.banner(admitted, inquiry)
      banner = told.outcome == .passed && anonymous.response != nil ? self.banner(anonymous, inquiry) : told
    }
    var judgements = [routes.judgement(refusals), routes.judgement(refusalsOfImpostors)] + [banner].compactMap { $0 }
    if let tls { judgements.append(await version(tls.value, routes.first, &inquiry)) }
    if let certificate { judgements.append(await validity(certificate.value, routes.first, &inquiry)) }
    if let remark = routes.remark {
      for index in judgements.indices { judgements[index].evidence.notes.append(remark) }
    }
    return judgements
  }

  // MARK: - Credentials

  private func refusal(
    of transcript: Transcript, asking question: RequestPlan, _ admitted: Transcript, _ inquiry: Inquiry, _ how: String
  ) -> Judgement {
    let wanted = refusals.map { String($0) }.joined(separator: " or ")
    let limit = Bound.text(wanted)
    let route = question.route
    guard let status = transcript.response?.status else {
      var judgement = Judgement(unanswered: transcript, inquiry)
      // Whoever insists on a certificate hangs up on those who show none.
      if lacksCertificate(transcript, inquiry), admitted.response != nil, transcript.failure?.isHangUp == true {
        judgement = Judgement(.passed, "\(how) the connection is refused")
      }
      judgement.evidence.limit = limit
      judgement.decisive = transcript
      return judgement
    }
    var judgement: Judgement
    let evidence = Evidence(observed: Quantity(Double(status)), limit: limit)
    // nginx answers 400 to whoever shows no certificate.
    let isRefusal = refusals.contains(status) || status == 400 && lacksCertificate(transcript, inquiry)
    if !isRefusal, admitted.response?.status == status, [404, 405, 501].contains(status) {
      judgement = Judgement(
        .errored,
        "\(how) the status of \(route) is \(status), and with the credentials of the config, too: nothing is there to be "
          + "refused", reason: .nothingToEvaluate, evidence: evidence)
    } else if !isRefusal {
      judgement = Judgement(
        .failed, "\(how) the status of \(route) is \(status), but must be \(wanted)", evidence: evidence)
    } else if Credentials(of: inquiry.declaration).stand(in: admitted.request), let own = admitted.response?.status,
      refusals.contains(own) || own == status
    {
      judgement = Judgement(
        .errored,
        "\(how) the status of \(route) is \(status), and with the credentials of the config \(own) too: nothing is proven",
        reason: .nothingToEvaluate, evidence: evidence)
    } else {
      judgement = Judgement(.passed, "\(how) the status of \(route) is \(status)", evidence: evidence)
    }
    judgement.decisive = transcript
    return judgement
  }

  /// Wrong credentials are told from none only where the config says which ones count. Invented ones come first, then
  /// those that are nearly right; the first that is not refused decides.
  private func refusal(
    ofImpostorsAsking question: RequestPlan, _ admitted: Transcript, _ inquiry: inout Inquiry
  ) async -> Judgement {
    let credentials = Credentials(of: inquiry.declaration)
    let invented = await asking(question, with: .invented, &inquiry)
    guard credentials.canBeWrong(in: admitted.request) else {
      var judgement = refusal(
        of: invented, asking: question, admitted, inquiry, "with a bearer token that nobody gave out")
      guard judgement.outcome == .passed else { return judgement }
      (judgement.outcome, judgement.reason) = (.skipped, .nothingToEvaluate)
      judgement.message += ", as without any; the config does not say which credentials count: add auth:"
      return judgement
    }
    let judgement = refusal(of: invented, asking: question, admitted, inquiry, Falsification.invented.words)
    for falsification in credentials.nearMisses(of: admitted.request) where judgement.outcome == .passed {
      let near = refusal(
        of: await asking(question, with: falsification, &inquiry), asking: question, admitted, inquiry,
        falsification.words)
      if near.outcome != .passed { return near }
    }
    return judgement
  }

  private func asking(
    _ question: RequestPlan, with falsification: Falsification, _ inquiry: inout Inquiry
  ) async -> Transcript {
    let credentials = Credentials(of: inquiry.declaration)
    return await inquiry.send(credentials.falsified(in: question, falsification)) {
      credentials.falsified(in: $0, falsification)
    }
  }

  /// Whether a certificate is what was left out.
  private func lacksCertificate(_ transcript: Transcript, _ inquiry: Inquiry) -> Bool {
    inquiry.declaration.connection.tls.certificate != nil && transcript.request.tls.clientCertificateFile == nil
  }

  // MARK: - Banner

  private static let tellingHeaders = [
    "Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Generator", "Via",
  ]

  private func banner(_ transcript: Transcript, _ inquiry: Inquiry) -> Judgement {
    let limit = Bound.text("no version in \(Self.tellingHeaders.joined(separator: ", "))")
    guard let reply = inquiry.reply(of: transcript) else {
      var judgement = Judgement(unanswered: transcript, inquiry)
      judgement.decisive = transcript
      return judgement
    }
    let telling = Self.tellingHeaders.flatMap { name in
      reply.response.headers.values(of: name).filter { Self.tellsVersion($0, of: name) }.map { (name, $0) }
    }
    let samples = telling.map { Evidence.Sample(key: $0.0, value: reply.excerpt($0.1)) }
    var judgement =
      telling.first.map { name, value in
        Judgement(
          .failed, "the header \(name) tells the version of the software: \"\(reply.excerpt(value))\"",
          evidence: Evidence(observedText: reply.excerpt(value), limit: limit, samples: samples))
      } ?? Judgement(.passed, "no header tells a version", evidence: Evidence(limit: limit))
    judgement.decisive = transcript
    return judgement
  }

  /// A product with a number behind it: `nginx/1.18.0`, `Python 3.11`. The number of the protocol in `Via` is none.
  private static func tellsVersion(_ value: String, of name: String) -> Bool {
    if name.hasPrefix("X-AspNet") { return true }
    let words = value.split { " ,;()".contains($0) }
    return (name == "Via" ? words.dropFirst() : words[...]).contains { word in
      let number = word.split(separator: "/").last ?? word
      return number.first?.isNumber == true && (word.contains("/") || number.contains("."))
    }
  }
}

extension Judgement {
  /// What an exchange without a complete response says.
  init(unanswered transcript: Transcript, _ inquiry: Inquiry) {
    guard let error = transcript.failure else {
      self.init(.errored, "there was no reply", reason: .transport)
      return
    }
    self.init(of: error, wasReached: inquiry.wasReached)
  }
}
