import Language
import Processes
import Synchronization
import Testing
import Verdict

@testable import EndpointChecks

/// An endpoint that somebody else runs, over real loopback, good and bad.
@Suite struct ReachedEndpointTests {
  static let good =
    #"{"model_name":"m","id":"one","outputs":[{"name":"p","shape":[1],"datatype":"FP64","data":[0.5]}]}"#

  private func evaluate(_ text: String, secrets: Set<String> = [], only: [String] = []) async throws -> [Finding] {
    let (subject, problems) = endpoint(text, secrets: secrets)
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    let findings = await asked.evaluate(Selection(only), in: .testing)
    #expect(findings.map(\.id) == asked.checks.map(\.id).filter { Selection(only).includes($0) })
    return findings
  }

  private func inference(_ server: ScriptedServer, timeout: String = "20s") -> String {
    "{url: '\(server.url)', protocol: open-inference-v2, model: m, timeout: \(timeout), "
      + "checks: [{infer: {id: one, inputs: {x: [1.5], s: [AA], b: [[true], [false]], n: [1, 2]}, expect: {outputs: {p: [0.5]}}}}]}"
  }

  @Test func inferenceIsSentAsTheProtocolSays() async throws {
    let server = try ScriptedServer { _ in .reply(200, Self.good) }
    let findings = try await evaluate(inference(server))
    #expect(findings.outcomes == ["one.status=passed", "one.outputs=passed"])
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /v2/models/m/infer")
    #expect(
      request.body
        == #"{"id":"one","inputs":[{"name":"x","shape":[1],"datatype":"FP64","data":[1.5]},"#
        + #"{"name":"s","shape":[1],"datatype":"BYTES","data":["AA"]},"#
        + #"{"name":"b","shape":[2,1],"datatype":"BOOL","data":[true,false]},"#
        + #"{"name":"n","shape":[2],"datatype":"INT64","data":[1,2]}]}"#)
  }

  @Test(arguments: [
    (ScriptedServer.Answer.reset, "without answering"),
    (.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"model"), "announced a body of 100 bytes"),
    (.raw("SSH-2.0-OpenSSH\r\n"), "does not answer in HTTP"),
    (.flood(200 << 20), "larger than the limit"),
    (.reply(500, "boom"), "status is 500"),
    (.reply(302, headers: "Location: /elsewhere\r\n"), "status is 302"),
    (.reply(200, "{oops"), "the body is not JSON"),
    (.reply(200, good.replacing("0.5", with: "NaN")), "outputs.p[0] is NaN"),
    (.reply(200, good.replacing("0.5", with: "null")), "outputs.p[0] is null"),
    (.reply(200, good.replacing("0.5", with: "0.5,0.5")), "has 2 elements"),
    (.reply(200, good.replacing("\"m\"", with: "\"other\"")), "model_name is \"other\""),
  ])
  func badReplyFails(_ answer: ScriptedServer.Answer, _ words: String) async throws {
    let server = try ScriptedServer { _ in answer }
    let findings = try await evaluate(inference(server))
    let failed = findings.filter { $0.outcome == .failed }
    #expect(failed.count == 1 && findings.count == 2, "\(findings.outcomes)")
    #expect(failed.first?.message.contains(words) == true, "\(findings.map(\.message))")
    #expect(failed.first?.reproduce?.hasPrefix("curl ") == true)
    #expect(failed.first?.evidence.notes.contains("> POST \(server.url)/v2/models/m/infer") == true)
  }

  @Test func silenceFailsAtTheTimeout() async throws {
    let server = try ScriptedServer { _ in .hang }
    let findings = try await evaluate(inference(server, timeout: "200ms"))
    #expect(findings.outcomes == ["one.status=failed", "one.outputs=skipped"])
    #expect(findings[0].message.contains("waiting for the first byte"))
  }

  @Test func nobodyThereIsAnError() async throws {
    let port = try #require(LoopbackPort.free())
    let findings = try await evaluate(
      "{url: 'http://127.0.0.1:\(port)', checks: [{request: {path: /}}, {request: {path: /a}}]}")
    #expect(findings.outcomes == ["request-1.status=errored", "request-2.status=skipped"])
    #expect(findings[0].reason == .transport)
    #expect(findings[1].message.contains("request-1.status"))
    let ready = try await evaluate("{url: 'http://127.0.0.1:\(port)', checks: [ready]}")
    #expect(ready.outcomes == ["ready=errored"])
    #expect(ready[0].reason == .transport)
  }

  @Test func readyIsJudgedByStatusAndAsksAnInference() async throws {
    let server = try ScriptedServer { request in
      // A body that says the opposite counts for nothing.
      request.line.hasPrefix("GET") ? .reply(200, #"{"ready":false}"#) : .reply(200, Self.good)
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, version: '3', checks: [ready, {infer: {id: one, inputs: {x: [1]}}}]}"
    )
    #expect(findings.outcomes == ["ready=passed", "one.status=passed", "one.outputs=passed"])
    #expect(
      server.requests.map(\.line) == [
        "GET /v2/health/live", "GET /v2/health/ready", "GET /v2/models/m/versions/3/ready",
        "POST /v2/models/m/versions/3/infer", "POST /v2/models/m/versions/3/infer",
      ])
  }

  @Test func notReadyFailsAndStopsTheRest() async throws {
    let server = try ScriptedServer { $0.line.hasSuffix("/v2/models/m/ready") ? .reply(503) : .reply(200, Self.good) }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, checks: [{infer: {id: one, inputs: {x: [1]}}}, ready]}"
    )
    #expect(findings.outcomes == ["ready=failed", "one.status=skipped", "one.outputs=skipped"])
    #expect(findings[0].message.contains("model ready: 503"))
  }

  @Test(arguments: [(200, Outcome.passed), (404, .passed), (503, .failed)])
  func anySignOfLifeIsReadyForPlainHTTP(_ status: Int, _ outcome: Outcome) async throws {
    let server = try ScriptedServer { _ in .reply(status) }
    #expect(try await evaluate("{url: '\(server.url)', checks: [ready]}").map(\.outcome) == [outcome])
  }

  @Test func waitsForAnEndpointThatSomebodyElseStarts() async throws {
    let count = Mutex(0)
    let server = try ScriptedServer { request in
      let isReady = count.withLock { count in
        count += 1
        return count > 3
      }
      return request.line == "GET /health" && isReady ? .reply(200) : .reply(503)
    }
    let findings = try await evaluate("{url: '\(server.url)', ready: {path: /health, within: 300s}}")
    #expect(findings.outcomes == ["ready=passed"])
    #expect(server.requests.count == 4)
    #expect(findings[0].reproduce == "curl -sS -i \(server.url)/health")
  }

  @Test func headersAndBodiesAreSentAsWritten() async throws {
    let server = try ScriptedServer { _ in .reply(200) }
    _ = try await evaluate(
      "{url: '\(server.url)/base', headers: {X-Team: data, X-Other: a}, checks: [{request: {path: '/p?q=1', "
        + "headers: {x-other: b}, json: {a: [1.50, NO, '1', null, true]}}}, {request: {path: /q, method: DELETE, body: '{'}}]}"
    )
    let requests = server.requests
    #expect(requests.map(\.line) == ["POST /base/p?q=1", "DELETE /base/q"])
    #expect(requests[0].body == #"{"a":[1.50,"NO","1",null,true]}"#)
    #expect(requests[0].head.contains("X-Team: data") && requests[0].head.contains("x-other: b"))
    #expect(!requests[0].head.contains("X-Other: a"))
    #expect(requests[0].head.contains("Content-Type: application/json"))
    #expect(requests[1].body == "{")
  }

  @Test(arguments: [200, 500])
  func secretsAreInNoFinding(_ status: Int) async throws {
    let token = "s3cr3t-t0ken"
    // The server echoes what it was sent, in the header, in JSON, and right where texts are cut.
    let server = try ScriptedServer { request in
      let padding = String(repeating: "x", count: 115)
      return .reply(
        status, "{\"echo\":\"\(padding)\(token)\",\"body\":\"hunter2\"}",
        headers: "X-Echo: \(padding)\(token)\r\nContent-Type: application/json\r\n")
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', headers: {Authorization: Bearer \(token)}, checks: [{request: {path: /, json: {password: hunter2}, "
        + "expect: {json: [{path: $.echo, equals: a}], headers: {x-echo: b}}}}, {request: {path: /\(token)}}]}",
      secrets: ["hunter2"])
    #expect(server.requests.first?.head.contains("Authorization: Bearer \(token)") == true)
    #expect(server.requests.first?.body.contains("hunter2") == true)
    #expect(!findings.isEmpty)
    for secret in [token, "s3cr", "hunter2"] { #expect(!findings.allText.contains(secret), "\(findings.allText)") }
    #expect(
      findings[0].reproduce?.contains(#"Authorization: '"$AUTHORIZATION""#) == true, "\(findings[0].reproduce ?? "")")
  }

  @Test func onlyTheSelectedChecksAreEvaluated() async throws {
    let server = try ScriptedServer { _ in .reply(200) }
    let findings = try await evaluate(
      "{url: '\(server.url)', checks: [{request: {path: /a}}, {request: {path: /b}}]}",
      only: ["endpoints.api.request-2"])
    #expect(findings.outcomes == ["request-2.status=passed"])
    #expect(server.requests.map(\.line) == ["GET /b"])
  }

  /// A server that says ready and cannot predict is not: one inference about a row of the config is part of it.
  @Test(arguments: [
    ("rows: [{x: 10}], checks: [ready]", ScriptedServer.Answer.reply(500, "{}"), Outcome.failed),
    ("checks: [ready, {golden: {rows: [{x: 10, y: 0.1}], expect: {p: y}}}]", .reply(500, "{}"), .failed),
    ("rows: [{x: 10}], checks: [ready]", .reply(200, #"{"error":"no model"}"#), .failed),
    ("rows: [{x: 10}], checks: [ready]", .reply(400, "{}"), .failed),
    ("checks: [ready]", .reply(500, "{}"), .passed),
    ("rows: nowhere.csv, checks: [ready]", .reply(500, "{}"), .passed),
  ])
  func readinessAsksForOneInference(_ rest: String, _ answer: ScriptedServer.Answer, _ outcome: Outcome) async throws {
    let server = try ScriptedServer { $0.line.hasPrefix("POST") ? answer : .reply(200, ServedModel.metadata) }
    let findings = try await EndpointChecksTests.evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, \(rest)}")
    #expect(findings.first?.id.check == "ready" && findings.first?.outcome == outcome, "\(findings.map(\.message))")
    let isAsked = server.requests.contains { $0.line.hasPrefix("POST") }
    #expect(isAsked == (outcome == .failed))
    #expect(outcome == .failed || findings[0].evidence.notes.contains { $0.hasPrefix("no inference was asked: ") })
  }

  @Test func theFirstWholeRowIsTheInferenceOfReadiness() async throws {
    let server = try ServedModel().serve()
    let findings = try await EndpointChecksTests.evaluate(
      ServedModel.config(server, rows: "[{x: null}, {x: 30}, {x: 60}]", "ready"))
    #expect(findings.outcomes == ["ready=passed"], "\(findings.map(\.message))")
    let asked = server.requests.filter { $0.line.hasPrefix("POST") }
    #expect(asked.count == 1 && asked[0].body.contains(#""data":[30.0]"#))
  }
}
