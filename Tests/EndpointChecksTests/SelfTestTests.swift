import Language
import Testing
import Verdict

@testable import EndpointChecks

/// Checks that can fail are told from those that cannot, by replies that were good and are made wrong.
@Suite struct SelfTestTests {
  private func test(_ text: String) async throws -> [Finding] {
    let (subject, problems) = endpoint(text)
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    let test = EndpointSelfTest(of: asked, .everything)
    let findings = await test.evaluate(.everything, in: .testing)
    #expect(findings.map(\.id) == test.checks.map(\.id))
    return findings
  }

  private static func config(_ server: ScriptedServer, _ checks: String) -> String {
    "{url: '\(server.url)', protocol: open-inference-v2, model: m, rows: [{x: 1, p: 0.01}, {x: 2, p: 0.02}], "
      + "checks: [\(checks)]}"
  }

  @Test func everyCheckOfAGoodEndpointCanFail() async throws {
    let server = try ServedModel().serve()
    let checks = "{golden: {expect: p}}, outputs, {consistency: {rows: [{x: 1}, {x: 2}]}}, {request: {path: /a}}"
    let findings = try await test(Self.config(server, checks))
    #expect(findings.count == 7)
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.map { "\($0.id): \($0.message)" })")
    #expect(findings[0].id.description == "selftest.endpoints.api.golden")
    #expect(
      findings[0].message.hasPrefix("$.outputs[0].data[0] 0.01 -> 0.02 turns it red: 1 of 2 rows differs"),
      "\(findings[0].message)")
    // The endpoint is asked once; what follows judges what it said.
    let requests = server.requests.count
    _ = try await test(Self.config(server, "{golden: {expect: p}}"))
    #expect(server.requests.count - requests == 2)
  }

  @Test func aToleranceThatNothingExceedsFails() async throws {
    let server = try ServedModel().serve()
    let findings = try await test(Self.config(server, "{golden: {expect: p, tolerance: {absolute: 1e9}}}"))
    #expect(findings.map(\.outcome) == [.failed])
    #expect(findings[0].message.hasPrefix("it stays green after each of"), "\(findings[0].message)")
  }

  @Test func whatIsRedAlreadyAndWhatNobodyKnowsToViolateIsSkipped() async throws {
    let server = try ServedModel(change: { scores, _ in scores.map { $0 + 1 } }).serve()
    let findings = try await test(
      Self.config(server, "{golden: {expect: p}}, {latency: {p99: {at_most: 1s}, rate: 10/s, duration: 1s}}"))
    #expect(findings.allSatisfy { $0.outcome == .skipped }, "\(findings.map(\.message))")
    #expect(findings[0].message.hasPrefix("it is red already on the endpoint's replies as they are"))
  }

  /// Nothing is left out without a word: neither load and streams nor calls of gRPC.
  @Test func whatIsNotTestedIsNamed() async throws {
    let server = try ServedModel().serve()
    let load = try await test(
      Self.config(
        server,
        "{latency: {p99: {at_most: 1s}, rate: 10/s, duration: 1s}}, "
          + "{canary: {baseline: 'http://127.0.0.1:9', errors: {max_regression: 0.1 absolute}}}"))
    #expect(
      load.map(\.id.description) == [
        "selftest.endpoints.api.latency.errors", "selftest.endpoints.api.latency.late",
        "selftest.endpoints.api.latency.p99", "selftest.endpoints.api.canary.errors",
      ])
    #expect(load.allSatisfy { $0.outcome == .skipped })
    #expect(load[0].message.hasPrefix("what is measured under load is not tested"), "\(load[0].message)")
    #expect(load[3].message.hasPrefix("a canary is not tested"), "\(load[3].message)")
    let chat = try ChatServer.start(ChatServer.stream(ChatServer.good))
    let streams = try await test(ChatServer.config(chat, "stream"))
    #expect(!streams.isEmpty && streams.allSatisfy { $0.message.hasPrefix("streams are not tested") })
    let calls = try await test(
      "{url: 'http://127.0.0.1:9', protocol: open-inference-grpc, model: m, rows: [{x: 1}], checks: [outputs]}")
    #expect(calls.map(\.outcome) == [.skipped] && calls[0].message.hasPrefix("calls of gRPC are not tested"))
  }

  @Test func refusalsThatBecomeSuccessesTurnRed() async throws {
    let server = try ScriptedServer { request in
      request.body.contains("\"x\",\"shape\":[1]") || request.line.hasPrefix("GET /v2/models/m")
        ? .reply(200, ServedModel.metadata) : .reply(400, #"{"error": "no"}"#)
    }
    let findings = try await test(
      Self.config(server, "contract, {access: {path: /closed, banner: false}}"))
    #expect(findings.map(\.outcome).first == .passed, "\(findings.map(\.message))")
  }
}
