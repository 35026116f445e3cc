import JSON
import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// The preset `openai`: readiness, prompts from rows, answers as predictions, and what is compared of them.
@Suite struct OpenAITests {
  private typealias Chat = ChatServer

  private func bodies(_ rest: String) async throws -> (lines: [String], bodies: [String], findings: [Finding]) {
    let server = try ScriptedServer { request in
      request.line.contains("/chat/")
        ? .reply(200, Chat.answer) : .reply(200, #"{"choices":[{"index":0,"text":"Hello"}]}"#)
    }
    let findings = try await evaluate(Chat.config(server, "outputs", rest))
    let asked = server.requests.filter { $0.line.hasPrefix("POST") }
    return (asked.map(\.line), asked.map(\.body), findings)
  }

  @Test(arguments: [
    ("rows: [{prompt: Hi}]", "/v1/chat/completions", #""messages":[{"role":"user","content":"Hi"}],"temperature":0}"#),
    (
      "rows: [{question: Hi}]", "/v1/chat/completions", #""messages":[{"role":"user","content":"Hi"}],"temperature":0}"#
    ),
    (
      "rows: [{messages: [{role: system, content: s}, {role: user, content: u}], id: 3}]", "/v1/chat/completions",
      #""messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"temperature":0}"#
    ),
    (
      #"rows: [{messages: '[{"role": "user", "content": "u"}]', id: 3}]"#, "/v1/chat/completions",
      #""messages":[{"role":"user","content":"u"}],"temperature":0}"#
    ),
    ("encoding: completions, rows: [{prompt: Hi, id: 3}]", "/v1/completions", #""prompt":"Hi","temperature":0}"#),
    (
      "parameters: {temperature: 0.5, seed: 7, stop: ['x']}, rows: [{prompt: Hi}]", "/v1/chat/completions",
      #""messages":[{"role":"user","content":"Hi"}],"temperature":0.5,"seed":7,"stop":["x"]}"#
    ),
    (
      "rows: [{a: 1}], request: {messages: [{role: user, content: '{record}'}]}", "/v1/chat/completions",
      #"{"messages":[{"role":"user","content":{"a":1}}]}"#
    ),
  ])
  func rowsArePrompts(_ config: String, _ path: String, _ body: String) async throws {
    let (lines, bodies, findings) = try await bodies(config)
    #expect(findings.outcomes == ["outputs=passed"], "\(findings.map(\.message))")
    #expect(lines == ["POST " + path])
    let expected = body.hasPrefix("{") ? body : #"{"model":"org/m","# + body
    #expect(bodies == [expected])
  }

  @Test(arguments: [
    ("rows: [{messages: Hi}]", "a text in the column messages is no JSON list of messages"),
    ("rows: [{messages: '[1]'}]", "a text in the column messages is no JSON list of messages"),
    ("rows: [{a: 1, b: 2}]", "none of the columns a, b is called messages or prompt"),
    ("encoding: completions, rows: [{messages: [{role: user, content: x}]}]", "completions take a prompt"),
  ])
  func rowsWithoutAPromptAreNotGuessed(_ config: String, _ words: String) async throws {
    let (lines, _, findings) = try await bodies(config)
    #expect(findings.map(\.outcome) == [.errored] && lines.isEmpty)
    #expect(findings[0].message.contains(words), "\(findings[0].message)")
  }

  @Test func goldenTextsAreCompared() async throws {
    let server = try Chat.start("")
    func golden(_ answer: String) async throws -> Finding? {
      try await evaluate(Chat.config(server, "{golden: {expect: answer}}", "rows: [{prompt: Hi, answer: \(answer)}]"))
        .first
    }
    #expect(try await golden("Hello")?.outcome == .passed)
    let failed = try await golden("Hallo")
    #expect(failed?.outcome == .failed)
    #expect(failed?.message.contains("text is Hello, expected Hallo") == true, "\(failed?.message ?? "")")
    #expect(server.requests.last?.body.contains("Hallo") == false)
  }

  @Test(arguments: [
    (
      #"{"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[]}}]}"#,
      "choice 0 of the reply has no text"
    ),
    (#"{"choices":[]}"#, "the reply has no choices"),
    (#"{"error":{"message":"no"}}"#, "a status of success and says: no"),
  ])
  func answersWithoutATextAreNone(_ answer: String, _ words: String) async throws {
    let server = try Chat.start("", answer: answer)
    let findings = try await evaluate(Chat.config(server, "outputs"))
    #expect(findings.map(\.outcome) == [.failed])
    #expect(findings[0].message.contains(words), "\(findings[0].message)")
  }

  /// What a model asks for, and why it does not answer, are answers, too.
  @Test(arguments: [
    (
      #"{"content":null,"tool_calls":[{"function":{"name":"get","arguments":"{\"city\": \"Rome\"}"}}]}"#,
      #"get({"city":"Rome"})"#
    ),
    (#"{"content":"","function_call":{"name":"get","arguments":"{}"}}"#, "get({})"),
    (#"{"content":null,"refusal":"I must not"}"#, "I must not"),
  ])
  func callsAndRefusalsAreAnswers(_ message: String, _ prediction: String) async throws {
    let server = try Chat.start("", answer: #"{"model":"org/m","choices":[{"index":0,"message":\#(message)}]}"#)
    let findings = try await evaluate(Chat.config(server, "outputs"))
    #expect(findings.map(\.outcome) == [.passed], "\(findings.map(\.message))")
    let golden = try await evaluate(
      Chat.config(
        server, "{golden: {expect: answer}}", "rows: [{prompt: Hi, answer: '\(prediction)'}]"
      ))
    #expect(golden.map(\.outcome) == [.passed], "\(golden.map(\.message))")
  }

  /// A list with the model, one without it, none at all (LitServe), and a server that is still loading.
  @Test(arguments: [
    (200, #"{"data":[{"id":"org/m"}]}"#, Outcome.passed), (200, #"{"data":[{"id":"other"}]}"#, .failed),
    (200, #"{"data":[]}"#, .failed), (404, #"{"detail":"Not Found"}"#, .passed), (500, "", .failed),
  ])
  func readinessKnowsTheModel(_ status: Int, _ body: String, _ outcome: Outcome) async throws {
    let server = try ScriptedServer { $0.line == "GET /health" ? .reply(200) : .reply(status, body) }
    let findings = try await evaluate(Chat.config(server, "ready", "timeout: 9s"))
    #expect(findings.map(\.outcome) == [outcome], "\(findings.map(\.message))")
    #expect(server.requests.map(\.line) == ["GET /health", "GET /v1/models"])
  }

  @Test(arguments: [
    (200, #"{"data":[{"id":"a"},{"id":"org/m"}]}"#, Outcome.passed, "the served model is org/m"),
    (200, #"{"data":[{"id":"a"},{"id":"b"}]}"#, .failed, #"the model's name is "a, b", but must be "org/m""#),
    (404, #"{"detail":"Not Found"}"#, .errored, "metadata unavailable: the server answers 404"),
  ])
  func theContractIsTheListOfModels(_ status: Int, _ body: String, _ outcome: Outcome, _ words: String) async throws {
    let server = try ScriptedServer { $0.line == "GET /v1/models" ? .reply(status, body) : .reply(200) }
    let findings = try await evaluate(Chat.config(server, "contract"))
    #expect(findings.map(\.outcome) == [outcome] && findings[0].message == words, "\(findings.map(\.message))")
  }

  /// What cannot be made of a prompt is no case: no request that is good is expected to be refused.
  @Test func nonsenseIsRefused() async throws {
    let server = try ScriptedServer { request in
      guard request.line == "POST /v1/chat/completions" else { return .reply(405, "{}") }
      guard request.head.lowercased().contains("content-type: application/json"),
        let document = try? JSONParser.parse(request.body), document["model"]?.stringValue == "org/m",
        let messages = document["messages"]?.arrayValue,
        messages.allSatisfy({ $0["role"]?.stringValue == "user" && $0["content"]?.stringValue != nil })
      else { return .reply(422, #"{"error":{"message":"no"}}"#) }
      return .reply(200, Chat.answer)
    }
    let findings = try await evaluate(Chat.config(server, "{rejects: {oversize: 1KB}}"))
    #expect(findings.allSatisfy { [.passed, .skipped].contains($0.outcome) }, "\(findings.outcomes)")
    for name in ["missing-feature", "unknown-model", "null", "bad-json", "wrong-rank"] {
      #expect(findings["rejects.\(name)"]?.outcome == .passed, "\(findings.outcomes)")
    }
  }

  @Test(arguments: [
    ("{golden: {expect: a}}", "parameters: {temperature: 1}", "so the same rows have another answer every time"),
    ("consistency", "parameters: {temperature: 1}", "so the same rows have another answer every time"),
    ("outputs", "parameters: {messages: []}", "messages is written by the protocol itself"),
    ("outputs", "parameters: [1]", "parameters are a mapping"),
    ("outputs", "parameters: {n: 1}, request: {x: '{records}'}", "request: is the whole body"),
    ("{infer: {inputs: {x: [1]}}}", "timeout: 9s", "the protocol openai has no \"infer\""),
  ])
  func mistakesAreToldBeforeAnythingIsAsked(_ check: String, _ keys: String, _ words: String) {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: openai, model: org/m, \(keys), rows: [{prompt: a}], checks: [\(check)]}")
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }

  @Test func onlySomeProtocolsTakeParametersAndSlashes() {
    for (keys, words) in [
      ("protocol: mlflow, parameters: {n: 1}", "requests of mlflow take no parameters"),
      ("protocol: kserve-v1, model: a/b", "the name holds a character that a path cannot carry"),
    ] {
      let (_, problems) = endpoint("{url: 'http://127.0.0.1:1', \(keys), rows: [{x: 1}], checks: [outputs]}")
      #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
    }
  }
}
