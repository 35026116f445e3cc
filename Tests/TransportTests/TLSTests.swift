import FoundationEssentials
import Processes
import Testing

@testable import Transport

/// Trust and identity against the `openssl` program as an independent server. Not run where it is not installed.
@Suite(.enabled(if: ["/usr/bin/openssl", "/usr/local/bin/openssl"].contains(where: FileManager.default.fileExists)))
struct TLSTests {
  /// A fresh self-signed certificate for 127.0.0.1, and a server that shows it.
  private func serve(
    arguments: [String] = [], _ body: (_ url: String, _ certificate: String, _ key: String) async throws -> Void
  ) async throws {
    let folder = "/tmp/cupel-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (certificate, key) = ("\(folder)/cert.pem", "\(folder)/key.pem")
    let made = try await Command.capture([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
      "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
    ])
    try #require(made.exit.isSuccess, "\(String(decoding: made.standardError, as: UTF8.self))")
    let port = try #require(LoopbackPort.free())
    let server = [
      "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key, "-www", "-quiet",
    ]
    try await ServerProcess.run(Command(server + arguments)) { server in
      while !LoopbackPort.isOpen(port) {
        try #require(server.exitStatus == nil, "\(server.logTail.text)")
        try await Task.sleep(for: .milliseconds(2))
      }
      try await body("https://127.0.0.1:\(port)/", certificate, key)
    }
  }

  /// The status, the flaw of the certificate, or the kind of the error.
  private func outcome(_ url: String, _ tls: TLSOptions) async -> String {
    do throws(TransportError) {
      let response = try await HTTPClient().send(HTTPRequest(url: url, timeout: .seconds(20), tls: tls))
      #expect(response.timings.tls >= response.timings.connect)
      return "\(response.status)"
    } catch {
      if case .certificate(_, let flaw, _) = error { return flaw.rawValue }
      return error.kind
    }
  }

  @Test func onlyTrustedCertificatesForTheRightNamePass() async throws {
    try await serve { url, certificate, _ in
      #expect(await outcome(url, TLSOptions(caFile: certificate)) == "200")
      #expect(await outcome(url, TLSOptions()) == "untrusted")
      #expect(await outcome(url, TLSOptions(acceptsAnyCertificate: true)) == "200")
      let otherName = "https://localhost:\(url.split(separator: ":")[2])"
      #expect(await outcome(otherName, TLSOptions(caFile: certificate)) == "foreign-host")
    }
  }

  @Test(arguments: [
    ("-tls1_3", TLSOptions(), true), ("-tls1_3", TLSOptions(maximumVersion: .tls1_2), false),
    ("-tls1_2", TLSOptions(minimumVersion: .tls1_2), true), ("-tls1_2", TLSOptions(minimumVersion: .tls1_3), false),
    ("-tls1_2", TLSOptions(minimumVersion: .tls1_0, maximumVersion: .tls1_1), false),
    // A server that still speaks what nobody should.
    ("-tls1_1", TLSOptions(minimumVersion: .tls1_0, maximumVersion: .tls1_1), true), ("-tls1_1", TLSOptions(), false),
  ])
  func versionsAreKept(_ server: String, _ options: TLSOptions, _ isAnswered: Bool) async throws {
    let old = server == "-tls1_1" ? ["-cipher", "DEFAULT@SECLEVEL=0"] : []
    try await serve(arguments: [server] + old) { url, certificate, _ in
      var options = options
      options.caFile = certificate
      #expect(await outcome(url, options) == (isAnswered ? "200" : "tls"))
    }
  }

  @Test func certificatesAreShownWhenAskedFor() async throws {
    try await serve { url, certificate, _ in
      let client = HTTPClient()
      var request = HTTPRequest(url: url, timeout: .seconds(20), tls: TLSOptions(caFile: certificate))
      #expect(try await client.send(request).certificates == [])
      request.tls.wantsCertificates = true
      for _ in 0..<2 {
        let shown = try await client.send(request).certificates
        #expect(shown.count == 1)
        #expect(shown.first?.subject.contains("127.0.0.1") == true)
        let (from, to) = (try #require(shown.first?.notBefore), try #require(shown.first?.notAfter))
        // It was made for one day.
        #expect(to - from == 86_400)
      }
    }
  }

  @Test func aServerThatWantsACertificateGetsOne() async throws {
    try await serve(arguments: ["-Verify", "1"]) { url, certificate, key in
      let identity = TLSOptions(caFile: certificate, clientCertificateFile: certificate, clientKeyFile: key)
      #expect(await outcome(url, identity) == "200")
      #expect(await outcome(url, TLSOptions(caFile: certificate)) != "200")
      #expect(await outcome(url, TLSOptions(caFile: certificate, clientCertificateFile: "/no/file.pem")) == "tls")
    }
  }
}
