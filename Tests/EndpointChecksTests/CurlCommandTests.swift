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
        + #"-H 'X-Team: a b' -H Content-Type: --data-binary '{"t":"***"}' --cacert ca.pem -k"#)
  }

  @Test func longBodyIsNamed() {
    let request = HTTPRequest(method: "PUT", url: "http://h/", body: [UInt8](repeating: 0x61, count: 100_000))
    #expect(
      CurlCommand(request: request, secrets: Secrets()).description
        == "curl -sS -i -X PUT http://h/ -H Content-Type: --data-binary @request-body")
  }

  /// What a shell and curl make of the command is the body that was sent.
  @Test(arguments: [
    "a,b\n0.1,x\n", "@/etc/hostname", "tab\tcr\r\nend", #"back\slash\n and 100%\#n"#, "-d x", "it's \u{1}\n", "",
    "caf\u{200B}e \u{AD}\u{2028}é",
  ])
  func bodiesComeBack(_ text: String) async throws {
    let server = try ScriptedServer { _ in .reply(200) }
    let request = HTTPRequest(
      method: "POST", url: "\(server.url)/x[1-3]?a={b}", headers: ["X-Empty": ""], body: Array(text.utf8))
    let command = CurlCommand(request: request, secrets: Secrets()).description
    #expect(!command.utf8.contains { $0 < 0x20 })
    #expect(!command.unicodeScalars.contains { $0.properties.generalCategory == .format })
    _ = try await Command.capture(["sh", "-c", command])
    let got = try #require(server.requests.first, "\(command)")
    #expect(got.body == text && got.line == "POST /x[1-3]?a={b}", "\(command)")
    #expect(got.head.lowercased().contains("content-length: \(text.utf8.count)"), "\(got.head)")
    #expect(got.head.lowercased().contains("x-empty:") && !got.head.lowercased().contains("content-type"))
  }

  @Test(arguments: [
    ("Authorization", true), ("proxy-authorization", true), ("Cookie", true), ("X-API-Key", true), ("api_key", true),
    ("X-Auth-Token", true), ("Ocp-Apim-Subscription-Key", true), ("X-Amz-Security-Token", true),
    ("Idempotency-Key", false), ("X-Author", false), ("X-Team", false), ("Content-Type", false),
  ])
  func authenticationHeaderIsKnownByItsName(_ name: String, _ isSecret: Bool) {
    #expect(Secrets.isAuthentication(header: name) == isSecret)
  }

  /// What a proxy is told of us, as it may echo it.
  @Test func theCredentialsOfAProxyAreMasked() {
    var secrets = Secrets()
    secrets.add(proxy: "http://joe:p%40ss%2Fw0rd@127.0.0.1:3128")
    for text in ["http://joe:p%40ss%2Fw0rd@127.0.0.1:3128", "p@ss/w0rd", "Basic am9lOnBAc3MvdzByZA=="] {
      #expect(secrets.occur(in: text), "\(text)")
    }
    #expect(!secrets.occur(in: "joe"))
    var token = Secrets()
    token.add(proxy: "http://t0ken-123@host:1")
    #expect(token.mask("x t0ken-123") == "x ***")
    var none = Secrets()
    none.add(proxy: "http://host:3128")
    #expect(none == Secrets())
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
