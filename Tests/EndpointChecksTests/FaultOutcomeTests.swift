import Language
import Processes
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Every fault of a server, with the outcome and the words that it gets. One table to look a fault up in.
@Suite struct FaultOutcomeTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var outcome: Outcome = .failed
    /// A part of the message of the finding that says why.
    var words: String
    /// Short only where the time is what fails.
    var timeout = "20s"
    var script: @Sendable (FaultConnection) -> Void
    var testDescription: String { name }
  }

  private static func reply(_ connection: FaultConnection, _ text: String) {
    _ = connection.readRequest()
    connection.send(text)
  }

  private static let good = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

  static let faults: [Fault] = [
    Fault(name: "hang before headers", words: "waiting for the first byte", timeout: "300ms") {
      $0.waitForPeerToLeave()
    },
    Fault(name: "hang after headers", words: "reading the response, 0 body bytes", timeout: "300ms") {
      reply($0, good + "Content-Length: 10\r\n\r\n")
      $0.waitForPeerToLeave()
    },
    Fault(name: "slow drip", words: "reading the response", timeout: "300ms") {
      reply($0, good + "Content-Length: 100000\r\n\r\n")
      while $0.send("1") { $0.pause(milliseconds: 10) }
    },
    Fault(name: "reset", words: "closed the connection without answering") {
      _ = $0.readRequest()
      $0.resetWhenClosed()
    },
    Fault(name: "half a body", words: "announced a body of 20 bytes and sent 5") {
      reply($0, good + "Content-Length: 20\r\n\r\n{\"a\":")
    },
    Fault(name: "half a chunked body", words: "ended its chunked body early") {
      reply($0, good + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n")
    },
    Fault(name: "too short a length", words: "the body is not JSON") {
      reply($0, good + "Content-Length: 5\r\nConnection: close\r\n\r\n{\"a\": 1}")
    },
    Fault(name: "a length that is none", words: "does not answer in HTTP") {
      reply($0, good + "Content-Length: many\r\n\r\n{\"a\": 1}")
    },
    Fault(name: "compression bomb", words: "the body is encoded as gzip") {
      // The first bytes of gzip; what they would become is never made.
      reply($0, good + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u{1F}\u{8}\u{8}\0")
    },
    Fault(name: "endless body", words: "larger than the limit of 16777216 bytes") {
      reply($0, good + "\r\n")
      let piece = [UInt8](repeating: 0x20, count: 1 << 16)
      while $0.send(piece) {}
    },
    Fault(name: "redirect loop", words: "status is 302, but must be 200") {
      reply($0, "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
    },
    Fault(name: "invalid UTF-8", words: "found bytes that are not") {
      _ = $0.readRequest()
      $0.send(Array((good + "Content-Length: 10\r\n\r\n{\"a\": \"").utf8) + [0xFF, 0x22, 0x7D])
    },
    Fault(name: "bare NaN", words: "$.a is NaN, but must be of type number") {
      reply($0, good + "Content-Length: 10\r\n\r\n{\"a\": NaN}")
    },
    Fault(name: "200 with an error", words: "$.a is absent, but must be of type number") {
      reply($0, good + "Content-Length: 17\r\n\r\n{\"error\": \"boom\"}")
    },
    Fault(name: "an empty body", words: "the body is empty") { reply($0, good + "Content-Length: 0\r\n\r\n") },
    Fault(name: "500 with a page", words: "status is 500, but must be 200") {
      reply($0, "HTTP/1.1 500 Oops\r\nContent-Length: 6\r\n\r\n<html>")
    },
    Fault(name: "another service", words: "does not answer in HTTP") { reply($0, "SSH-2.0-OpenSSH_9.2\r\n") },
  ]

  private func evaluate(_ url: String, _ rest: String = "", timeout: String = "20s") async throws -> [Finding] {
    let (subject, problems) = endpoint(
      "{url: '\(url)', timeout: \(timeout), \(rest)checks: [{request: {path: /, expect: {json: [{path: $.a, type: number}]}}}]}"
    )
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(.everything, in: .testing)
  }

  @Test(arguments: faults) func faultHasItsOutcome(_ fault: Fault) async throws {
    let server = try FaultServer(fault.script)
    defer { server.stop() }
    let findings = try await evaluate(server.url(""), timeout: fault.timeout)
    let telling = try #require(
      findings.first { $0.outcome != .passed && $0.outcome != .skipped }, "\(findings.outcomes)")
    #expect(telling.outcome == fault.outcome, "\(telling.message)")
    #expect(telling.message.contains(fault.words), "\(telling.message)")
    #expect(telling.reproduce?.hasPrefix("curl ") == true)
  }

  @Test func refusedConnectionIsAnError() async throws {
    let findings = try await evaluate("http://127.0.0.1:\(try FaultServer.closedPort())")
    #expect(findings.map(\.outcome) == [.errored, .skipped])
    #expect(findings[0].reason == .transport && findings[0].message.contains("refused the connection"))
  }

  @Test func redirectSaysWhereTo() async throws {
    let server = try FaultServer {
      Self.reply($0, "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
    }
    defer { server.stop() }
    #expect(try await evaluate(server.url(""))[0].evidence.notes.contains("< Location: /again"))
  }

  @Test func plainServerUnderHTTPSIsAnError() async throws {
    let server = try FaultServer { $0.answer("400 Bad Request") }
    defer { server.stop() }
    let findings = try await evaluate(server.url("", scheme: "https"))
    #expect(
      findings[0].outcome == .errored && findings[0].message.contains("No secure connection"), "\(findings[0].message)")
  }

  @Test(.enabled(if: OpenSSLServer.isInstalled)) func untrustedCertificatesAreErrors() async throws {
    try await OpenSSLServer.run { url, certificate in
      let untrusted = try await evaluate(url)
      #expect(untrusted[0].outcome == .errored && untrusted[0].message.contains("No secure connection"))
      let wrongHost = try await evaluate(
        url.replacing("127.0.0.1", with: "localhost"), "tls: {ca: '\(certificate)'}, ")
      #expect(wrongHost[0].outcome == .errored && wrongHost[0].message.contains("No secure connection"))
      // The page is no JSON, but it has come.
      let trusted = try await evaluate(url, "tls: {ca: '\(certificate)'}, ")
      #expect(trusted.outcomes == ["request-1.status=passed", "request-1.json $.a=failed"])
      let tooOld = try await evaluate(
        url, "tls: {ca: '\(certificate)', key: '\(certificate)', certificate: /no/file}, ")
      #expect(tooOld[0].outcome == .errored)
    }
  }
}
