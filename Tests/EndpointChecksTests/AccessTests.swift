import Language
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// Who gets in, and over which way.
@Suite struct AccessTests {
  static let token = "s3cret-t0ken"

  private func evaluate(_ url: String, _ rest: String) async throws -> [Finding] {
    let (subject, problems) = endpoint("{url: '\(url)', \(rest)}", secrets: [Self.token])
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(.everything, in: .testing)
  }

  /// Lets in who brings the token, in any header.
  private static func guarded(_ request: ScriptedServer.Request, refusal: Int = 401) -> ScriptedServer.Answer {
    knows(request) ? .reply(200, "{}", headers: "Server: uvicorn\r\n") : .reply(refusal)
  }

  /// Whether a request brings the token, and nothing behind it.
  private static func knows(_ request: ScriptedServer.Request) -> Bool {
    request.head.contains(token) && !request.head.contains(token + "x")
  }

  private static let checks = "checks: [{access: {path: /predict}}]"

  @Test(arguments: [
    ("auth: {bearer: \(token)}", 9), ("auth: {basic: {username: a, password: \(token)}}", 9),
    ("auth: {api_key: {header: X-API-Key, value: \(token)}}", 7), ("headers: {X-API-Key: \(token)}", 7),
  ])
  func guardedEndpointPasses(_ credentials: String, _ requests: Int) async throws {
    let server = try ScriptedServer { request in
      // Basic hides the token from a look.
      request.head.contains("YTpzM2NyZXQtdDBrZW4=") ? .reply(200) : Self.guarded(request, refusal: 403)
    }
    let findings = try await evaluate(server.url, "\(credentials), \(Self.checks)")
    #expect(
      findings.outcomes == ["access.anonymous=passed", "access.wrong_credentials=passed", "access.banner=passed"],
      "\(findings.map(\.message))")
    // The right ones, none, invented ones, four that are nearly right, and those of other forms.
    #expect(server.requests.map(\.line) == Array(repeating: "GET /predict", count: requests))
    #expect(!server.requests.dropFirst().contains { Self.knows($0) })
    #expect(!findings.allText.contains(Self.token))
  }

  /// Who compares a part of a key lets in whoever knows that part; and what is nearly a secret is told to nobody.
  @Test(arguments: [
    (String(token.dropLast()), "the last character is wrong"),
    (String(token.dropFirst()), "the first character is wrong"),
  ])
  func nearlyRightIsWrong(_ part: String, _ words: String) async throws {
    let server = try ScriptedServer { request in
      let line = request.head.split(separator: "\r\n").first { $0.hasPrefix("X-API-Key: ") } ?? ""
      return line.contains(part) ? .reply(200, "welcome, \(line)") : .reply(401)
    }
    let findings = try await evaluate(
      server.url, "auth: {api_key: {header: X-API-Key, value: \(Self.token)}}, \(Self.checks)")
    #expect(findings.outcomes.prefix(2) == ["access.anonymous=passed", "access.wrong_credentials=failed"])
    #expect(
      findings[1].message
        == "with credentials of which only \(words) the status of GET /predict is 200, but must be 401 or 403",
      "\(findings[1].message)")
    #expect(!findings.allText.contains(part))
  }

  /// Who lets in more than it should, by the lines of a request's head.
  enum LooseGuard: String, CaseIterable {
    case beginning = "with the right credentials and one character more"
    case anyCase = "with the right credentials in the other case"
    case empty = "with an empty token"
    case otherScheme = "with invented credentials of another scheme"

    func letsIn(_ head: String) -> Bool {
      if head.contains("Bearer \(AccessTests.token)\r\n") { return true }
      return switch self {
      case .beginning: head.contains("Bearer \(AccessTests.token)")
      case .anyCase: head.lowercased().contains("bearer \(AccessTests.token)\r\n")
      case .empty: head.contains("Authorization: Bearer\r\n") || head.contains("Authorization: Bearer \r\n")
      case .otherScheme: head.contains("Authorization: Basic ")
      }
    }
  }

  @Test(arguments: LooseGuard.allCases) func looseGuardsAreFound(_ loose: LooseGuard) async throws {
    let server = try ScriptedServer { loose.letsIn($0.head + "\r\n") ? .reply(200) : .reply(401) }
    let findings = try await evaluate(server.url, "auth: {bearer: \(Self.token)}, \(Self.checks)")
    #expect(findings.outcomes.prefix(2) == ["access.anonymous=passed", "access.wrong_credentials=failed"])
    let words = "\(loose.rawValue) the status of GET /predict is 200, but must be 401 or 403"
    #expect(findings[1].message == words, "\(findings[1].message)")
    #expect(!findings.allText.lowercased().contains(Self.token))
  }

  /// The lowest bits of the last character of Base64 may be padding, which a reader drops.
  @Test(
    arguments: [
      ("abcdefghijkl", "xbcdefghijkl", "abcdefghijkA"), ("QWJjZGVmZ2g=", "xWJjZGVmZ2g=", "QWJjZGVmZ2A="),
      ("12345678", "A2345678", "1234567A"), ("1234567", nil, nil), ("", nil, nil), ("========", "A=======", nil),
    ] as [(String, String?, String?)])
  func nearMissesDifferInOneCharacter(_ credential: String, _ first: String?, _ last: String?) {
    #expect(Falsification.firstCharacter.wrong(for: credential) == first)
    #expect(Falsification.lastCharacter.wrong(for: credential) == last)
  }

  @Test func openEndpointFails() async throws {
    let server = try ScriptedServer { _ in .reply(200) }
    let findings = try await evaluate(server.url, "auth: {bearer: \(Self.token)}, \(Self.checks)")
    #expect(findings.outcomes.prefix(2) == ["access.anonymous=failed", "access.wrong_credentials=failed"])
    #expect(findings[0].message == "without credentials the status of GET /predict is 200, but must be 401 or 403")
    #expect(findings[0].reproduce == "curl -sS -i \(server.url)/predict")
  }

  /// Where the rows cannot be sent something else is asked, which is said.
  @Test func rowsThatCannotBeSentAreTold() async throws {
    let server = try ScriptedServer { Self.guarded($0) }
    let rest = "protocol: litserve, auth: {bearer: \(Self.token)}, rows: missing.csv, \(Self.checks)"
    let finding = try #require(try await evaluate(server.url, rest)["access.anonymous"])
    #expect(finding.message == "without credentials the status of GET /predict is 401", "\(finding.message)")
    let words = "no row could be sent, and GET /predict was asked instead: "
    #expect(
      finding.evidence.notes.contains { $0.hasPrefix(words) && $0.contains("missing.csv") }, "\(finding.evidence.notes)"
    )
  }

  @Test func anyTokenIsNoGuard() async throws {
    let server = try ScriptedServer { $0.head.contains("Authorization") ? .reply(200) : .reply(401) }
    let findings = try await evaluate(server.url, "auth: {bearer: \(Self.token)}, \(Self.checks)")
    #expect(findings.outcomes.prefix(2) == ["access.anonymous=passed", "access.wrong_credentials=failed"])
  }

  @Test func refusingEverybodyProvesNothing() async throws {
    let server = try ScriptedServer { _ in .reply(401) }
    let findings = try await evaluate(server.url, "auth: {bearer: \(Self.token)}, \(Self.checks)")
    #expect(findings.outcomes.prefix(2) == ["access.anonymous=errored", "access.wrong_credentials=errored"])
    #expect(findings[0].reason == .nothingToEvaluate && findings[0].message.contains("nothing is proven"))
  }

  /// Where the config has no credentials, nobody knows which ones would be wrong; who lets in any has failed all the same.
  @Test func aTokenThatIsMadeUpProvesNothingByBeingRefused() async throws {
    let guarded = try ScriptedServer { Self.guarded($0) }
    let findings = try await evaluate(guarded.url, "checks: [{access: {path: /predict, banner: false}}]")
    #expect(findings.outcomes == ["access.anonymous=passed", "access.wrong_credentials=skipped"])
    #expect(findings[1].message.contains("add auth:") && findings[1].reason == .nothingToEvaluate)
    let credulous = try ScriptedServer { $0.head.contains("Authorization: Bearer ") ? .reply(200) : .reply(401) }
    let found = try await evaluate(credulous.url, "checks: [{access: {path: /predict, banner: false}}]")
    #expect(found.outcomes == ["access.anonymous=passed", "access.wrong_credentials=failed"])
  }

  /// A secret is a credential whatever its header is called, and the scheme of a wrong one is the right one.
  @Test(arguments: ["X-Model: \(token)", "Authorization: Token \(token)"])
  func credentialsAreKnownByTheirSecret(_ header: String) async throws {
    let server = try ScriptedServer { Self.guarded($0) }
    let (subject, _) = endpoint(
      "{url: '\(server.url)', headers: {\(header)}, \(Self.checks)}",
      secrets: [Self.token, "Token \(Self.token)"])
    let findings = await (try #require(subject)).evaluate(.everything, in: .testing)
    #expect(findings.prefix(2).allSatisfy { $0.outcome == .passed }, "\(findings.map(\.message))")
    #expect(!server.requests[1].head.contains(header.prefix { $0 != ":" }))
    #expect(server.requests[2].head.contains(header.replacing(Self.token, with: Authentication.nonsense)))
  }

  @Test func otherRefusalsCountWhenTheConfigSaysSo() async throws {
    let server = try ScriptedServer { Self.guarded($0, refusal: 404) }
    let rest = "auth: {bearer: \(Self.token)}, checks: [{access: {path: /, status: [404], banner: false}}]"
    #expect(
      try await evaluate(server.url, rest).outcomes == ["access.anonymous=passed", "access.wrong_credentials=passed"])
    let strict = try await evaluate(server.url, rest.replacing(", status: [404]", with: ""))
    #expect(strict.map(\.outcome) == [.failed, .failed])
  }

  @Test(arguments: [
    ("Server: nginx/1.18.0", false), ("Server: uvicorn", true), ("Server: SimpleHTTP/0.6 Python/3.11.7", false),
    ("Server: gunicorn 21.2.0", false), ("X-Powered-By: Express", true), ("X-Powered-By: PHP/8.1", false),
    ("X-AspNet-Version: whatever", false), ("Via: 1.1 gateway", true), ("Via: 1.1 varnish/7.0", false),
    ("X-Request-Id: 1.2.3", true), ("Server: h2o", true), ("Server: model-3", true),
  ])
  func bannerTellsNoVersion(_ header: String, _ isFine: Bool) async throws {
    let server = try ScriptedServer { request in
      request.head.contains(Self.token) ? .reply(200, headers: header + "\r\n") : .reply(401)
    }
    let findings = try await evaluate(server.url, "auth: {bearer: \(Self.token)}, \(Self.checks)")
    #expect(findings["access.banner"]?.outcome == (isFine ? .passed : .failed), "\(findings.map(\.message))")
  }

  /// Who turns strangers away tells of itself there.
  @Test func theBannerOfARefusalIsJudged() async throws {
    let server = try ScriptedServer { request in
      request.head.contains(Self.token) ? .reply(200) : .reply(401, headers: "Server: nginx/1.18.0\r\n")
    }
    let findings = try await evaluate(server.url, "auth: {bearer: \(Self.token)}, \(Self.checks)")
    #expect(findings["access.banner"]?.outcome == .failed)
  }

  @Test func theFirstRequestIsWhatMustNotBeOpen() async throws {
    let server = try ScriptedServer { Self.guarded($0) }
    let findings = try await evaluate(
      server.url,
      "auth: {bearer: \(Self.token)}, checks: [access, {request: {path: /v1/predict, json: {a: 1}}}]")
    #expect(findings.map(\.outcome) == [.passed, .passed, .passed, .passed])
    #expect(server.requests.prefix(3).allSatisfy { $0.line == "POST /v1/predict" && $0.body == #"{"a":1}"# })
    let (_, problems) = endpoint("{url: '\(server.url)', checks: [access]}")
    #expect(problems.diagnostics.map(\.headline).contains { $0.hasPrefix("there is no request to send") })
  }

  /// A request of the config may ask for something that is guarded while the predictions are not.
  @Test func rowsAreAskedBeforeRequests() async throws {
    let server = try ScriptedServer { request in
      request.line == "GET /about" ? Self.guarded(request) : .reply(200, #"{"predictions": [1]}"#)
    }
    let findings = try await evaluate(
      server.url,
      "protocol: litserve, auth: {bearer: \(Self.token)}, rows: [{a: 1}], "
        + "checks: [{access: {banner: false}}, {request: {id: about, path: /about}}]")
    #expect(
      findings.outcomes == ["access.anonymous=failed", "access.wrong_credentials=failed", "about.status=passed"],
      "\(findings.map(\.message))")
  }

  /// Rows are a request, too, and sent where the check says.
  @Test func rowsAreWhatMustNotBeOpen() async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST") ? Self.guarded(request) : .reply(405)
    }
    let auth = "protocol: litserve, auth: {api_key: {header: X-API-Key, value: \(Self.token)}}, rows: [{a: 1}], "
    for check in ["access", "{access: {path: /predict}}", "{access: {rows: [{b: 2}], path: /other}}"] {
      let findings = try await evaluate(server.url, auth + "checks: [\(check)]")
      #expect(findings.map(\.outcome) == [.passed, .passed, .passed], "\(check): \(findings.map(\.message))")
    }
    let lines = server.requests.map(\.line)
    #expect(lines == Array(repeating: "POST /predict", count: 14) + Array(repeating: "POST /other", count: 7))
    #expect(server.requests[14].body.contains("2"))
  }

  /// One route that goes around the guard is enough, whichever it is.
  @Test func everyRouteOfPredictionsMustBeGuarded() async throws {
    let server = try ScriptedServer { request in
      request.line == "POST /open" ? .reply(200, #"{"predictions": [1]}"#) : Self.guarded(request)
    }
    let auth = "protocol: litserve, auth: {api_key: {header: X-API-Key, value: \(Self.token)}}, rows: [{a: 1}], "
    let inference = "{request: {id: side, path: /open, json: {a: 1}}}, {request: {id: about, path: /about}}"
    let found = try await evaluate(server.url, auth + "checks: [{access: {banner: false}}, \(inference)]")
    #expect(found.outcomes.prefix(2) == ["access.anonymous=failed", "access.wrong_credentials=failed"])
    #expect(found[0].message == "without credentials the status of POST /open is 200, but must be 401 or 403")
    #expect(found[0].reproduce?.contains("/open") == true)
    #expect(found[0].evidence.notes.contains("without credentials the status of POST /predict is 401"))
    // What is named is asked as the config asks it.
    let named = try await evaluate(
      server.url, auth + "checks: [{access: {path: [/predict, /open], banner: false}}, \(inference)]")
    #expect(named.first?.message == found.first?.message, "\(named.map(\.message))")
    let one = try await evaluate(
      server.url, auth + "checks: [{access: {path: /predict, banner: false}}, \(inference)]")
    #expect(one.first?.outcome == .passed, "\(one.map(\.message))")
  }

  /// A route that does not know the method refuses nobody.
  @Test func whatIsNotThereProvesNothing() async throws {
    let server = try ScriptedServer { _ in .reply(405) }
    let findings = try await evaluate(server.url, "auth: {bearer: \(Self.token)}, \(Self.checks)")
    #expect(findings.outcomes.prefix(2) == ["access.anonymous=errored", "access.wrong_credentials=errored"])
    #expect(findings[0].message.contains("nothing is there to be refused"), "\(findings[0].message)")
  }

  /// Whoever asks without credentials shows no certificate, and being turned away for that is a refusal.
  @Test(.enabled(if: OpenSSLServer.isInstalled)) func theCertificateIsACredential() async throws {
    try await OpenSSLServer.run(["-tls1_2"]) { url, certificate in
      let findings = try await evaluate(
        url,
        "tls: {ca: '\(certificate)', certificate: '\(certificate)', key: '\(certificate)'}, "
          + "checks: [{access: {path: /, banner: false}}]")
      #expect(findings.first?.reproduce?.contains("--cert") == false, "\(findings.map(\.message))")
    }
  }

  @Test func silentEndpointIsAnError() async throws {
    let findings = try await evaluate("http://127.0.0.1:1", Self.checks)
    #expect(findings.first?.outcome == .errored && findings.first?.reason == .transport, "\(findings.map(\.message))")
    #expect(!findings.contains { $0.outcome == .passed })
  }

  // MARK: - TLS

  private static func tlsChecks(_ certificate: String, _ options: String) -> String {
    "tls: {ca: '\(certificate)'}, checks: [{access: {path: /, banner: false, \(options)}}]"
  }

  @Test(.enabled(if: OpenSSLServer.isInstalled)) func modernServerPasses() async throws {
    try await OpenSSLServer.run(["-tls1_2"]) { url, certificate in
      let findings = try await evaluate(url, Self.tlsChecks(certificate, "tls: 1.2, certificate: {at_least: 9d}"))
      #expect(findings["access.tls"]?.outcome == .passed, "\(findings.map(\.message))")
      #expect(findings["access.certificate"]?.outcome == .passed, "\(findings.map(\.message))")
      let stricter = try await evaluate(url, Self.tlsChecks(certificate, "tls: 1.3"))
      #expect(stricter["access.tls"]?.message.contains("the server speaks TLS 1.2 or older") == true)
    }
  }

  @Test(.enabled(if: OpenSSLServer.isInstalled)) func oldServerFails() async throws {
    try await OpenSSLServer.run(["-min_protocol", "TLSv1", "-cipher", "DEFAULT@SECLEVEL=0"]) { url, certificate in
      let findings = try await evaluate(url, Self.tlsChecks(certificate, "tls: 1.2"))
      #expect(findings["access.tls"]?.outcome == .failed, "\(findings.map(\.message))")
      #expect(findings["access.tls"]?.reproduce?.contains("--tls-max 1.1") == true)
    }
  }

  /// Nobody else can ask such a server anything, and the claim about its version says why.
  @Test(.enabled(if: OpenSSLServer.isInstalled), arguments: ["", "ready: {within: 1s}, "])
  func aServerThatSpeaksOldVersionsAloneFails(_ ready: String) async throws {
    let old = ["-min_protocol", "TLSv1", "-max_protocol", "TLSv1.1", "-cipher", "DEFAULT@SECLEVEL=0"]
    try await OpenSSLServer.run(old) { url, certificate in
      let findings = try await evaluate(
        url,
        "\(ready)tls: {ca: '\(certificate)'}, checks: [{request: {path: /}}, {access: {path: /, banner: false, tls: 1.2}}]"
      )
      #expect(findings["access.tls"]?.outcome == .failed, "\(findings.map(\.message))")
      #expect(findings["access.tls"]?.message.contains("the server speaks TLS 1.1 or older") == true)
      #expect(findings.filter { $0.id.check != "tls" }.allSatisfy { $0.outcome == .skipped }, "\(findings.outcomes)")
    }
  }

  @Test(.enabled(if: OpenSSLServer.isInstalled)) func certificateOfAnotherHostFailsWhateverIsAccepted() async throws {
    try await OpenSSLServer.run { url, certificate in
      let other = url.replacing("127.0.0.1", with: "localhost")
      let checks = Self.tlsChecks(certificate, "certificate: {at_least: 1d}")
      let findings = try await evaluate(other, checks.replacing("tls: {", with: "tls: {insecure: true, "))
      #expect(findings["access.certificate"]?.outcome == .failed, "\(findings.map(\.message))")
      #expect(findings["access.certificate"]?.message.contains("is for another host than localhost") == true)
    }
  }

  @Test(.enabled(if: OpenSSLServer.isInstalled)) func anExpiredCertificateFailsWhateverIsAccepted() async throws {
    try await OpenSSLServer.run(days: -1) { url, certificate in
      let checks = Self.tlsChecks(certificate, "certificate: {at_least: 1d}")
      for tls in ["tls: {", "tls: {insecure: true, "] {
        let findings = try await evaluate(url, checks.replacing("tls: {", with: tls))
        let finding = try #require(findings["access.certificate"])
        #expect(finding.outcome == .failed, "\(findings.map(\.message))")
        #expect(finding.message.hasPrefix("the certificate has expired: it was valid until "), "\(finding.message)")
      }
      // To every other check the way there is broken, which says nothing of what is behind it.
      let request = try await evaluate(url, "tls: {ca: '\(certificate)'}, checks: [{request: {path: /}}]")
      #expect(request.map(\.outcome) == [.errored] && request[0].message.contains("expired"), "\(request[0].message)")
    }
  }

  @Test(.enabled(if: OpenSSLServer.isInstalled)) func theHostOfTheCertificateIsNamed() async throws {
    try await OpenSSLServer.run { url, certificate in
      let other = url.replacing("127.0.0.1", with: "localhost")
      let findings = try await evaluate(other, Self.tlsChecks(certificate, "certificate: {at_least: 1d}"))
      #expect(findings["access.certificate"]?.outcome == .failed)
      #expect(findings["access.certificate"]?.message.contains("localhost") == true, "\(findings.map(\.message))")
    }
  }

  @Test(.enabled(if: OpenSSLServer.isInstalled)) func weSpeakNothingOlderThanTheMinimum() async throws {
    try await OpenSSLServer.run(["-tls1_2"]) { url, certificate in
      func request(_ minimum: String) async throws -> Finding {
        let config = "tls: {ca: '\(certificate)', minimum: \(minimum)}, checks: [{request: {path: /}}]"
        return try #require(try await evaluate(url, config).first)
      }
      #expect(try await request("1.2").outcome == .passed)
      let refused = try await request("1.3")
      #expect(refused.outcome == .errored && refused.reason == .transport, "\(refused.message)")
      #expect(refused.reproduce?.contains("--tlsv1.3") == true)
    }
  }

  @Test func plainHTTPIsNotEncrypted() async throws {
    let server = try ScriptedServer { _ in .reply(401) }
    let findings = try await evaluate(
      server.url, "checks: [{access: {path: /, banner: false, tls: 1.2, certificate: {at_least: 1d}}}]")
    #expect(findings["access.tls"]?.outcome == .failed && findings["access.certificate"]?.outcome == .failed)
  }

  @Test(arguments: [
    (100.0, Outcome.passed, "another"), (9 * 86_400.0, .passed, "another 9d"), (11 * 86_400.0, .failed, "at least 11d"),
  ])
  func timeLeftIsHeldAgainstTheLimit(_ least: Double, _ outcome: Outcome, _ words: String) {
    let now: Int64 = 1_700_000_000
    let certificate = PeerCertificate(subject: "s", issuer: "i", notBefore: now - 1, notAfter: now + 9 * 86_400)
    let judgement = AccessCheck.judge(certificate, Quantity(least, .seconds), now: now)
    #expect(judgement.outcome == outcome && judgement.message.contains(words), "\(judgement.message)")
    #expect(
      AccessCheck.judge(certificate, Quantity(1, .seconds), now: now + 10 * 86_400).message.contains("has expired"))
    #expect(AccessCheck.judge(nil, Quantity(1, .seconds), now: now).outcome == .errored)
  }
}
