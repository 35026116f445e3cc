import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Every fault under every check that asks, and under every protocol: failed or errored, never passed, and never for
/// longer than the config allows. One after the other: hundreds of hostile servers at once would starve the tests beside
/// them.
@Suite(.serialized) struct FaultMatrixTests {
  /// A server whose replies are good in nothing but their beginning.
  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var script: @Sendable (FaultConnection) -> Void
    var testDescription: String { name }
  }

  private static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

  /// Replies to one request with these bytes, then closes the connection.
  private static func bytes(_ name: String, _ bytes: [UInt8]) -> Fault {
    Fault(name: name) { connection in
      _ = connection.readRequest()
      connection.send(bytes)
    }
  }

  private static func text(_ name: String, _ text: String) -> Fault { bytes(name, Array(text.utf8)) }

  private static func body(_ name: String, _ body: String) -> Fault {
    text(name, head + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
  }

  private static let predictions =
    #"{"model_name":"m","outputs":[{"name":"p","shape":[2],"datatype":"FP64","data":[NaN,NaN]}],"#
    + #""predictions":[NaN,NaN],"data":{"ndarray":[NaN,NaN]}}"#

  static let faults: [Fault] = [
    Fault(name: "reset") {
      _ = $0.readRequest()
      $0.resetWhenClosed()
    },
    Fault(name: "hang before headers") { $0.waitForPeerToLeave() },
    Fault(name: "hang after headers") {
      _ = $0.readRequest()
      $0.send(head + "Content-Length: 10\r\n\r\n")
      $0.waitForPeerToLeave()
    },
    Fault(name: "slow drip") {
      _ = $0.readRequest()
      $0.send(head + "Content-Length: 100000\r\n\r\n")
      while $0.send("1") { $0.pause(milliseconds: 10) }
    },
    Fault(name: "endless body") {
      _ = $0.readRequest()
      $0.send(head + "\r\n")
      let piece = [UInt8](repeating: 0x20, count: 1 << 16)
      while $0.send(piece) {}
    },
    text("half a body", head + "Content-Length: 2000\r\n\r\n{\"predictions\":[0.1"),
    text("half a chunked body", head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n"),
    text("too short a length", head + "Connection: close\r\nContent-Length: 9\r\n\r\n{\"predictions\": [0.1, 0.2]}"),
    text("a length that is none", head + "Content-Length: many\r\n\r\n[0.1,0.2]"),
    bytes(
      "compression bomb",
      Array((head + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n").utf8) + [0x1F, 0x8B, 8, 0]),
    text("redirect loop", "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    bytes(
      "invalid UTF-8",
      Array((head + "Connection: close\r\nContent-Length: 19\r\n\r\n{\"predictions\":[\"").utf8) + [0xFF]
        + Array("\"]}".utf8)),
    body("bare NaN", predictions),
    body("200 with an error", #"{"error":"boom"}"#),
    body("null", "null"), body("an empty list", "[]"), body("an empty object", "{}"), body("an empty body", ""),
    body("a deep document", String(repeating: "[", count: 100_000)),
    body("a page", "<html>ok</html>"),
    text("500", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    text("another service", "SSH-2.0-OpenSSH_9.2\r\n"),
  ]

  static let checks = [
    "{golden: {expect: {p: want}, rows: {file: rows.csv, features: [x]}}}", "contract", "outputs", "consistency",
    "{parity: {encodings: [flat, FP32]}}",
    "{parity: {predictions: {file: rows.csv, in_order: true, expect: {p: want}}, "
      + "rows: {file: rows.csv, features: [x]}}}",
    "{behaviour: {perturb: {x: {add: 1}}, expect: same}}", "{behaviour: {expect: {p: {between: [0, 1]}}}}",
    "{rejects: malformed}", "metadata",
  ]

  private func nothingPasses(_ fault: Fault, _ checks: String, _ endpoint: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("x,want\n1,0.01\n2,0.02\n", to: "rows.csv")
    let server = try FaultServer(fault.script)
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', timeout: 100ms, rows: [{x: 1}, {x: 2}], \(endpoint), checks: [\(checks)]}", in: folder
    )
    #expect(!findings.isEmpty && findings.contains { $0.outcome == .failed || $0.outcome == .errored })
    // Replies without a traceback have none, whatever else is wrong with them.
    for finding in findings where finding.outcome == .passed && finding.id.check != "no-leaks" {
      Issue.record("\(finding.id) passed: \(finding.message)")
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: faults, checks)
  func noCheckPasses(_ fault: Fault, _ check: String) async throws {
    try await nothingPasses(fault, check, "protocol: open-inference-v2, model: m")
  }

  @Test(.timeLimit(.minutes(1)), arguments: faults, ProtocolName.allCases.filter { $0 != .http })
  func noProtocolPasses(_ fault: Fault, _ name: ProtocolName) async throws {
    let model = name.preset.asksForModel ? ", model: m" : ""
    try await nothingPasses(
      fault, "outputs, {golden: {expect: {p: want}, rows: {file: rows.csv, features: [x]}}}",
      "protocol: \(name.rawValue)\(model)")
  }

  @Test(arguments: checks)
  func nobodyThereIsAnError(_ check: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("x,want\n1,0.01\n2,0.02\n", to: "rows.csv")
    let findings = try await evaluate(
      "{url: 'http://127.0.0.1:\(try FaultServer.closedPort())', protocol: open-inference-v2, model: m, "
        + "rows: [{x: 1}, {x: 2}], checks: [\(check)]}", in: folder)
    #expect(findings.allSatisfy { $0.outcome == .errored || $0.outcome == .skipped }, "\(findings.outcomes)")
    #expect(findings.first { $0.outcome == .errored }?.reason == .transport)
  }
}
