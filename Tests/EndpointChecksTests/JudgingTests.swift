import Language
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// Transcript in, findings out: nothing is sent.
@Suite struct JudgingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var expect: String
    var status = 200
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    var body = "{}"
    var outcomes: [String]
    var testDescription: String { "\(expect) on \(status) \(body.prefix(60))" }
  }

  private static func json(_ claims: String, _ body: String, _ outcomes: [String]) -> Case {
    Case(expect: "{json: [\(claims)]}", body: body, outcomes: ["request-1.status=passed"] + outcomes)
  }

  private struct Unusable: Error { let problems: [String] }

  private func findings(
    _ checks: String, _ result: Result<HTTPResponse, TransportError>, wasReached: Bool = true, only: [String] = []
  ) throws
    -> [Finding]
  {
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:8080', protocol: open-inference-v2, model: delay, checks: [\(checks)]}")
    guard case .exchange(let exchange)? = subject?.plan.steps.first else {
      throw Unusable(problems: problems.diagnostics.map(\.headline))
    }
    let request = HTTPRequest(method: exchange.request.method, url: "http://127.0.0.1:8080" + exchange.request.path)
    let transcript = Transcript(request: request, result: result, elapsed: .milliseconds(7))
    let claims = exchange.claims.filter { Selection(only).includes($0.planned.id) }
    return exchange.findings(of: claims, for: transcript, .init(wasReached: wasReached, secrets: Secrets()))
  }

  @Test(arguments: [
    Case(expect: "{status: 200}", outcomes: ["request-1.status=passed"]),
    Case(expect: "{status: {in: [400, 422]}}", status: 422, outcomes: ["request-1.status=passed"]),
    Case(expect: "{status: {in: [400, 422]}}", status: 200, outcomes: ["request-1.status=failed"]),
    Case(expect: "{status: 204}", status: 204, body: "", outcomes: ["request-1.status=passed"]),
    // A fast error is no good latency: without the right status nothing else is judged.
    Case(
      expect: "{latency: {at_most: 1s}}", status: 500,
      outcomes: ["request-1.status=failed", "request-1.latency=skipped"]),
    Case(
      expect: "{headers: {content-type: application/json}}",
      outcomes: ["request-1.status=passed", "request-1.header content-type=passed"]),
    // Names compare without case, values as a whole.
    Case(
      expect: "{headers: {CONTENT-TYPE: {matches: 'application/js'}}}",
      outcomes: ["request-1.status=passed", "request-1.header content-type=failed"]),
    Case(
      expect: "{headers: {X-A: {matches: 'a, b'}}}", headers: ["x-a": "a", "X-A": "b"],
      outcomes: ["request-1.status=passed", "request-1.header x-a=passed"]),
    Case(
      expect: "{headers: {X-A: {exists: false}, X-B: {exists: true}}}", headers: ["X-A": "a"],
      outcomes: ["request-1.status=passed", "request-1.header x-a=failed", "request-1.header x-b=failed"]),
    json("{path: $.error, type: string}", #"{"error": "bad"}"#, ["request-1.json $.error=passed"]),
    json("{path: $.error, type: string}", #"{"error": null}"#, ["request-1.json $.error=failed"]),
    json("{path: $.error, type: string}", "{}", ["request-1.json $.error=failed"]),
    json("{path: $.a, type: number}", #"{"a": NaN}"#, ["request-1.json $.a=failed"]),
    json("{path: $.a, type: integer}", #"{"a": 3.0}"#, ["request-1.json $.a=passed"]),
    json("{path: $.a, type: integer}", #"{"a": 3.5}"#, ["request-1.json $.a=failed"]),
    json("{path: $.a, exists: false}", "{}", ["request-1.json $.a=passed"]),
    json("{path: $.a, exists: false}", #"{"a": null}"#, ["request-1.json $.a=failed"]),
    // An absent member proves nothing about a body that is no JSON.
    json("{path: $.a, exists: false}", "<html>", ["request-1.json $.a=failed"]),
    json("{path: $.a, exists: false}", "", ["request-1.json $.a=failed"]),
    json("{path: '$.o[*].n', count: 2}", #"{"o": [{"n": 1}, {"n": 2}]}"#, ["request-1.json $.o[*].n=passed"]),
    json("{path: '$.o[*].n', count: {at_least: 3}}", #"{"o": [{"n": 1}]}"#, ["request-1.json $.o[*].n=failed"]),
    json("{path: '$.o[*]', equals: [1, 2]}", #"{"o": [1, 2.0]}"#, ["request-1.json $.o[*]=passed"]),
    json("{path: '$.o[*]', equals: [1, 2]}", #"{"o": [1]}"#, ["request-1.json $.o[*]=failed"]),
    json("{path: '$.o[*]', type: number}", #"{"o": [1, "x"]}"#, ["request-1.json $.o[*]=failed"]),
    json("{path: '$.o[*]', type: number}", #"{"o": []}"#, ["request-1.json $.o[*]=failed"]),
    json("{path: $.a, equals: '1'}", #"{"a": 1}"#, ["request-1.json $.a=failed"]),
    json("{path: $.a, equals: {b: [1, x]}}", #"{"a": {"b": [1.0, "x"]}}"#, ["request-1.json $.a=passed"]),
    json("{path: $.a, equals: 0.93}", #"{"a": 0.9300001}"#, ["request-1.json $.a=failed"]),
    // Decimals: 0.931 is exactly 0.001 away from 0.93, and the bound is inclusive.
    json("{path: $.a, equals: 0.93, tolerance: {absolute: 0.001}}", #"{"a": 0.931}"#, ["request-1.json $.a=passed"]),
    json("{path: $.a, equals: 0.93, tolerance: {absolute: 0.001}}", #"{"a": 0.93101}"#, ["request-1.json $.a=failed"]),
    json("{path: $.a, equals: 200, tolerance: {relative: 1%}}", #"{"a": 198}"#, ["request-1.json $.a=passed"]),
    json("{path: $.a, equals: 200, tolerance: {relative: 1%}}", #"{"a": null}"#, ["request-1.json $.a=failed"]),
    json("{path: $.a, at_least: 0, at_most: 1}", #"{"a": 1}"#, ["request-1.json $.a=passed"]),
    json("{path: $.a, between: [0, 1]}", #"{"a": 1.5}"#, ["request-1.json $.a=failed"]),
    json("{path: $.a, matches: 'v[0-9]+'}", #"{"a": "v12"}"#, ["request-1.json $.a=passed"]),
    json("{path: $.a, matches: 'v[0-9]+'}", #"{"a": "xv12"}"#, ["request-1.json $.a=failed"]),
    json(
      #"{path: '$.o[?match(@.n, "a.*")]', count: 1}"#, #"{"o": [{"n": "ab"}, {"n": "b"}]}"#,
      [#"request-1.json $.o[?match(@.n, "a.*")]=passed"#]),
  ])
  func expectation(_ example: Case) throws {
    let response = HTTPResponse(status: example.status, headers: example.headers, body: Array(example.body.utf8))
    let findings = try findings("{request: {path: /, expect: \(example.expect)}}", .success(response))
    #expect(findings.outcomes == example.outcomes)
    for finding in findings where finding.outcome == .failed { #expect(!finding.message.isEmpty) }
  }

  @Test func latencyCountsToTheLastByteAndIsInclusive() throws {
    for (time, outcome) in [(Duration.milliseconds(500), Outcome.passed), (.milliseconds(501), .failed)] {
      let response = HTTPResponse(status: 200, timings: HTTPTimings(firstByte: .milliseconds(1), total: time))
      let findings = try findings("{request: {path: /, expect: {latency: {at_most: 500ms}}}}", .success(response))
      #expect(findings["request-1.latency"]?.outcome == outcome)
    }
  }

  // MARK: - Inferences

  static let good = #"{"name":"probability","shape":[2],"datatype":"FP64","data":[0.25,0.75]}"#

  private static func reply(model: String = "delay", id: String = "one", _ output: String) -> String {
    #"{"model_name":"\#(model)","id":"\#(id)","outputs":[\#(output)]}"#
  }

  @Test(arguments: [
    (reply(good), nil as String?),
    (reply(good.replacing("[0.25,0.75]", with: "[[0.25],[0.75]]").replacing("[2]", with: "[2,1]")), nil),
    (reply(good.replacing("0.75", with: "NaN")), "outputs.probability[1] is NaN"),
    (reply(good.replacing("0.75", with: "-Infinity")), "outputs.probability[1] is -Infinity"),
    (reply(good.replacing("0.75", with: "1e999")), "outputs.probability[1] is Infinity"),
    (reply(good.replacing("0.75", with: "null")), "outputs.probability[1] is null"),
    (reply(good.replacing("0.75", with: #""0.75""#)), "is a string, not a number"),
    (reply(good.replacing(",0.75", with: "")), "has 1 elements, but its shape [2] needs 2"),
    (reply(good.replacing(",0.75", with: ",")), "the body is not JSON"),
    (reply(good.replacing("[2]", with: "[-1]")), "unusable shape"),
    (reply(good.replacing("[2]", with: "[9223372036854775807, 4]")), "needs 9223372036854775807"),
    (reply(good.replacing("FP64", with: "FOO")), "unknown datatype \"FOO\""),
    (reply(good.replacing("\"data\"", with: "\"x\"")), "has no list of data"),
    (reply(good.replacing("0.75", with: "0.7501")), "outputs.probability[1] is 0.7501, but must be 0.75 within 1e-06"),
    (reply(good.replacing("probability", with: "score")), "outputs.probability is missing"),
    (reply(model: "other", good), "model_name is \"other\", but must be \"delay\""),
    (reply(id: "two", good), "id is \"two\", but must be \"one\""),
    (reply(""), "outputs has no tensor in it"),
    ("{}", "model_name is missing"),
    ("[]", "model_name is missing"),
    ("", "the body is empty"),
    ("\u{FEFF}{}", "byte order mark"),
  ])
  func inference(_ body: String, _ fault: String?) throws {
    let checks =
      "{infer: {id: one, inputs: {x: [1.5, 2]}, expect: {outputs: {probability: [0.25, 0.75]}, tolerance: {absolute: 1e-6}}}}"
    let findings = try findings(checks, .success(HTTPResponse(status: 200, body: Array(body.utf8))))
    let outputs = try #require(findings["one.outputs"])
    #expect(findings["one.status"]?.outcome == .passed)
    #expect(outputs.outcome == (fault == nil ? .passed : .failed))
    if let fault { #expect(outputs.message.contains(fault), "\(outputs.message)") }
  }

  @Test(arguments: [
    ("0.75", Outcome.passed), ("null", .failed), ("NaN", .failed), ("Infinity", .failed), ("true", .failed),
  ])
  func inferenceWithoutExpectedValuesIsStillJudged(_ element: String, _ outcome: Outcome) throws {
    let body = Self.reply(Self.good.replacing("0.75", with: element))
    let findings = try findings(
      "{infer: {id: one, inputs: {x: [1]}}}", .success(HTTPResponse(status: 200, body: Array(body.utf8))))
    #expect(findings.outcomes == ["one.status=passed", "one.outputs=\(outcome.rawValue)"])
  }

  @Test func singlePrecisionComparesAsItself() throws {
    // 0.93 as a 32-bit float, written with all the digits that servers print.
    let output = #"{"name":"p","shape":[1],"datatype":"FP32","data":[0.9300000071525574]}"#
    let checks = "{infer: {id: one, inputs: {x: [1]}, expect: {outputs: {p: [0.93]}}}}"
    for (body, outcome) in [(output, Outcome.passed), (output.replacing("FP32", with: "FP64"), .failed)] {
      let reply = HTTPResponse(status: 200, body: Array(Self.reply(body).utf8))
      #expect(try findings(checks, .success(reply))["one.outputs"]?.outcome == outcome)
    }
  }

  @Test(arguments: [
    (#"{"name":"delay","inputs":[{"name":"x"}],"outputs":[{"name":"p"}]}"#, 200, Outcome.passed),
    (#"{"name":"other","inputs":[{"name":"x"}],"outputs":[{"name":"p"}]}"#, 200, .failed),
    (#"{"name":"delay","inputs":[{"name":"y"}],"outputs":[{"name":"p"}]}"#, 200, .failed),
    (#"{"name":"delay","inputs":[],"outputs":[]}"#, 200, .errored),
    ("{}", 404, .errored), ("", 501, .errored), ("", 500, .failed), ("<html>", 200, .failed),
  ])
  func metadata(_ body: String, _ status: Int, _ outcome: Outcome) throws {
    let response = HTTPResponse(status: status, body: Array(body.utf8))
    let findings = try findings("{metadata: {inputs: [x], outputs: [p]}}", .success(response))
    #expect(findings.map(\.outcome) == [outcome])
    if outcome == .errored { #expect(findings.first?.reason?.rawValue == "metadata-unavailable") }
  }

  // MARK: - No reply

  @Test(arguments: [
    (TransportError.connectionRefused(origin: "o"), Outcome.errored, Outcome.failed),
    (.couldNotResolve(host: "h"), .errored, .failed),
    (.tls(origin: "o", reason: "r"), .errored, .failed),
    (.timedOut(origin: "o", phase: .connecting, limit: .seconds(1), received: 0), .errored, .failed),
    (.timedOut(origin: "o", phase: .waitingForFirstByte, limit: .seconds(1), received: 0), .failed, .failed),
    (.connectionReset(origin: "o", received: 0), .failed, .failed),
    (.truncatedBody(origin: "o", expected: 9, received: 1), .failed, .failed),
    (.responseTooLarge(origin: "o", part: .body, limit: 1), .failed, .failed),
    (.malformedResponse(origin: "o", reason: "r"), .failed, .failed),
    (.invalidURL(reason: "r"), .errored, .errored),
  ])
  func transportFailure(_ error: TransportError, _ first: Outcome, _ later: Outcome) throws {
    let checks = "{request: {path: /, expect: {latency: {at_most: 1s}}}}"
    for (wasReached, outcome) in [(false, first), (true, later)] {
      let findings = try findings(checks, .failure(error), wasReached: wasReached)
      #expect(findings.map(\.outcome) == [outcome, .skipped])
      #expect(findings[0].reason == (outcome == .errored ? .transport : nil))
      #expect(findings[1].message.contains("endpoints.api.request-1.status"))
    }
  }

  @Test func unselectedStatusStillStopsTheOthers() throws {
    let checks = "{request: {path: /, expect: {latency: {at_most: 1s}, json: [{path: $.a, exists: true}]}}}"
    let findings = try findings(
      checks, .success(HTTPResponse(status: 503)), only: ["*.latency", "*json*"])
    #expect(findings.outcomes == ["request-1.latency=failed", "request-1.json $.a=skipped"])
    #expect(findings[0].message == "status is 503, but must be 200")
  }

  @Test func everyFindingShowsTheExchange() throws {
    let body = String(repeating: "x", count: 5000)
    let findings = try findings(
      "{request: {path: /p, method: PUT}}", .success(HTTPResponse(status: 404, body: Array(body.utf8))))
    let finding = try #require(findings.first)
    #expect(finding.evidence.notes.starts(with: ["> PUT http://127.0.0.1:8080/p", "< HTTP/1.1 404"]))
    #expect(finding.evidence.notes.joined().utf8.count < 2300)
    #expect(finding.evidence.notes.last == "< … (5000 bytes in all)")
    #expect(finding.reproduce == "curl -sS -i -X PUT http://127.0.0.1:8080/p -H Content-Type: --data-binary ''")
  }
}
