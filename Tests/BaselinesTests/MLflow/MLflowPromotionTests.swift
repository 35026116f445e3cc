import Testing

@testable import Baselines

@Suite struct MLflowPromotionTests {
  private static let api = "/api/2.0/mlflow"

  private static func version(_ number: String, run: String) -> StubServer.Answer {
    .ok(#"{"model_version": {"name": "delay", "version": "\#(number)", "run_id": "\#(run)"}}"#)
  }

  private func plan(
    champion: StubServer.Answer, run: String = "27af", tags: [MLflowPromotion.Tag] = []
  ) async throws -> (MLflowPromotion, StubServer, MLflowClient) {
    let server = try StubServer([
      "GET \(Self.api)/model-versions/get": Self.version("3", run: run),
      "GET \(Self.api)/registered-models/alias": champion, "GET \(Self.api)/registered-models/get": .ok("{}"),
      "POST \(Self.api)/": .ok("{}"),
    ])
    let client = try MLflowClient(address: server.address, environment: [:])
    let target = MLflowReference.Target.version(model: "delay", version: "3")
    return (try await MLflowPromotion.plan(target, alias: "champion", tags: tags, with: client), server, client)
  }

  @Test func planningWritesNothing() async throws {
    let (plan, server, _) = try await plan(
      champion: Self.version("2", run: "11"), tags: [MLflowPromotion.Tag(key: "k", value: "v")])
    #expect(plan.previous == "2")
    #expect(
      plan.requests == [
        .tag("k", "v", run: "27af"), .tag("k", "v", model: "delay", version: "3"),
        .promote("3", of: "delay", to: "champion"),
      ])
    #expect(server.calls.allSatisfy { $0.hasPrefix("GET ") })
  }

  @Test func theAliasMovesLast() async throws {
    let (plan, server, client) = try await plan(
      champion: .error("400 Bad", "INVALID_PARAMETER_VALUE", "Registered model alias champion not found."), run: "",
      tags: [MLflowPromotion.Tag(key: "k", value: "v")])
    #expect(plan.previous == nil)
    try await plan.carryOut(with: client)
    #expect(
      server.calls.filter { $0.hasPrefix("POST ") } == [
        "POST \(Self.api)/model-versions/set-tag", "POST \(Self.api)/registered-models/alias",
      ])
  }

  @Test func anAliasThatStandsThereStays() async throws {
    #expect(try await plan(champion: Self.version("3", run: "27af")).0.requests.isEmpty)
  }

  @Test func aRegistryThatCannotTellIsAnError() async throws {
    await #expect(throws: MLflowError.remote(.forbidden)) {
      try await plan(champion: .init(status: "403 Forbidden"))
    }
  }
}
