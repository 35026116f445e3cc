import Language
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// A certificate that is not accepted keeps everything else from being asked, and is what fails.
@Suite(.enabled(if: OpenSSLServer.isInstalled)) struct CertificateTests {
  private func evaluate(_ url: String, _ rest: String) async throws -> [Finding] {
    let (subject, problems) = endpoint("{url: '\(url)', \(rest)}")
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(.everything, in: .testing)
  }

  private static let checks = "checks: [{request: {path: /}}, {access: {banner: false, certificate: {at_least: 1d}}}]"
  private static let barred = [
    "request-1.status=skipped", "access.anonymous=skipped", "access.wrong_credentials=skipped",
    "access.certificate=failed",
  ]

  private func expect(_ flaw: String, _ url: String, _ tls: String) async throws {
    let findings = try await evaluate(url, "tls: {\(tls)}, \(Self.checks)")
    #expect(findings.outcomes == Self.barred, "\(findings.map(\.message))")
    let message = findings.last?.message ?? ""
    #expect(message.hasPrefix("the certificate \(flaw)"), "\(message)")
    #expect(findings.last?.evidence.notes.contains("subject CN = 127.0.0.1") == true, "\(findings)")
    for finding in findings.dropLast() { #expect(finding.message.contains("endpoints.api.access.certificate")) }
  }

  @Test func anExpiredOne() async throws {
    try await OpenSSLServer.run(days: -1) { url, certificate in
      try await expect("has expired: it was valid until ", url, "ca: '\(certificate)'")
      // Nobody waits for a certificate to become valid again.
      let ready = try await evaluate(url, "tls: {ca: '\(certificate)'}, ready: {within: 10m}, \(Self.checks)")
      #expect(ready.outcomes == ["ready=skipped"] + Self.barred, "\(ready.map(\.message))")
    }
  }

  @Test func thatOfAnotherHost() async throws {
    try await OpenSSLServer.run { url, certificate in
      let other = url.replacing("127.0.0.1", with: "localhost")
      try await expect("is for another host than localhost: ", other, "ca: '\(certificate)'")
    }
  }

  @Test func oneThatNobodyTrusts() async throws {
    try await OpenSSLServer.run { url, _ in
      try await expect("is signed by nobody who is trusted here: ", url, "minimum: 1.2")
    }
  }

  /// Over TLS a version is only offered, so what was agreed upon is looked at.
  @Test func anOlderVersionOfHTTPIsNotTheOneThatWasAskedFor() async throws {
    try await OpenSSLServer.run { url, certificate in
      let asked = "tls: {ca: '\(certificate)'}, checks: [{request: {path: /}}]"
      #expect(try await evaluate(url, asked).outcomes == ["request-1.status=passed"])
      let found = try await evaluate(url, "http: 2, " + asked)
      #expect(found.outcomes == ["request-1.status=failed"])
      #expect(found[0].message.contains("answered in HTTP/1.0, and HTTP/2 was asked for"), "\(found[0].message)")
    }
  }
}
