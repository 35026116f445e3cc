import Processes
import Testing
import Transport

@testable import EndpointChecks

/// The command that reproduces a request: a real shell must read it as it was meant.
@Suite struct CurlCommandTests {
  @Test(arguments: [
    "", "plain", "it's", "a b", "$HOME `id` \\ \"q\"", "{\"a\": [1, '2']}", "line\nbreak", "é ☃", "*", "-n", "~",
  ])
  func shellReadsTheWordBack(_ text: String) async throws {
    let output = try await Command.capture(["sh", "-c", "printf %s " + CurlCommand.quoted(text)])
    #expect(String(decoding: output.standardOutput, as: UTF8.self) == text)
  }

  @Test func wholeCommand() {
    var secrets = Secrets()
    secrets.add(headerValue: "Bearer o'clock")
    let request = HTTPRequest(
      method: "POST", url: "https://host/p?key=o'clock",
      headers: ["Authorization": "Bearer o'clock", "X-Copy": "Bearer o'clock", "X-Team": "a b"],
      body: Array(#"{"t":"o'clock"}"#.utf8), tls: TLSOptions(caFile: "ca.pem", acceptsAnyCertificate: true))
    #expect(
      CurlCommand(request: request, secrets: secrets).description
        == #"curl -sS -i 'https://host/p?key=***' -H 'Authorization: '"$AUTHORIZATION" -H 'X-Copy: '"$X_COPY" "#
        + #"-H 'X-Team: a b' --data-binary '{"t":"***"}' --cacert ca.pem -k"#)
  }

  @Test func longBodyIsNamed() {
    let request = HTTPRequest(method: "PUT", url: "http://h/", body: [UInt8](repeating: 0x61, count: 100_000))
    #expect(
      CurlCommand(request: request, secrets: Secrets()).description
        == "curl -sS -i -X PUT http://h/ --data-binary @request-body")
  }

  @Test(arguments: [
    ("Authorization", true), ("proxy-authorization", true), ("Cookie", true), ("X-API-Key", true), ("api_key", true),
    ("X-Auth-Token", true), ("Ocp-Apim-Subscription-Key", true), ("X-Amz-Security-Token", true),
    ("Idempotency-Key", false), ("X-Author", false), ("X-Team", false), ("Content-Type", false),
  ])
  func authenticationHeaderIsKnownByItsName(_ name: String, _ isSecret: Bool) {
    #expect(Secrets.isAuthentication(header: name) == isSecret)
  }

  @Test func secretIsMaskedInEveryForm() {
    var secrets = Secrets()
    secrets.add(headerValue: "Bearer a\"b")
    secrets.add("a\"bc")
    #expect(secrets.mask(#"x a"bc y a\"b z Bearer a"b"#) == "x *** y *** z ***")
    // A combining character would hide the text from a comparison of characters.
    #expect(secrets.mask("a\"b\u{301}") == "***\u{301}")
  }
}
