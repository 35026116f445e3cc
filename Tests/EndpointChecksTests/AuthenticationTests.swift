import Language
import TestSupport
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// Who we are: what goes over the wire, and that nobody sees it afterwards.
@Suite struct AuthenticationTests {
  static let token = "s3cret-t0ken/+?"

  private func evaluate(_ server: ScriptedServer, _ rest: String) async throws -> [Finding] {
    let (subject, problems) = endpoint(
      "{url: '\(server.url)', \(rest)}", secrets: [Self.token])
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(.everything, in: .testing)
  }

  @Test(arguments: [
    ("{bearer: \(token)}", "Authorization: Bearer \(token)", "GET /a?b=c"),
    // printf 'ada:s3cret-t0ken/+?' | base64
    ("{basic: {username: ada, password: \(token)}}", "Authorization: Basic YWRhOnMzY3JldC10MGtlbi8rPw==", "GET /a?b=c"),
    ("{api_key: {header: X-API-Key, value: \(token)}}", "X-API-Key: \(token)", "GET /a?b=c"),
    ("{api_key: {query: 'api key', value: \(token)}}", "Host:", "GET /a?b=c&api%20key=s3cret-t0ken%2F%2B%3F"),
  ])
  func credentialIsSentAndNeverShown(_ auth: String, _ header: String, _ line: String) async throws {
    // A server that repeats all that it was sent, right and wrong.
    for status in [200, 500] {
      let server = try ScriptedServer { request in
        let echo = request.head.replacing("\r\n", with: "|")
        return .reply(status, "{\"echo\": \"\(echo)\"}", headers: "X-Echo: \(echo)\r\n")
      }
      let findings = try await evaluate(
        server,
        "auth: \(auth), checks: [{request: {path: '/a?b=c', expect: {headers: {x-echo: x}, json: [{path: $.echo, equals: x}]}}}]"
      )
      let request = try #require(server.requests.first)
      #expect(request.head.contains(header), "\(request.head)")
      #expect(request.line == line)
      #expect(findings.count == 3)
      for text in ["s3cret", "YWRhOnMz"] { #expect(!findings.allText.contains(text), "\(findings.allText)") }
      #expect(findings[0].reproduce?.hasPrefix("curl ") == true)
    }
  }

  @Test func aHeaderOfTheRequestGoesFirst() async throws {
    let server = try ScriptedServer { _ in .reply(200) }
    _ = try await evaluate(
      server, "auth: {bearer: \(Self.token)}, checks: [{request: {path: /, headers: {authorization: none}}}]")
    let head = try #require(server.requests.first?.head)
    #expect(head.contains("authorization: none") && !head.contains("Bearer"))
  }

  @Test func readinessIsAskedWithTheCredential() async throws {
    let server = try ScriptedServer { $0.head.contains("Bearer \(Self.token)") ? .reply(200) : .reply(503) }
    #expect(try await evaluate(server, "auth: {bearer: \(Self.token)}, checks: [ready]").outcomes == ["ready=passed"])
  }

  @Test(arguments: [
    ("auth: {bearer: written-down}", "a credential stands in the file"),
    ("auth: {basic: {username: a, password: written-down}}", "a credential stands in the file"),
    ("auth: {basic: {username: 'a:b', password: \(token)}}", "no colon"),
    ("auth: {api_key: {header: X-Key, value: written-down}}", "a credential stands in the file"),
    ("auth: {api_key: {value: \(token)}}", "in a header or in the query"),
    ("auth: {api_key: {header: A, query: b, value: \(token)}}", "in a header or in the query"),
    ("auth: {bearer: \(token), api_key: {header: A, value: \(token)}}", "auth is one of"),
    ("auth: {}", "auth is one of"),
    ("auth: {aws_sigv4: {region: 'a/b', service: s, access_key: \(token), secret_key: \(token)}}", "letters, digits"),
    ("auth: {aws_sigv4: {region: eu, service: s, access_key: \(token), secret_key: written}}", "a credential stands"),
    ("tls: {key: a.pem}", "needs its certificate"), ("tls: {minimum: '1.4'}", "is not one of"),
    ("proxy: 'proxy:3128'", "the address of a proxy"), ("proxy: 'http://u:p@proxy:3128'", "a credential stands"),
    ("http: 3", "is not one of"),
  ])
  func mistakesAreFoundBeforeAnythingIsSent(_ part: String, _ headline: String) {
    let (_, problems) = endpoint("{url: 'https://127.0.0.1:9', \(part), checks: [ready]}", secrets: [Self.token])
    #expect(problems.diagnostics.contains { $0.headline.contains(headline) }, "\(problems.diagnostics.map(\.headline))")
    #expect(problems.diagnostics.allSatisfy { $0.location != nil })
    #expect(!problems.diagnostics.contains { ([$0.headline, $0.label ?? ""] + $0.help).joined().contains("s3cret") })
  }

  @Test func credentialWithALineBreakIsRefusedUnseen() {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:9', auth: {bearer: 's3cret\n'}, checks: [ready]}", secrets: ["s3cret\n"])
    #expect(problems.diagnostics.map(\.headline) == ["the credential holds a line break or another control character"])
  }

  @Test func reproductionNamesTheIdentityAndTheRoute() {
    var secrets = Secrets()
    secrets.add("k3y")
    secrets.add("http://u:p@proxy:3128")
    let request = HTTPRequest(
      url: "https://host/p",
      tls: TLSOptions(
        clientCertificateFile: "me.pem", clientKeyFile: "me.key", minimumVersion: .tls1_2, maximumVersion: .tls1_3),
      version: .http2, proxy: .url("http://u:p@proxy:3128"),
      signature: AWSSignature(
        region: "eu-west-1", service: "sagemaker", accessKey: "AK", secretKey: "k3y", sessionToken: "t0k"))
    let command = CurlCommand(request: request, secrets: secrets).description
    #expect(
      command == "curl -sS -i https://host/p --cert me.pem --key me.key --aws-sigv4 aws:amz:eu-west-1:sagemaker "
        + #"-u "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H 'X-Amz-Security-Token: '"$AWS_SESSION_TOKEN" "#
        + "--tlsv1.2 --tls-max 1.3 --http2 --proxy '***'")
  }

  /// Every length modulo three, by `printf %s "$text" | base64`.
  @Test(arguments: [
    ("", "Og=="), ("f", "Zjo="), ("fo", "Zm86"), ("foo", "Zm9vOg=="), ("foob", "Zm9vYjo="), ("é", "w6k6"),
  ])
  func basicIsBase64(_ username: String, _ encoded: String) {
    #expect(Authentication.basic(username: username, password: "").header?.value == "Basic " + encoded)
  }
}
