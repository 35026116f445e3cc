import Testing

@testable import Baselines

@Suite struct MLflowWriteBackTests {
  private static let api = "/api/2.0/mlflow"

  private static func version(_ number: String, run: String) -> StubServer.Answer {
    .ok(#"{"model_version": {"name": "delay", "version": "\#(number)", "run_id": "\#(run)"}}"#)
  }

  private func plan(
    champion: StubServer.Answer, run: String = "27af", tags: [MLflowWriteBack.Tag] = []
  ) async throws -> (MLflowWriteBack, StubServer, MLflowClient) {
    let server = try StubServer([
      "GET \(Self.api)/model-versions/get": Self.version("3", run: run),
      "GET \(Self.api)/registered-models/alias": champion, "GET \(Self.api)/registered-models/get": .ok("{}"),
      "POST \(Self.api)/": .ok("{}"),
    ])
    let client = try MLflowClient(address: server.address, environment: [:])
    let target = MLflowReference.Target.version(model: "delay", version: "3")
    return (try await MLflowWriteBack.plan(target, alias: "champion", tags: tags, with: client), server, client)
  }

  @Test func planningWritesNothing() async throws {
    let (plan, server, _) = try await plan(
      champion: Self.version("2", run: "11"), tags: [MLflowWriteBack.Tag(key: "k", value: "v")])
    #expect(plan.previous == "2")
    #expect(
      plan.steps == [
        .send(.tag("k", "v", run: "27af")), .send(.tag("k", "v", model: "delay", version: "3")),
        .send(.promote("3", of: "delay", to: "champion")),
      ])
    #expect(server.calls.allSatisfy { $0.hasPrefix("GET ") })
  }

  @Test func theAliasMovesLast() async throws {
    let (plan, server, client) = try await plan(
      champion: .error("400 Bad", "INVALID_PARAMETER_VALUE", "Registered model alias champion not found."), run: "",
      tags: [MLflowWriteBack.Tag(key: "k", value: "v")])
    #expect(plan.previous == nil)
    try await plan.carryOut(with: client)
    #expect(
      server.calls.filter { $0.hasPrefix("POST ") } == [
        "POST \(Self.api)/model-versions/set-tag", "POST \(Self.api)/registered-models/alias",
      ])
  }

  @Test func anAliasThatStandsThereStays() async throws {
    #expect(try await plan(champion: Self.version("3", run: "27af")).0.steps.isEmpty)
  }

  @Test func aRegistryThatCannotTellIsAnError() async throws {
    await #expect(throws: MLflowError.remote(.forbidden)) {
      try await plan(champion: .init(status: "403 Forbidden"))
    }
  }

  private static func run(_ artifacts: String) -> StubServer.Answer {
    .ok(#"{"run": {"info": {"run_id": "27af", "artifact_uri": "\#(artifacts)"}, "data": {}}}"#)
  }

  /// The proxied store: PUT below the run's own folder, before the alias moves.
  @Test func reportsAreUploadedBeforeTheAliasMoves() async throws {
    let server = try StubServer([
      "GET \(Self.api)/model-versions/get": Self.version("3", run: "27af"),
      "GET \(Self.api)/registered-models/alias": Self.version("2", run: "11"),
      "GET \(Self.api)/runs/get?run_id=27af ": Self.run("mlflow-artifacts:/1/27af/artifacts"),
      "POST \(Self.api)/": .ok("{}"), "PUT /api/2.0/mlflow-artifacts/artifacts/1/27af/artifacts/cupel/": .ok("{}"),
    ])
    let client = try MLflowClient(address: server.address, environment: ["MLFLOW_TRACKING_TOKEN": "t0ken"])
    let report = MLflowArtifact(file: "out/my report.xml", bytes: Array("<testsuites/>".utf8))
    let plan = try await MLflowWriteBack.plan(
      .version(model: "delay", version: "3"), alias: "champion", artifacts: [report], with: client)
    #expect(server.calls.allSatisfy { $0.hasPrefix("GET ") })
    try await plan.carryOut(with: client)
    #expect(
      server.calls.filter { !$0.hasPrefix("GET ") } == [
        "PUT /api/2.0/mlflow-artifacts/artifacts/1/27af/artifacts/cupel/my%20report.xml",
        "POST \(Self.api)/registered-models/alias",
      ])
    let put = try #require(server.requests.first { $0.hasPrefix("PUT ") })
    #expect(put.contains("\r\nContent-Type: application/xml\r\n") && put.hasSuffix("\r\n\r\n<testsuites/>"))
    #expect(put.contains("\r\nAuthorization: Bearer t0ken\r\n"))
  }

  @Test func aRunAloneGetsTagsAndNoAlias() async throws {
    let server = try StubServer([
      "GET \(Self.api)/runs/get?run_id=27af ": Self.run("mlflow-artifacts:/1/27af/artifacts"),
      "GET \(Self.api)/runs/get?run_id=gone ": .error("404 Not Found", "RESOURCE_DOES_NOT_EXIST", "no"),
    ])
    let client = try MLflowClient(address: server.address, environment: [:])
    let plan = try await MLflowWriteBack.plan(
      .run("27af"), tags: [MLflowWriteBack.Tag(key: "k", value: "v")], with: client)
    #expect(plan.steps == [.send(.tag("k", "v", run: "27af"))])
    await #expect(throws: MLflowError.missingRun("gone")) { try await MLflowWriteBack.plan(.run("gone"), with: client) }
  }

  /// Said while planning, so that a dry run knows it and nothing is half done.
  @Test(arguments: [
    "s3://bucket/1/27af/artifacts", "/srv/mlruns/1/27af/artifacts", "mlflow-artifacts://other:5000/1/27af/artifacts",
    "mlflow-artifacts:/../../x", "file:///srv/mlruns",
  ])
  func artifactsThatTheServerDoesNotKeepAreRefused(place: String) async throws {
    let server = try StubServer(["GET \(Self.api)/runs/get": Self.run(place)])
    let client = try MLflowClient(address: server.address, environment: [:])
    await #expect(throws: MLflowError.artifactsElsewhere(run: "27af", place: place)) {
      try await MLflowWriteBack.plan(.run("27af"), artifacts: [MLflowArtifact(file: "a", bytes: [1])], with: client)
    }
  }

  @Test func aVersionWithoutARunHasNoPlaceForReports() async throws {
    let server = try StubServer(["GET \(Self.api)/model-versions/get": Self.version("3", run: "")])
    let client = try MLflowClient(address: server.address, environment: [:])
    await #expect(throws: MLflowError.noRun(model: "delay", version: "3")) {
      try await MLflowWriteBack.plan(
        .version(model: "delay", version: "3"), artifacts: [MLflowArtifact(file: "a", bytes: [1])], with: client)
    }
  }
}
