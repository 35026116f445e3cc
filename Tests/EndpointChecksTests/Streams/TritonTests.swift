import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// The preset `triton`: what its servers add to the Open Inference Protocol, as their documentation shows it.
@Suite struct TritonTests {
  private static let metadata =
    #"{"name":"m","versions":["1"],"platform":"x","inputs":[{"name":"text_input","datatype":"BYTES","shape":[1]},"#
    + #"{"name":"stream","datatype":"BOOL","shape":[1]}],"outputs":[{"name":"text_output","datatype":"BYTES","shape":[1]}]}"#

  private static func stream(_ events: [String], isCut: Bool = false) -> ScriptedServer.Answer {
    .raw(ChatServer.stream(events, isCut: isCut))
  }

  private static func text(_ text: String) -> String {
    #"{"model_name":"m","model_version":"1","text_output":"\#(text)"}"#
  }

  private func server(_ streamed: ScriptedServer.Answer) throws -> ScriptedServer {
    try ScriptedServer { request in
      switch request.line {
      case "POST /v2/models/m/generate": .reply(200, Self.text("Hello"))
      case "POST /v2/models/m/generate_stream": streamed
      case "POST /v2/repository/index": .reply(200, #"[{"name":"m","version":"1","state":"READY","reason":""}]"#)
      default: .reply(200, Self.metadata)
      }
    }
  }

  private func config(_ server: ScriptedServer, _ checks: String) -> String {
    "{url: '\(server.url)', protocol: triton, model: m, encoding: generate, parameters: {max_tokens: 8, temperature: 0}, "
      + "rows: [{prompt: Hi}], checks: [\(checks)]}"
  }

  @Test func textIsGeneratedAndStreamed() async throws {
    let server = try server(Self.stream([Self.text("Hel"), Self.text("lo")]))
    let findings = try await evaluate(
      config(server, "{golden: {expect: answer, rows: [{prompt: Hi, answer: Hello}]}}, {stream: {gap: {at_most: 1h}}}"))
    #expect(
      findings.outcomes == [
        "golden=passed", "stream.events=passed", "stream.end=passed", "stream.answer=passed", "stream.gap=passed",
      ],
      "\(findings.map(\.message))")
    let body = #"{"text_input":"Hi","max_tokens":8,"temperature":0}"#
    #expect(server.requests.filter { $0.line.contains("generate") }.allSatisfy { $0.body == body })
  }

  /// "the HTTP status code is set in the first response": an error may come in a stream whose status is 200.
  @Test(arguments: [
    (
      [text("Hel"), #"{"error":"out of memory"}"#], false, "events",
      "event 2 is an error, and the status was 200: out of memory"
    ),
    ([text("Hel"), text("lo")], true, "end", "breaks off (truncated-body) after 2 events; the last:"),
    ([text("Hel"), #"{"model_name":"m"}"#], false, "events", "event 2 has no text_output"),
    ([text("Hel")], false, "answer", #"choice 0 is streamed as "Hel", and answered as "Hello""#),
  ])
  func badStreamsFail(_ events: [String], _ isCut: Bool, _ claim: String, _ words: String) async throws {
    let server = try server(Self.stream(events, isCut: isCut))
    let findings = try await evaluate(config(server, "stream"))
    let failed = findings.filter { $0.outcome == .failed }
    #expect(failed.map(\.id.check) == [claim], "\(findings.map(\.message))")
    #expect(failed.first?.message.contains(words) == true, "\(failed.first?.message ?? "")")
  }

  @Test(arguments: [
    (#"[{"name":"m","version":"1","state":"READY"}]"#, Outcome.passed),
    (#"[{"name":"m","version":"1","state":"UNAVAILABLE","reason":"unloaded"}]"#, .failed), ("[]", .failed),
    (#"[{"name":"other","state":"READY"}]"#, .failed),
  ])
  func theRepositoryKnowsWhatIsReady(_ index: String, _ outcome: Outcome) async throws {
    let server = try ScriptedServer { $0.line.hasPrefix("POST") ? .reply(200, index) : .reply(200) }
    let findings = try await evaluate("{url: '\(server.url)', protocol: triton, model: m, checks: [ready]}")
    #expect(findings.map(\.outcome) == [outcome], "\(findings.map(\.message))")
  }

  /// Tensors as with any server of the protocol, a bare NaN among them.
  @Test func tensorsMayHoldBareNaN() async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST")
        ? .reply(
          200, #"{"model_name":"m","id":"cupel","outputs":[{"name":"p","shape":[1],"datatype":"FP64","data":[NaN]}]}"#)
        : .reply(404, #"{"error":"no"}"#)
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: triton, model: m, rows: [{x: 1}], checks: [outputs]}")
    #expect(findings.map(\.outcome) == [.failed])
    #expect(findings[0].message == "outputs.p[0] is NaN", "\(findings[0].message)")
  }

  /// server#6939: a model that is not there is answered with 400.
  @Test func anUnknownModelIs400() async throws {
    let server = try ScriptedServer { request in
      request.line == "POST /v2/repository/index"
        ? .reply(200, #"[{"name":"other"}]"#)
        : .reply(400, #"{"error":"Request for unknown model: 'm' is not found"}"#)
    }
    let findings = try await evaluate("{url: '\(server.url)', protocol: triton, model: m, checks: [contract]}")
    #expect(findings[0].outcome == .failed)
    #expect(
      findings[0].message.contains("the server has no model \"m\"") && findings[0].message.contains("it serves other"))
  }

  /// The index may hold hundreds of models: what it says of the one that is asked for is told.
  @Test func theStateOfTheModelIsTold() async throws {
    let others = (0..<40).map { #"{"name":"m\#($0)","version":"1","state":"READY"}"# }.joined(separator: ",")
    let server = try ScriptedServer { request in
      request.line == "POST /v2/repository/index"
        ? .reply(200, #"[\#(others),{"name":"m","version":"2","state":"UNAVAILABLE","reason":"failed to load"}]"#)
        : .reply(200, "{}")
    }
    let findings = try await evaluate("{url: '\(server.url)', protocol: triton, model: m, checks: [ready]}")
    #expect(
      findings[0].message
        == "not ready: model READY in the repository: 200, version 2 UNAVAILABLE failed to load",
      "\(findings[0].message)")
  }

  @Test func streamsOfTensorsAreAMistake() {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: triton, model: m, rows: [{x: 1}], checks: [stream]}")
    #expect(problems.diagnostics.map(\.headline).contains { $0.contains("does not say how answers are streamed") })
  }
}
