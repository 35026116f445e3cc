import Language
import ModelChecks
import TestSupport
import Testing
import Verdict

/// What becomes of a comparison with a baseline that is on a server.
@Suite struct RemoteBaselineTests {
  private static let gates: [ConfigTree] = [
    ["metric": "roc_auc", "at_least": "0.5"], ["metric": "roc_auc", "max_regression": "0.01 absolute"],
  ]

  /// The findings of both gates against a server that answers like MLflow, or not.
  private func findings(
    whenMissing: String = "error", metric: String = "0.83", answer: @escaping @Sendable (String) -> (String, String)
  ) async throws -> [Finding] {
    let server = try FaultServer { connection in
      while let request = connection.readRequest() {
        let (status, body) = answer(String(request.prefix { $0 != "?" && $0 != "\r" }))
        connection.answer(status, body: body)
      }
    }
    defer { server.stop() }
    let model: ConfigTree = [
      "candidate": ["metrics": "c.json"],
      "baseline": [
        "metrics": .scalar("mlflow:\(server.url(""))#models:/delay@champion"), "when_missing": .scalar(whenMissing),
      ],
      "gates": .sequence(Self.gates),
    ]
    return try await ModelFixture(["c.json": #"{"roc_auc": \#(metric)}"#]).findings(model)
  }

  private static let champion: @Sendable (String) -> (String, String) = { call in
    call.hasSuffix("registered-models/alias")
      ? ("200 OK", #"{"model_version": {"name": "delay", "version": "3", "run_id": "27af"}}"#)
      : (
        "200 OK",
        #"{"run": {"data": {"metrics": [{"key": "roc_auc", "value": 0.83}, {"key": "big", "value": 1.7976931348623157e308}]}}}"#
      )
  }

  private static let noAlias: @Sendable (String) -> (String, String) = { call in
    call.hasSuffix("registered-models/alias")
      ? (
        "400 Bad Request",
        #"{"error_code": "INVALID_PARAMETER_VALUE", "message": "Registered model alias champion not found."}"#
      ) : ("200 OK", #"{"registered_model": {"name": "delay"}}"#)
  }

  @Test func theChampionIsCompared() async throws {
    let held = try await findings(metric: "0.825", answer: Self.champion)
    #expect(held.map(\.outcome) == [.passed, .passed])
    #expect(held[1].evidence.notes.contains { $0.hasSuffix("models:/delay@champion: version 3 of delay, run 27af") })
    #expect(held[1].evidence.baseline?.value == 0.83)
    let lost = try await findings(metric: "0.81", answer: Self.champion)
    #expect(lost.map(\.outcome) == [.passed, .failed])
  }

  @Test(arguments: [
    ("error", [Outcome.passed, .errored]), ("absolute-only", [.passed, .skipped]), ("accept", [.passed, .skipped]),
  ])
  func aMissingAliasIsAFirstRun(whenMissing: String, outcomes: [Outcome]) async throws {
    let findings = try await findings(whenMissing: whenMissing, answer: Self.noAlias)
    #expect(findings.map(\.outcome) == outcomes)
    #expect(findings[1].message.contains("no version of \"delay\" has the alias \"champion\""))
    #expect(findings[1].message.contains("when_missing: "))
    #expect(findings[1].reason == (whenMissing == "accept" ? .requested : .baseline))
  }

  /// A registry that is down is no first run, whatever the config says of first runs.
  @Test(arguments: ["error", "absolute-only", "accept"])
  func whatCouldNotTellIsAnError(whenMissing: String) async throws {
    for status in ["401 Unauthorized", "403 Forbidden", "500 Oops", "302 Found", "404 Not Found", "200 OK"] {
      let findings = try await findings(whenMissing: whenMissing) { _ in (status, "no JSON") }
      #expect(findings[1].outcome == .errored, "\(status)")
      #expect(findings[1].reason == .baseline)
    }
    let refused = try await findings(whenMissing: whenMissing) { call in
      call.hasSuffix("registered-models/alias")
        ? ("404 Not Found", #"{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Registered Model not found"}"#)
        : ("404 Not Found", #"{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Registered Model not found"}"#)
    }
    #expect(refused[1].outcome == .errored)
    #expect(refused[1].message.contains("there is no registered model \"delay\""))
  }

  @Test func aServerThatIsDownIsAnErrorOfTheTransport() async throws {
    let port = try FaultServer.closedPort()
    let model: ConfigTree = [
      "candidate": ["metrics": "c.json"],
      "baseline": ["metrics": .scalar("http://127.0.0.1:\(port)/b.json"), "when_missing": "accept"],
      "gates": .sequence(Self.gates),
    ]
    let findings = try await ModelFixture(["c.json": #"{"roc_auc": 0.8}"#]).findings(model)
    #expect(findings[1].outcome == .errored)
    #expect(findings[1].reason == .transport)
    #expect(findings[1].message.contains("refused the connection"))
  }
}
