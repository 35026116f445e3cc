import JSON
import Language
import TestSupport
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// Every preset against what its servers were seen to answer: paths, readiness, the form of requests and of replies.
@Suite struct PresetTests {
  /// One inference of a preset.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var config: String
    var line: String
    var body: String
    var reply: String
    var type = "application/json"
    /// `p=[1,2]:[0.25,0.75]`: name, shape, elements.
    var outputs: String

    var testDescription: String { "\(name) \(config)" }
  }

  static let cases: [Case] = [
    Case(
      name: "kserve-v1", config: "model: m", line: "POST /v1/models/m:predict",
      body: #"{"instances":[[1,"AA"],[2.5,"B6"]]}"#,
      reply: #"{"predictions":[0,2]}"#, outputs: "predictions=[2]:[0,2]"),
    Case(
      name: "kserve-v1", config: "model: m, encoding: records", line: "POST /v1/models/m:predict",
      body: #"{"instances":[{"x":1,"s":"AA"},{"x":2.5,"s":"B6"}]}"#, reply: #"{"predictions":[[0.1,0.9],[0.5,0.5]]}"#,
      outputs: "predictions=[2, 2]:[0.1,0.9,0.5,0.5]"),
    Case(
      name: "tf-serving", config: "model: m, version: '3'", line: "POST /v1/models/m/versions/3:predict",
      body: #"{"instances":[{"x":1,"s":"AA"},{"x":2.5,"s":"B6"}]}"#,
      reply: #"{"predictions":[{"class":"a","score":0.1},{"class":"b","score":0.2}]}"#,
      outputs: #"class=[2]:["a","b"] score=[2]:[0.1,0.2]"#),
    Case(
      name: "tf-serving", config: "model: m, encoding: inputs", line: "POST /v1/models/m:predict",
      body: #"{"inputs":{"x":[1,2.5],"s":["AA","B6"]}}"#, reply: #"{"outputs":{"p":[[0.25],[0.75]]}}"#,
      outputs: "p=[2, 1]:[0.25,0.75]"),
    Case(
      name: "mlflow", config: "timeout: 9s", line: "POST /invocations",
      body: #"{"dataframe_split":{"columns":["x","s"],"data":[[1,"AA"],[2.5,"B6"]]}}"#,
      reply: #"{"predictions": [0, 2]}"#,
      outputs: "predictions=[2]:[0,2]"),
    Case(
      name: "mlflow", config: "encoding: records", line: "POST /invocations",
      body: #"{"dataframe_records":[{"x":1,"s":"AA"},{"x":2.5,"s":"B6"}]}"#,
      reply: #"{"predictions":[{"p":0.1},{"p":0.2}]}"#, outputs: "p=[2]:[0.1,0.2]"),
    Case(
      name: "mlflow", config: "encoding: csv", line: "POST /invocations", body: "x,s\n1,AA\n2.5,B6\n",
      reply: #"{"predictions":[0,1]}"#, outputs: "predictions=[2]:[0,1]"),
    Case(
      name: "sagemaker", config: "timeout: 9s", line: "POST /invocations", body: "1,AA\n2.5,B6\n",
      reply: "0.25\n0.75\n",
      type: "text/csv; charset=utf-8", outputs: "predictions=[2]:[0.25,0.75]"),
    Case(
      name: "sagemaker", config: "timeout: 8s", line: "POST /invocations", body: "1,AA\n2.5,B6\n",
      reply: "{\"label\": 0, \"score\": 0.1}\n{\"label\": 1, \"score\": 0.2}\n",
      type: "application/jsonlines", outputs: "label=[2]:[0,1] score=[2]:[0.1,0.2]"),
    Case(
      name: "sagemaker", config: "encoding: instances", line: "POST /invocations",
      body: #"{"instances":[[1,"AA"],[2.5,"B6"]]}"#, reply: #"{"predictions":[{"score":0.1},{"score":0.2}]}"#,
      outputs: "score=[2]:[0.1,0.2]"),
    Case(
      name: "torchserve", config: "model: m", line: "POST /predictions/m",
      body: #"{"instances":[[1,"AA"],[2.5,"B6"]]}"#,
      reply: #"[{"tabby":0.5},{"tabby":0.25}]"#, outputs: "tabby=[2]:[0.5,0.25]"),
    Case(
      name: "bentoml", config: "paths: {infer: /classify}", line: "POST /classify",
      body: #"{"input_data":[[1,"AA"],[2.5,"B6"]]}"#, reply: "[0,2]", outputs: "prediction=[2]:[0,2]"),
    Case(
      name: "seldon-v1", config: "timeout: 9s", line: "POST /api/v1.0/predictions",
      body: #"{"data":{"names":["x","s"],"ndarray":[[1,"AA"],[2.5,"B6"]]}}"#,
      reply: #"{"data":{"names":["t:0"],"ndarray":[[0.1],[0.2]]},"meta":{}}"#, outputs: "data=[2, 1]:[0.1,0.2]"),
    Case(
      name: "seldon-v1", config: "timeout: 9s", line: "POST /api/v1.0/predictions",
      body: #"{"data":{"names":["x","s"],"ndarray":[[1,"AA"],[2.5,"B6"]]}}"#,
      reply: #"{"data":{"names":["a","b"],"tensor":{"shape":[2,2],"values":[1,2,3,4]}}}"#,
      outputs: "data=[2, 2]:[1,2,3,4]"),
    Case(
      name: "http", config: "paths: {infer: /score}", line: "POST /score",
      body: #"[{"x":1,"s":"AA"},{"x":2.5,"s":"B6"}]"#, reply: "[0.5,0.25]", outputs: "prediction=[2]:[0.5,0.25]"),
    Case(
      name: "http", config: "paths: {infer: /s}, request: {q: '{rows}', n: '{names}', k: 3}, reply: '$.r[*].p'",
      line: "POST /s", body: #"{"q":[[1,"AA"],[2.5,"B6"]],"n":["x","s"],"k":3}"#, reply: #"{"r":[{"p":0.5},{"p":1}]}"#,
      outputs: "prediction=[2]:[0.5,1]"),
    Case(
      name: "http", config: "request: {columns: '{columns}'}, reply: {label: $.labels, score: '$.scores[*]'}",
      line: "POST /", body: #"{"columns":{"x":[1,2.5],"s":["AA","B6"]}}"#,
      reply: #"{"labels":["a","b"],"scores":[0.5,1]}"#, outputs: #"label=[2]:["a","b"] score=[2]:[0.5,1]"#),
  ]

  private func rows() -> String { "rows: [{x: 1, s: AA}, {x: 2.5, s: B6}]" }

  private func subject(_ name: String, _ config: String, _ url: String, checks: String) throws -> EndpointSubject {
    let (subject, problems) = endpoint("{url: '\(url)', protocol: \(name), \(config), \(rows()), checks: [\(checks)]}")
    return try #require(subject, "\(problems.diagnostics.map(\.headline))")
  }

  @Test(arguments: cases)
  func requestsAndRepliesHaveTheFormOfTheProtocol(_ test: Case) async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST")
        ? .reply(200, test.reply, headers: "Content-Type: \(test.type)\r\n") : .reply(404, #"{"error":"no"}"#)
    }
    let subject = try subject(test.name, test.config, server.url, checks: "outputs")
    let findings = await subject.evaluate(.everything, in: .testing)
    #expect(findings.outcomes == ["outputs=passed"], "\(findings.map(\.message))")
    let request = try #require(server.requests.last)
    #expect(request.line == test.line)
    #expect(request.body == test.body)
    // The same reply once more, decoded by itself.
    let preset = subject.declaration.preset
    let reply = Reply(
      .init(status: 200, headers: ["Content-Type": test.type], body: Array(test.reply.utf8)))
    let predictions = try preset.predictions(in: reply, about: 2)
    let words = predictions.outputs.map { output in
      "\(output.name)=\(output.shape ?? []):\(JSONValue.array(output.elements))"
    }
    #expect(words.joined(separator: " ") == test.outputs)
  }

  @Test(arguments: [
    ("litserve", "POST /predict", [#"{"input":[1,"AA"]}"#, #"{"input":[2.5,"B6"]}"#], #"{"output": 16.0}"#),
    ("litserve", "POST /predict", [#"{"input":[1,"AA"]}"#, #"{"input":[2.5,"B6"]}"#], #"{"output": [0.1, 0.9]}"#),
    ("ray-serve", "POST /", [#"{"x":1,"s":"AA"}"#, #"{"x":2.5,"s":"B6"}"#], #"{"result": "setosa"}"#),
  ])
  func oneRowARequestWhereServersTakeOne(_ name: String, _ line: String, _ bodies: [String], _ reply: String)
    async throws
  {
    let server = try ScriptedServer { _ in .reply(200, reply) }
    let findings = try await subject(name, "timeout: 9s", server.url, checks: "outputs").evaluate(
      .everything, in: .testing)
    #expect(findings.outcomes == ["outputs=passed"], "\(findings.map(\.message))")
    #expect(server.requests.map(\.line) == [line, line])
    #expect(server.requests.map(\.body) == bodies)
    #expect(findings[0].evidence.counts?.rows == 2)
  }

  /// An error beside predictions, a member twice, a reply without its envelope, and what is within objects.
  @Test(arguments: [
    ("kserve-v1", #"{"predictions":[1.5],"error":"half the model failed"}"#, "half the model failed"),
    ("tf-serving", #"{"predictions":[1.5],"error":"half the model failed"}"#, "half the model failed"),
    ("kserve-v1", "[1.5]", "the reply has no \"predictions\""), ("tf-serving", "[1.5]", "the reply has no"),
    ("kserve-v1", #"{"predictions":[1.5],"predictions":[2.5]}"#, "the member \"predictions\" twice"),
    ("mlflow", #"{"predictions":[1.5],"error":null}"#, ""), ("mlflow", "[1.5]", ""),
    ("mlflow", #"{"predictions":[1.5],"error":"exploded"}"#, "success and says: exploded"),
    ("mlflow", #"{"predictions":[1.5],"error_code":"INTERNAL_ERROR","message":"x"}"#, "says: INTERNAL_ERROR: x"),
    (
      "seldon-v1",
      #"{"data":{"ndarray":[1.5]},"status":{"code":500,"info":"x","reason":"INTERNAL","status":"FAILURE"}}"#,
      "success and says: INTERNAL: x"
    ),
    ("seldon-v1", #"{"data":{"ndarray":[1.5]},"status":{"status":1}}"#, "success and says: "),
    ("seldon-v1", #"{"data":{"ndarray":[1.5]},"status":{"code":200,"status":"SUCCESS"}}"#, ""),
    ("seldon-v1", #"{"data":{"ndarray":[""]}}"#, "each of its texts is empty"),
    ("kserve-v1", #"{"predictions":[{}]}"#, "the predictions are empty"),
    ("kserve-v1", #"{"predictions":[{"p":{"v":null}}]}"#, "outputs.p[0].v is null"),
    ("kserve-v1", #"{"predictions":[{"scores":[{"label":"a","score":NaN}]}]}"#, "outputs.scores[0].score is NaN"),
    ("kserve-v1", #"{"predictions":[{"probabilities":{"yes":0.75,"no":0.75}}]}"#, "sums to 1.5, not to 1"),
    ("kserve-v1", #"{"predictions":[{"probabilities":{"yes":0.75,"no":0.25},"top":{"label":"yes"}}]}"#, ""),
  ])
  func whatIsBesidePredictionsIsRead(_ name: String, _ body: String, _ words: String) async throws {
    let server = try ScriptedServer { $0.line.hasPrefix("POST") ? .reply(200, body) : .reply(404) }
    let model = name == "mlflow" || name == "seldon-v1" ? "" : "model: m, "
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: \(name), \(model)rows: [{x: 1}], checks: [outputs]}")
    #expect(findings.map(\.outcome) == [words.isEmpty ? .passed : .failed], "\(findings.map(\.message))")
    #expect(words.isEmpty || findings[0].message.contains(words), "\(findings[0].message)")
  }

  /// Who says that an output is one of probabilities: its name, or the config.
  @Test(arguments: [
    ("softmax", "outputs", Outcome.failed), ("prob", "outputs", .failed), ("score", "outputs", .passed),
    ("score", "{outputs: {probabilities: score}}", .failed), ("score", "{outputs: {probabilities: [other]}}", .failed),
  ])
  func probabilitiesAreJudgedWhereSomebodySaysSo(_ name: String, _ check: String, _ outcome: Outcome) async throws {
    let server = try ScriptedServer { $0.line.hasPrefix("POST") ? .reply(200, "[[0.7,0.7]]") : .reply(404) }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: mlflow, reply: {\(name): '$'}, rows: [{x: 1}], checks: [\(check)]}")
    #expect(findings.map(\.outcome) == [outcome], "\(findings.map(\.message))")
    if outcome == .passed { #expect(findings[0].evidence.notes.contains("not judged as probabilities: score")) }
  }

  /// TensorFlow Serving leaves the name of an only output out, and text is no number of a declared type.
  @Test(arguments: [
    ("[[0.5],[0.25]]", Outcome.passed, ""),
    (#"["NaN","0.5"]"#, .failed, "outputs.predictions holds text, but DT_DOUBLE"),
    ("[0.5,0.25]", .failed, "has the shape [2]"),
  ])
  func theOnlyOutputNeedsNoName(_ values: String, _ outcome: Outcome, _ words: String) async throws {
    let tensor = #"{"dtype":"DT_DOUBLE","tensor_shape":{"dim":[{"size":"-1"},{"size":"1"}]}}"#
    let metadata =
      #"{"model_spec":{"name":"m","version":"1"},"metadata":{"signature_def":{"signature_def":{"serving_default":"#
      + #"{"inputs":{"x":\#(tensor)},"outputs":{"p":\#(tensor)}}}}}}"#
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST") ? .reply(200, #"{"predictions":\#(values)}"#) : .reply(200, metadata)
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: tf-serving, model: m, rows: [{x: 1}, {x: 2}], checks: [outputs]}")
    #expect(findings.map(\.outcome) == [outcome], "\(findings.map(\.message))")
    #expect(words.isEmpty || findings[0].message.contains(words), "\(findings[0].message)")
  }

  @Test(arguments: [
    ("open-inference-v2", "model: m", ["GET /v2/health/live", "GET /v2/health/ready", "GET /v2/models/m/ready"], "{}"),
    ("kserve-v1", "model: m", ["GET /", "GET /v1/models/m"], #"{"name":"m","ready":true}"#),
    (
      "tf-serving", "model: m", ["GET /v1/models/m"],
      #"{"model_version_status":[{"version":"1","state":"AVAILABLE","status":{"error_code":"OK"}}]}"#
    ),
    ("mlflow", "timeout: 9s", ["GET /ping"], "\n"), ("sagemaker", "timeout: 9s", ["GET /ping"], ""),
    ("torchserve", "model: m", ["GET /ping"], #"{"health":"healthy!"}"#),
    ("bentoml", "timeout: 9s", ["GET /livez", "GET /readyz"], "\n"), ("litserve", "timeout: 9s", ["GET /health"], "ok"),
    ("seldon-v1", "timeout: 9s", ["GET /health/ping"], "pong"),
    ("ray-serve", "timeout: 9s", ["GET /-/healthz"], "success"),
    ("http", "timeout: 9s", ["GET /"], "<html>"), ("mlflow", "ready: {path: /version}", ["GET /version"], "3.17.2"),
  ])
  func readinessIsAskedForInItsPlace(_ name: String, _ config: String, _ lines: [String], _ body: String) async throws {
    let server = try ScriptedServer { _ in .reply(200, body) }
    // Without rows, about one of which it would be asked as well.
    let findings = try await evaluate("{url: '\(server.url)', protocol: \(name), \(config), checks: [ready]}")
    #expect(findings.outcomes == ["ready=passed"], "\(findings.map(\.message))")
    #expect(server.requests.map(\.line) == lines)
  }

  @Test(arguments: [
    ("kserve-v1", #"{"name":"m","ready":false}"#), ("torchserve", #"{"status":"Partial Healthy"}"#),
    ("tf-serving", #"{"model_version_status":[{"version":"1","state":"LOADING"}]}"#),
    ("tf-serving", #"{"model_version_status":[{"state":"AVAILABLE"},{"state":"LOADING"}]}"#),
    ("tf-serving", #"{"model_version_status":[]}"#), ("tf-serving", "no json"),
  ])
  func aStateInTheBodyCounts(_ name: String, _ body: String) async throws {
    let server = try ScriptedServer { _ in .reply(200, body) }
    let findings = try await subject(name, "model: m", server.url, checks: "ready").evaluate(.everything, in: .testing)
    #expect(findings.outcomes == ["ready=failed"], "\(findings.map(\.message))")
  }

  @Test func aModelThatEndedIsNotWaitedFor() async throws {
    let server = try ScriptedServer { _ in .reply(200, #"{"model_version_status":[{"version":"1","state":"END"}]}"#) }
    let findings = try await subject("tf-serving", "model: m, ready: {within: 60s}", server.url, checks: "ready")
      .evaluate(.everything, in: .testing)
    #expect(findings.outcomes == ["ready=failed"])
    #expect(server.requests.count == 1)
  }

  @Test func tensorFlowTellsItsSignature() throws {
    let document = try JSONParser.parse(
      #"{"model_spec":{"name":"m","signature_name":"","version":"2"},"metadata":{"signature_def":{"signature_def":{"serving_default":"#
        + #"{"inputs":{"x":{"dtype":"DT_FLOAT","tensor_shape":{"dim":[{"size":"-1","name":""},{"size":"4","name":""}]}}},"#
        + #""outputs":{"p":{"dtype":"DT_DOUBLE","tensor_shape":{"dim":[{"size":"-1"}]}}},"method_name":"x"}}}}}"#)
    let preset = try subject("tf-serving", "model: m", "http://127.0.0.1:1", checks: "ready").declaration.preset
    let signature = try #require(preset.signature(in: document))
    #expect(signature.name == "m" && signature.versions == ["2"])
    #expect(signature.inputs == [.init(name: "x", datatype: .fp32, typeName: "DT_FLOAT", shape: [-1, 4])])
    #expect(signature.outputs == [.init(name: "p", datatype: .fp64, typeName: "DT_DOUBLE", shape: [-1])])
    // One input of rank 2 takes lists.
    let rows = FeatureRows([.init(name: "a", values: [1]), .init(name: "b", values: [2])])
    let request = try preset.request(for: rows, .standard, signature)
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"instances":[[1,2]]}"#)
  }

  @Test func bareNaNIsSentAndRead() throws {
    let preset = try subject("tf-serving", "model: m", "http://127.0.0.1:1", checks: "ready").declaration.preset
    let rows = FeatureRows([.init(name: "x", values: [.number(JSONNumber(.nan)), .number(JSONNumber(-.infinity))])])
    let request = try preset.request(for: rows, .standard, nil)
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"instances":[{"x":NaN},{"x":-Infinity}]}"#)
    let reply = Reply(.init(status: 200, headers: [:], body: Array(#"{"predictions":[NaN,1]}"#.utf8)))
    let issues = try preset.predictions(in: reply, about: 2).allIssues
    #expect(issues == [.init(place: "outputs.predictions[0]", text: "is NaN")])
  }

  @Test(arguments: [
    ("kserve-v1", #"{"error":"Model with name nope does not exist."}"#, "Model with name nope does not exist."),
    ("mlflow", #"{"error_code":"BAD_REQUEST","message":"no x","stack_trace":"T"}"#, "BAD_REQUEST: no x"),
    ("torchserve", #"{"code":404,"type":"ModelNotFoundException","message":"no"}"#, "ModelNotFoundException: no"),
    (
      "seldon-v1", #"{"status":{"code":-1,"info":"bad","reason":"MICROSERVICE_BAD_DATA","status":1}}"#,
      "MICROSERVICE_BAD_DATA: bad"
    ),
    ("litserve", #"{"detail":"Not authorized"}"#, "Not authorized"), ("open-inference-v2", #"{"error":"no"}"#, "no"),
    ("bentoml", #"{"error":"bad input"}"#, "bad input"),
  ])
  func errorsSaySoInTheirOwnShape(_ name: String, _ body: String, _ words: String) throws {
    let config = ["mlflow", "seldon-v1", "litserve", "bentoml"].contains(name) ? "timeout: 9s" : "model: m"
    let preset = try subject(name, config, "http://127.0.0.1:1", checks: "ready").declaration.preset
    let reply = Reply(.init(status: 400, headers: [:], body: Array(body.utf8)))
    #expect(preset.errorText(in: reply) == words)
  }

  @Test func timingIsThatOfSageMaker() throws {
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:{port}', protocol: sagemaker, start: {command: [serve, '{port}']}, checks: [ready]}")
    let declaration = try #require(subject, "\(problems.diagnostics.map(\.headline))").declaration
    #expect(declaration.start?.readyWithin.value == Quantity(240, .seconds))
    #expect(declaration.start?.stopWithin == Quantity(30, .seconds))
    let ping = try #require(declaration.preset.readinessProbes.first).request
    #expect(ping.timeout == .seconds(2) && ping.connectTimeout == .milliseconds(250))
    #expect(declaration.timeout == Quantity(60, .seconds))
    let (hasty, _) = endpoint("{url: 'http://127.0.0.1:1', protocol: sagemaker, timeout: 3s, checks: [ready]}")
    #expect(hasty?.declaration.timeout == Quantity(3, .seconds))
  }

  @Test(arguments: [
    ("request: {x: 1}", "nothing in this body stands for the rows"), ("reply: '$['", "JSONPath"),
    ("paths: {infer: score}", "a path begins with a slash"), ("rows_per_request: 0", "a whole number from 1"),
  ])
  func mistakesInPartsAreReported(_ config: String, _ words: String) {
    let (subject, problems) = endpoint("{url: 'http://127.0.0.1:1', \(config), checks: [{request: {path: /}}]}")
    #expect(subject == nil)
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }
}
