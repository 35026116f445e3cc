import JSON
import TestSupport
import Testing
import Verdict

@testable import Baselines

/// Answers as MLflow 3.17 gives them, and what other stores and proxies answer instead.
@Suite struct MLflowClientTests {
  private static let api = "/api/2.0/mlflow"
  private static let version = """
    {"model_version": {"name": "delay", "version": "3", "run_id": "27af", "status": "READY", "aliases": ["champion"]}}
    """
  private static let run = """
    {"run": {"info": {"run_id": "27af"}, "data": {"metrics": [
      {"key": "roc_auc", "value": 0.83, "timestamp": 1, "step": 0}, {"key": "bad", "value": "NaN"},
      {"key": "big", "value": 1.7976931348623157e+308}, {"key": "bare", "value": NaN}], "tags": []}}}
    """

  private static func get(_ path: String) -> String { "GET \(api)/\(path)" }

  private func fetch(
    _ target: String, from server: StubServer, environment: [String: String] = [:], limit: Int = 1 << 20
  ) async throws -> Baseline {
    let settings = [
      "MLFLOW_TRACKING_URI": server.address, "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "0",
    ].merging(environment) { $1 }
    return try await BaselineReference("mlflow:" + target).fetch(in: "", environment: settings, limit: limit)
  }

  private func fails(
    with error: MLflowError, _ target: String = "models:/delay@champion", from answers: [String: StubServer.Answer],
    environment: [String: String] = [:]
  ) async throws {
    let server = try StubServer(answers)
    await #expect(throws: BaselineError.mlflow(error)) {
      try await fetch(target, from: server, environment: environment)
    }
    #expect(!error.message(for: "the baseline").isEmpty)
    #expect(!error.advice.isEmpty)
  }

  @Test func anAliasLeadsToTheMetricsOfItsRun() async throws {
    let server = try StubServer([
      Self.get("registered-models/alias?name=delay&alias=champion "): .ok(Self.version),
      Self.get("runs/get?run_id=27af "): .ok(Self.run),
    ])
    let baseline = try await fetch("models:/delay@champion", from: server)
    #expect(baseline.provenance == "version 3 of delay, run 27af")
    #expect(baseline.path == "metrics.json")
    let metrics = try JSONParser.parse(baseline.bytes, mode: .lenient)
    #expect(metrics.arrayValue?.compactMap { $0["key"]?.stringValue } == ["roc_auc", "bad", "big", "bare"])
    #expect(metrics[0]?["value"]?.doubleValue == 0.83)
    #expect(metrics[1]?["value"]?.stringValue == "NaN")
    #expect(metrics[3]?["value"]?.stringValue == "NaN")
  }

  @Test func aVersionAndARunAreReadDirectly() async throws {
    // Numbers where MLflow writes texts.
    let version = #"{"model_version": {"name": "a b", "version": 3, "run_id": "27af"}}"#
    let server = try StubServer([
      Self.get("model-versions/get?name=a%20b&version=3 "): .ok(version),
      Self.get("runs/get?run_id=27af "): .ok(Self.run),
    ])
    #expect(try await fetch("models:/a b/3", from: server).provenance == "version 3 of a b, run 27af")
    #expect(try await fetch("runs:/27af", from: server).provenance == "run 27af")
    #expect(server.calls.count == 3)
  }

  @Test func whatIsOddAboutTheRunIsTold() async throws {
    for (info, words) in [
      (#"{"lifecycle_stage": "deleted", "status": "FINISHED"}"#, "run 27af, which is deleted"),
      (#"{"lifecycle_stage": "active", "status": "FAILED"}"#, "run 27af, which ended as FAILED"),
      (#"{"lifecycle_stage": "active", "status": "RUNNING"}"#, "run 27af"),
    ] {
      let run = #"{"run": {"info": \#(info), "data": {"metrics": [{"key": "roc_auc", "value": 0.9}]}}}"#
      let server = try StubServer([Self.get("runs/get?run_id=27af "): .ok(run)])
      #expect(try await fetch("runs:/27af", from: server).provenance == words)
    }
  }

  @Test func theServerOfTheReferenceComesFirst() async throws {
    let server = try StubServer(["GET /ml\(Self.api)/runs/get": .ok(Self.run)])
    let reference = try BaselineReference("mlflow:\(server.address)/ml#runs:/27af")
    let baseline = try await reference.fetch(in: "", environment: ["MLFLOW_TRACKING_URI": "http://127.0.0.1:1"])
    #expect(baseline.provenance == "run 27af")
  }

  @Test func credentialsAreSentToEveryCall() async throws {
    let server = try StubServer([
      Self.get("registered-models/alias"): .ok(Self.version), Self.get("runs/get"): .ok(Self.run),
    ])
    _ = try await fetch("models:/delay@champion", from: server, environment: ["MLFLOW_TRACKING_TOKEN": "t0ken"])
    #expect(server.requests.count == 2)
    for request in server.requests { #expect(request.contains("\r\nAuthorization: Bearer t0ken\r\n")) }
  }

  /// Only this is a first run: MLflow's own words, and those of stores that say it otherwise.
  @Test(arguments: [
    StubServer.Answer.error("400 Bad Request", "INVALID_PARAMETER_VALUE", "Registered model alias champion not found."),
    .error("404 Not Found", "RESOURCE_DOES_NOT_EXIST", "Registered model alias champion not found."),
    .error("404 Not Found", "RESOURCE_DOES_NOT_EXIST", "nothing"),
  ])
  func aMissingAliasIsNoBaseline(answer: StubServer.Answer) async throws {
    let missing = MLflowError.missingAlias("champion", model: "delay")
    let model = StubServer.Answer.ok(#"{"registered_model": {"name": "delay"}}"#)
    try await fails(
      with: missing,
      from: [Self.get("registered-models/alias"): answer, Self.get("registered-models/get?name=delay "): model])
    #expect(BaselineError.mlflow(missing).isMissing)
    let gone = StubServer.Answer.error("404 Not Found", "RESOURCE_DOES_NOT_EXIST", "Registered Model not found")
    try await fails(
      with: .missingModel("delay"),
      from: [Self.get("registered-models/alias"): answer, Self.get("registered-models/get"): gone])
  }

  @Test func everythingElseIsAnError() async throws {
    let gone = StubServer.Answer.error("404 Not Found", "RESOURCE_DOES_NOT_EXIST", "not found")
    try await fails(with: .missingRun("27af"), "runs:/27af", from: [Self.get("runs/get"): gone])
    try await fails(
      with: .missingVersion("9", model: "delay"), "models:/delay/9", from: [Self.get("model-versions/get"): gone])
    try await fails(
      with: .missingRun("27af"),
      from: [Self.get("registered-models/alias"): .ok(Self.version), Self.get("runs/get"): gone])
    try await fails(
      with: .noRun(model: "delay", version: "3"),
      from: [Self.get("registered-models/alias"): .ok(#"{"model_version": {"name": "delay", "version": "3"}}"#)])
    try await fails(
      with: .noMetrics(run: "27af"), "runs:/27af", from: [Self.get("runs/get"): .ok(#"{"run": {"data": {}}}"#)])
    for (status, code) in [
      ("400 Bad Request", "INVALID_PARAMETER_VALUE"), ("403 Forbidden", "PERMISSION_DENIED"),
      ("404 Not Found", "ENDPOINT_NOT_FOUND"), ("429 Too Many", "REQUEST_LIMIT_EXCEEDED"),
      ("500 Oops", "INTERNAL_ERROR"), ("503 Later", "TEMPORARILY_UNAVAILABLE"),
    ] {
      let error: MLflowError = status.hasPrefix("403") ? .remote(.forbidden) : .refused(code: code, words: "words")
      try await fails(with: error, from: [Self.get("registered-models/alias"): .error(status, code, "words")])
      #expect(!BaselineError.mlflow(error).isMissing)
    }
    // An alias that is wrong is not an alias that is missing.
    try await fails(
      with: .refused(code: "INVALID_PARAMETER_VALUE", words: "Invalid alias name"),
      from: [
        Self.get("registered-models/alias"): .error("400 Bad Request", "INVALID_PARAMETER_VALUE", "Invalid alias name")
      ])
  }

  /// What is not registered is no baseline, although it has a run with metrics.
  @Test(arguments: ["FAILED_REGISTRATION", "PENDING_REGISTRATION"])
  func aVersionThatIsNotRegisteredIsAnError(status: String) async throws {
    let version = StubServer.Answer.ok(
      #"{"model_version": {"name": "delay", "version": "3", "run_id": "27af", "status": "\#(status)","#
        + #" "status_message": "the store is full"}}"#)
    let error = MLflowError.notReady(model: "delay", version: "3", status: status, words: "the store is full")
    for (target, call) in [("@champion", "registered-models/alias"), ("/3", "model-versions/get")] {
      try await fails(
        with: error, "models:/delay\(target)", from: [Self.get(call): version, Self.get("runs/get"): .ok(Self.run)])
    }
    #expect(!BaselineError.mlflow(error).isMissing)
    #expect(error.message(for: "the baseline").hasSuffix("is \(status) (the store is full)"))
  }

  @Test func whatIsGoneIsNoMLflowEither() async throws {
    try await fails(
      with: .notMLflow("it answered 410 without an error code"), "runs:/1",
      from: [Self.get("runs/get"): .init(status: "410 Gone", body: "")])
  }

  @Test func whoMayNotIsToldFromWhoIsUnknown() async throws {
    let variables = "MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD"
    let unknown = [
      Self.get("runs/get"): StubServer.Answer(status: "401 Unauthorized", type: "text/plain", body: "who?")
    ]
    try await fails(
      with: .remote(.unauthorized(sentCredentials: false, variables: variables)), "runs:/1", from: unknown)
    try await fails(
      with: .remote(.unauthorized(sentCredentials: true, variables: variables)), "runs:/1", from: unknown,
      environment: ["MLFLOW_TRACKING_TOKEN": "wrong"])
    try await fails(
      with: .remote(.forbidden), "runs:/1",
      from: [Self.get("runs/get"): .init(status: "403 Forbidden", type: "text/plain", body: "Permission denied")])
  }

  @Test func anotherServiceIsNoMLflow() async throws {
    let call = Self.get("runs/get")
    try await fails(with: .notMLflow("it answered 404 without an error code"), "runs:/1", from: [:])
    try await fails(
      with: .notMLflow("it answered with a web page"), "runs:/1", from: [call: .init(type: "text/html", body: "<html>")]
    )
    for body in ["", "OK", "[1]", "{", "3"] {
      try await fails(with: .notMLflow("the answer is not a JSON object"), "runs:/1", from: [call: .ok(body)])
    }
    try await fails(with: .notMLflow("the answer has no run"), "runs:/1", from: [call: .ok("{}")])
    try await fails(
      with: .notMLflow("a metric has no key or no value"), "runs:/1",
      from: [call: .ok(#"{"run": {"data": {"metrics": [{"key": "a"}]}}}"#)])
    try await fails(
      with: .notMLflow("the answer has no model_version"), from: [Self.get("registered-models/alias"): .ok("{}")])
    try await fails(
      with: .remote(.redirected(status: 302)), "runs:/1",
      from: [call: .init(status: "302 Found", headers: "Location: /login\r\n")])
    try await fails(
      with: .remote(.status(502, "bad gateway")), "runs:/1", from: [call: .init(status: "502 Bad", body: "bad gateway")]
    )
  }

  @Test func aTokenThatTheServerRepeatsIsMasked() async throws {
    try await fails(
      with: .refused(code: "BAD_REQUEST", words: "no *** here"), "runs:/1",
      from: [Self.get("runs/get"): .error("400 Bad", "BAD_REQUEST", "no t0ken-9 here")],
      environment: ["MLFLOW_TRACKING_TOKEN": "t0ken-9"])
  }

  @Test func sizeAndTimeAreBounded() async throws {
    let large = try StubServer([Self.get("runs/get"): .ok(#"{"x": "\#(String(repeating: "x", count: 3000))"}"#)])
    await #expect(throws: BaselineError.mlflow(.remote(.tooLarge(limit: 2000)))) {
      try await fetch("runs:/1", from: large, limit: 2000)
    }
    let silent = try FaultServer { $0.waitForPeerToLeave() }
    defer { silent.stop() }
    await #expect {
      try await BaselineReference("mlflow:\(silent.url(""))#runs:/1").fetch(
        in: "", environment: ["MLFLOW_HTTP_REQUEST_TIMEOUT": "0.2"])
    } throws: { error in
      guard case BaselineError.mlflow(.remote(.unreachable(let failure)))? = error as? BaselineError else {
        return false
      }
      return failure.kind == "timed-out" && (error as? BaselineError)?.reason == .transport
    }
  }

  @Test func aServerMustBeNamed() async throws {
    let reference = try BaselineReference("mlflow:runs:/1")
    let tracking = "MLFLOW_TRACKING_URI"
    for (address, expected) in [
      (nil, MLflowError.noServer), ("", .noServer),
      ("sqlite:///m.db", .unusableServer(scheme: "sqlite", variable: tracking)),
      ("databricks", .unusableServer(scheme: "databricks", variable: tracking)),
      ("./mlruns", .unusableServer(scheme: "./mlruns", variable: tracking)),
    ] {
      var environment: [String: String] = [:]
      environment["MLFLOW_TRACKING_URI"] = address
      await #expect(throws: BaselineError.mlflow(expected)) {
        try await reference.fetch(in: "", environment: environment)
      }
    }
  }

  /// Models of one server, runs of another, as MLflow's own clients have it.
  @Test func theRegistryMayBeAnotherServer() async throws {
    let registry = try StubServer([Self.get("registered-models/alias"): .ok(Self.version)])
    let tracking = try StubServer([Self.get("runs/get?run_id=27af "): .ok(Self.run)])
    let environment = ["MLFLOW_REGISTRY_URI": registry.address]
    _ = try await fetch("models:/delay@champion", from: tracking, environment: environment)
    #expect(registry.calls.count == 1 && tracking.calls.count == 1)
    await #expect(
      throws: BaselineError.mlflow(.unusableServer(scheme: "databricks-uc", variable: "MLFLOW_REGISTRY_URI"))
    ) {
      try await fetch("models:/delay@champion", from: tracking, environment: ["MLFLOW_REGISTRY_URI": "databricks-uc"])
    }
    // A run needs no registry.
    _ = try await fetch("runs:/27af", from: tracking, environment: ["MLFLOW_REGISTRY_URI": "databricks-uc"])
  }

  @Test(arguments: [("429 Too Many Requests", "2", 3), ("503 Service Unavailable", "0", 1), ("500 Oops", "5", 1)])
  func aServerThatIsBusyIsAskedAgain(status: String, retries: String, asked: Int) async throws {
    let server = try StubServer([Self.get("runs/get"): .init(status: status, type: "text/plain", body: "busy")])
    let code = Int(status.prefix(3)) ?? 0
    await #expect(throws: BaselineError.mlflow(.remote(.status(code, "busy")))) {
      try await fetch("runs:/27af", from: server, environment: ["MLFLOW_HTTP_REQUEST_MAX_RETRIES": retries])
    }
    #expect(server.calls.count == asked)
  }

  @Test func writingIsOneRequestEach() async throws {
    let server = try StubServer(["POST \(Self.api)/": .ok("{}")])
    let client = try MLflowClient(address: server.address, environment: ["MLFLOW_TRACKING_TOKEN": "t0ken"])
    try await client.send(.tag("cupel.verdict", "passed", run: "27af"))
    try await client.send(.tag("cupel.verdict", "passed", model: "delay", version: "3"))
    try await client.send(.promote("3", of: "delay", to: "champion"))
    #expect(
      server.calls == [
        "POST \(Self.api)/runs/set-tag", "POST \(Self.api)/model-versions/set-tag",
        "POST \(Self.api)/registered-models/alias",
      ])
    #expect(server.requests[0].hasSuffix(#"{"run_id":"27af","key":"cupel.verdict","value":"passed"}"#))
    #expect(server.requests[1].hasSuffix(#"{"name":"delay","version":"3","key":"cupel.verdict","value":"passed"}"#))
    #expect(server.requests[2].hasSuffix(#"{"name":"delay","alias":"champion","version":"3"}"#))
    for request in server.requests { #expect(request.contains("\r\nContent-Type: application/json\r\n")) }
    #expect(
      MLflowRequest.promote("3", of: "delay", to: "champion").description
        == #"POST registered-models/alias {"name":"delay","alias":"champion","version":"3"}"#)
  }
}
