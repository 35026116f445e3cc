import Language
import Synchronization
import Testing
import Verdict

@testable import EndpointChecks
@testable import JSON

/// Requests that use what earlier replies gave.
@Suite struct CapturesTests {
  private func evaluate(_ text: String, only: [String] = []) async throws -> [Finding] {
    let (subject, problems) = endpoint(text)
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(Selection(only), in: .testing)
  }

  @Test(arguments: [
    ("a{{x}}b", "a1b"), ("{{x}}", "1"), ("{{ x }}{{x}}", "11"), ("{{y}}", "{{y}}"),
    ("{{1}} {{}} {{a b}}", "{{1}} {{}} {{a b}}"),
    ("{{{x}}}", "{1}"), ("{x}", "{x}"), ("{{x", "{{x"), ("${x}{{x}}", "${x}1"), ("{port}", "{port}"),
    ("}}{{x}}", "}}1"),
  ])
  func namesAreReplaced(_ text: String, _ expected: String) {
    #expect(Captures(["x": 1]).fill(text) == expected)
  }

  @Test func valuesKeepTheirTypeWhereTheyStandAlone() throws {
    let captures = Captures(["n": 7, "s": "a\"b", "o": ["k": [true]]])
    let template = try JSONParser.parse(#"{"a": "{{n}}", "b": "n={{n}}", "c": ["{{s}}", "{{o}}"], "d": "{{o}}!"}"#)
    #expect(
      captures.fill(template).description
        == #"{"a":7,"b":"n=7","c":["a\"b",{"k":[true]}],"d":"{\"k\":[true]}!"}"#)
  }

  @Test func pathsAreEncoded() async throws {
    let server = try ScriptedServer { request in
      request.line == "GET /first" ? .reply(200, #"{"id": "a/b c?é"}"#) : .reply(200, "{}")
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', checks: [{request: {path: /first, capture: {id: $.id}}}, {request: {path: '/items/{{id}}?x=1'}}]}"
    )
    #expect(findings.map(\.outcome) == [.passed, .passed, .passed])
    #expect(server.requests.last?.line == "GET /items/a%2Fb%20c%3F%C3%A9?x=1")
  }

  @Test func loginIsUsedAndNeverShown() async throws {
    let token = "t0ken-of-the-day"
    let server = try ScriptedServer { request in
      switch request.line {
      case "POST /login": return .reply(200, #"{"token": "\#(token)", "user": 42}"#, headers: "ETag: v7\r\n")
      case "POST /items":
        let isAllowed = request.head.contains("Authorization: Bearer \(token)")
        return .reply(isAllowed ? 201 : 401, #"{"owner": 42, "echo": "\#(token)"}"#)
      default: return .reply(404)
      }
    }
    let findings = try await evaluate(
      """
      {url: '\(server.url)', checks: [
        {request: {id: login, path: /login, method: POST, capture: {token: $.token, user: {json: $.user}, tag: {header: etag}, code: status}}},
        {request: {id: create, path: /items, headers: {Authorization: 'Bearer {{token}}', X-Tag: '{{tag}}/{{code}}'},
          json: {user: '{{user}}', text: 'user {{user}}'},
          expect: {status: 201, json: [{path: $.owner, equals: '{{user}}'}, {path: $.echo, equals: a}]}}}]}
      """)
    #expect(
      findings.outcomes == [
        "login.status=passed", "login.capture token=passed", "login.capture user=passed", "login.capture tag=passed",
        "login.capture code=passed", "create.status=passed", "create.json $.owner=passed", "create.json $.echo=failed",
      ])
    let request = try #require(server.requests.last)
    #expect(request.body == #"{"user":42,"text":"user 42"}"#)
    #expect(request.head.contains("X-Tag: v7/200"))
    #expect(!findings.allText.contains(token), "\(findings.allText)")
    #expect(findings[2].message == "user is 42")
    #expect(findings.last?.reproduce?.contains("\"$AUTHORIZATION\"") == true)
  }

  /// A login whose token every later request and check sends, without saying so each time.
  @Test func theEndpointsHeadersUseWhatWasCaptured() async throws {
    let token = "t0ken-of-the-day"
    let server = try ScriptedServer { request in
      if request.line == "POST /login" { return .reply(200, #"{"token": "\#(token)"}"#) }
      guard request.head.contains("Authorization: Bearer \(token)\r\n") else { return .reply(401, "who are you") }
      return request.line == "POST /score" ? .reply(200, #"{"predictions": [1, 2]}"#) : .reply(200, "{}")
    }
    let text = """
      {url: '\(server.url)', protocol: mlflow, paths: {infer: /score}, rows: [{x: 1}, {x: 2}],
        headers: {Authorization: 'Bearer {{token}}', X-Plain: a}, checks: [
        {request: {id: login, path: /login, method: POST, capture: {token: $.token}}},
        {request: {id: me, path: /me}}, outputs,
        {request: {id: other, path: /me, headers: {Authorization: nobody}, expect: {status: 401}}}]}
      """
    let findings = try await evaluate(text)
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.map(\.message))")
    #expect(!server.requests[0].head.contains("Authorization"), "\(server.requests[0].head)")
    #expect(server.requests.allSatisfy { $0.head.contains("X-Plain: a") })
    #expect(!findings.allText.contains(token), "\(findings.allText)")
    #expect(findings["me.status"]?.reproduce?.contains("\"$AUTHORIZATION\"") == true)
    // Who asks for one check alone gets the login that it needs.
    let only = try await evaluate(text, only: ["endpoints.api.outputs"])
    #expect(only.outcomes == ["outputs=passed"], "\(only.map(\.message))")
  }

  /// What is nearly a captured secret is told to nobody either, also when the secret brings its scheme along.
  @Test(arguments: ["t0ken-of-the-day", "Bearer t0ken-of-the-day"])
  func whatIsNearlyACapturedSecretIsNeverShown(_ secret: String) async throws {
    let part = "t0ken-of-the-da"
    let server = try ScriptedServer { request in
      if request.line == "POST /login" { return .reply(200, #"{"token": "\#(secret)"}"#) }
      let credentials = request.head.split(separator: "\r\n").first { $0.hasPrefix("Authorization: ") } ?? ""
      return credentials.contains(part) ? .reply(200, "welcome, \(credentials)") : .reply(401)
    }
    let scheme = secret.contains(" ") ? "" : "Bearer "
    let findings = try await evaluate(
      """
      {url: '\(server.url)', headers: {Authorization: '\(scheme){{token}}'}, checks: [
        {request: {id: login, path: /login, method: POST, capture: {token: {json: $.token, secret: true}}}},
        {access: {path: /me, banner: false}}]}
      """)
    let wrong = try #require(findings["access.wrong_credentials"], "\(findings.outcomes)")
    #expect(wrong.outcome == .failed && wrong.message.contains("the last character is wrong"), "\(wrong.message)")
    #expect(wrong.evidence.notes.contains { $0.contains("welcome, ") }, "\(wrong.evidence.notes)")
    #expect(!findings.allText.contains(part), "\(findings.allText)")
  }

  /// A reply that is not as expected holds the token all the same, and is shown as evidence.
  @Test(arguments: [
    (#"{"access_token": "t0ken-of-the-day", "id": 7}"#, "$.access_token", 201),
    (#"{"access_token": "t0ken-of-the-day", "id": 7}"#, "$.acess_token", 200),
    (#"{"access_token": "t0ken-of-the-day", "access_token": "t0ken-of-the-day"}"#, "$.access_token", 200),
    ("access_token=t0ken-of-the-day&expires_in=3600", "$.access_token", 200),
  ])
  func aSecretThatIsNotCapturedIsNotShownEither(_ body: String, _ path: String, _ status: Int) async throws {
    let server = try ScriptedServer { _ in .reply(200, body) }
    for (secrecy, header) in [("secret: true", "X-Plain"), ("secret: false", "Authorization")] {
      let findings = try await evaluate(
        """
        {url: '\(server.url)', checks: [
          {request: {id: login, path: /login, capture: {token: {json: \(path), \(secrecy)}}, expect: {status: \(status)}}},
          {request: {id: me, path: /me, headers: {\(header): 'Bearer {{token}}'}}}]}
        """)
      #expect(findings.contains { $0.outcome == .failed }, "\(findings.outcomes)")
      // In JSON the names tell where to look.
      if body.contains("id\"") { #expect(findings.allText.contains("access_token"), "\(findings.allText)") }
      #expect(!findings.allText.contains("t0ken-of"), "\(findings.allText)")
    }
  }

  @Test func withoutTheValueNothingThatNeedsItIsSent() async throws {
    let server = try ScriptedServer { _ in .reply(200, "{}") }
    let findings = try await evaluate(
      """
      {url: '\(server.url)', protocol: mlflow, paths: {infer: /score}, rows: [{x: 1}],
        headers: {Authorization: 'Bearer {{token}}'}, checks: [
        {request: {id: login, path: /login, capture: {token: $.token}}}, {request: {id: me, path: /me}}, outputs]}
      """)
    #expect(
      findings.outcomes == [
        "login.status=passed", "login.capture token=failed", "me.status=skipped", "outputs=skipped",
      ])
    #expect(server.requests.map(\.line) == ["GET /login"])
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:9', headers: {X-A: '{{tokn}}'}, checks: [{request: {path: /, capture: {token: $.t}}}]}")
    #expect(problems.diagnostics.map(\.headline) == ["no request captures \"tokn\""])
    #expect(problems.diagnostics[0].label == "did you mean {{token}}?")
  }

  @Test(arguments: [
    (#"{"other": 1}"#, "$.id is absent"), (#"{"id": null}"#, "$.id is null"), (#"{"id": NaN}"#, "$.id is \"NaN\""),
    ("<html>", "the body is not JSON"),
  ])
  func missingValueStopsWhoeverNeedsIt(_ body: String, _ words: String) async throws {
    let server = try ScriptedServer { _ in .reply(200, body) }
    let findings = try await evaluate(
      "{url: '\(server.url)', checks: [{request: {id: a, path: /a, capture: {id: $.id}}}, "
        + "{request: {id: b, path: '/{{id}}', capture: {next: $.next}}}, {request: {id: c, path: '/{{next}}'}}, {request: {id: d, path: /d}}]}"
    )
    #expect(
      findings.outcomes == [
        "a.status=passed", "a.capture id=failed", "b.status=skipped", "b.capture next=skipped", "c.status=skipped",
        "d.status=passed",
      ])
    #expect(findings[1].message.contains(words), "\(findings[1].message)")
    #expect(findings[2].message.contains("a.\"capture id\""), "\(findings[2].message)")
    #expect(server.requests.map(\.line) == ["GET /a", "GET /d"])
  }

  @Test func selectedRequestBringsWhatItNeeds() async throws {
    let server = try ScriptedServer { _ in .reply(200, #"{"id": 5}"#) }
    let text =
      "{url: '\(server.url)', checks: [{request: {id: a, path: /a, capture: {id: $.id}}}, {request: {id: x, path: /x}}, "
      + "{request: {id: b, path: '/{{id}}'}}]}"
    let findings = try await evaluate(text, only: ["endpoints.api.b"])
    #expect(findings.outcomes == ["b.status=passed"])
    #expect(server.requests.map(\.line) == ["GET /a", "GET /5"])
    let bad = try ScriptedServer { _ in .reply(500, #"{"id": 5}"#) }
    let unusable = try await evaluate(text.replacing(server.url, with: bad.url), only: ["endpoints.api.b"])
    #expect(unusable.outcomes == ["b.status=errored"])
    #expect(
      unusable[0].reason == .capture && unusable[0].message.contains("{{id}} has no value: status is 500"),
      "\(unusable[0].message)")
  }

  @Test(arguments: [
    ("{request: {path: '/{{id}}'}}", "no earlier request captures \"id\""),
    ("{request: {path: '/{{id}}', capture: {id: $.id}}}", "no earlier request captures \"id\""),
    ("{request: {path: /, headers: {X-A: '{{tag}}'}}}", "captures \"tag\""),
    ("{request: {path: /, json: {deep: [{a: 'x{{who}}'}]}}}", "captures \"who\""),
    ("{request: {path: /, expect: {body: '{{text}}'}}}", "captures \"text\""),
    ("{request: {path: /, capture: {a: $.a}}}, {request: {path: /, capture: {a: $.a}}}", "\"a\" is captured twice"),
    ("{request: {path: /, capture: {a: body}}}", "expected a JSONPath such as"),
    ("{request: {path: /, capture: {a: {json: $.a, header: b}}}}", "one source"),
    ("{request: {path: /, capture: {'a b': $.a}}}", "letters, digits"),
    ("{request: {path: /, capture: {a: '$.a['}}}", "the JSONPath cannot be read"),
  ])
  func mistakesAreFoundBeforeAnythingIsSent(_ checks: String, _ headline: String) {
    let (_, problems) = endpoint("{url: 'http://127.0.0.1:9', checks: [\(checks)]}")
    #expect(problems.diagnostics.contains { $0.headline.contains(headline) }, "\(problems.diagnostics.map(\.headline))")
    #expect(problems.diagnostics.allSatisfy { $0.location != nil })
  }
}
