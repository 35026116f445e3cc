import Foundation
import Processes
import TestSupport
import Testing

/// The real MLflow from PyPI, with its SQLite store and its own users: what it answers is what the gate must understand.
@Suite struct MLflowTests {
  static let packages = ["mlflow[auth]==3.17.2"]
  private static let admin = ["MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": "admin-secret-1"]
  private static let silent = ["DO_NOT_TRACK": "1", "MLFLOW_DISABLE_TELEMETRY": "true"]
  private static let script = "Tests/IntegrationTests/Registries/mlflow_registry.py"

  private let work: TemporaryFolder

  init() throws { work = try TemporaryFolder() }

  /// Starts a server in a folder of its own, and ends its group however `body` ends.
  private func serve(_ body: (_ address: String, _ venv: String) async throws -> Void) async throws {
    let venv = try await PythonEnvironment.folder("mlflow", Self.packages)
    let port = try #require(LoopbackPort.free())
    let settings = try work.write(
      """
      [mlflow]
      default_permission = NO_PERMISSIONS
      database_uri = sqlite:///\(work.path)/users.db
      admin_username = admin
      admin_password = admin-secret-1
      authorization_function = mlflow.server.auth:authenticate_request_basic_auth
      """, to: "users.ini")
    let command = Command(
      [
        venv + "/bin/mlflow", "server", "--app-name", "basic-auth", "--backend-store-uri",
        "sqlite:///\(work.path)/mlflow.db", "--artifacts-destination", work.path + "/artifacts", "--host", "127.0.0.1",
        "--port", "\(port)", "--workers", "1",
      ],
      environment: [
        "MLFLOW_AUTH_CONFIG_PATH": settings, "MLFLOW_FLASK_SERVER_SECRET_KEY": "test",
      ].merging(Self.silent) { $1 }, workingDirectory: work.path)
    try await ServerProcess.run(command) { server in
      let patience = ContinuousClock.now + .seconds(400)
      while !LoopbackPort.isOpen(port) {
        try #require(server.exitStatus == nil, "mlflow server ended: \(server.logTail)")
        try #require(ContinuousClock.now < patience, "mlflow server did not listen: \(server.logTail)")
        try await Task.sleep(for: .milliseconds(200))
      }
      try await body("http://127.0.0.1:\(port)", venv)
    }
  }

  private func registry(_ action: String, _ address: String, _ venv: String) async throws -> String {
    let run = try await CupelBinary.command(
      [venv + "/bin/python", "-B", Repository.root + "/" + Self.script, address, action], in: work.path,
      environment: Self.admin.merging(Self.silent) { $1 }, timeout: .seconds(300))
    try #require(run.exitCode == 0, "\(run.output)\(run.error)")
    return run.output
  }

  /// Runs a gate of one metric against a baseline.
  private func gate(
    _ reference: String, _ metric: String = "roc_auc", whenMissing: String = "error", at address: String,
    as user: [String: String] = admin
  ) async throws -> (exit: Int32, text: String) {
    try work.write(
      """
      version: 1
      models:
        delay:
          candidate: {metrics: candidate.json}
          baseline: {metrics: "\(reference)", when_missing: \(whenMissing)}
          gates:
            - {metric: \(metric), max_regression: 0.01 absolute, direction: higher}
      """, to: "cupel.yaml")
    try work.write(#"{"roc_auc": 0.825, "broken": 1, "endless": 1}"#, to: "candidate.json")
    let run = try await CupelBinary.run(
      ["run", "--report", "json=report.json", "--report", "junit=report.xml"], in: work.path,
      environment: ["MLFLOW_TRACKING_URI": address].merging(user) { $1 })
    let text = run.output + run.error + (try work.text("report.json")) + (try work.text("report.xml"))
    for secret in user.values where secret.contains("secret") { #expect(!text.contains(secret)) }
    return (run.exitCode, text)
  }

  private func promote(_ arguments: String..., at address: String) async throws -> CupelBinary.Run {
    try await CupelBinary.run(
      ["model", "promote"] + arguments, in: work.path,
      environment: ["MLFLOW_TRACKING_URI": address].merging(Self.admin) { $1 })
  }

  /// The round trip: read the champion, compare, tag, promote.
  @Test func theChampionIsReadComparedAndReplaced() async throws {
    try await serve { address, venv in
      let runs = try JSONDecoder().decode([String].self, from: Data(try await registry("fill", address, venv).utf8))

      let held = try await gate("mlflow:models:/delay@champion", at: address)
      #expect(held.exit == 0, "\(held.text)")
      #expect(held.text.contains("version 1 of delay, run \(runs[0])"))
      #expect(try await gate("mlflow:models:/delay/1", at: address).exit == 0)
      #expect(try await gate("mlflow:\(address)#runs:/\(runs[0])", at: "http://127.0.0.1:1").exit == 0)
      #expect(try await gate("mlflow:models:/delay@challenger", at: address).exit == 1)
      for (metric, word) in [("broken", "NaN"), ("endless", "infinity")] {
        let undefined = try await gate("mlflow:models:/delay@champion", metric, at: address)
        #expect(undefined.exit == 3)
        #expect(undefined.text.contains("\(metric) is \(word) in mlflow:models:/delay@champion"))
      }

      try await whatIsNotThere(address)
      try await whoMayNot(address)

      let unproven = try await promote("mlflow:models:/delay/2", "--alias", "champion", "--yes", at: address)
      #expect(unproven.exitCode == 3 && unproven.error.contains("nothing shows that a model passed"))
      // The last gate failed, so its report is no evidence.
      let failed = try await promote(
        "mlflow:models:/delay/2", "--alias", "champion", "--passed", "report.json", "--yes", at: address)
      #expect(failed.exitCode == 3 && failed.error.contains("did not pass"), "\(failed.error)")
      #expect(try await gate("mlflow:models:/delay/1", at: address).exit == 0)
      let dry = try await promote(
        "mlflow:models:/delay@challenger", "--alias", "champion", "--tag", "cupel.verdict=passed", "--passed",
        "report.json", at: address)
      #expect(dry.exitCode == 0, "\(dry.error)")
      #expect(dry.output.contains("would move the alias champion of delay from version 1 to version 2"))
      #expect(try await registry("show", address, venv) == "1 None None\n")
      let done = try await promote(
        "mlflow:models:/delay/2", "--alias", "champion", "--tag", "cupel.verdict=passed", "--artifact", "report.json",
        "--yes", at: address)
      #expect(done.exitCode == 0, "\(done.error)")
      #expect(done.output.contains("moved the alias champion of delay from version 1 to version 2"))
      #expect(try await registry("show", address, venv) == "2 passed passed\n")
      let nothing = try await promote(
        "mlflow:models:/delay/9", "--alias", "champion", "--passed", "report.json", "--yes", at: address)
      #expect(nothing.exitCode == 3)
      let lost = try await gate("mlflow:models:/delay@champion", at: address)
      #expect(lost.exit == 1)
      #expect(lost.text.contains("version 2 of delay, run \(runs[1])"))
      #expect(try await promote("mlflow:runs:/\(runs[1])", "--alias", "champion", at: address).exitCode == 2)
      try await reportsBecomeArtifacts(of: runs[0], address, venv)
      #expect(nothing.error.contains("\"delay\" has no version 9"))
    }
  }

  /// By way of the server's own store, and read back by MLflow's own client.
  private func reportsBecomeArtifacts(of run: String, _ address: String, _ venv: String) async throws {
    func record(_ arguments: String...) async throws -> CupelBinary.Run {
      try await CupelBinary.run(
        ["model", "record", "mlflow:runs:/\(run)"] + arguments, in: work.path,
        environment: ["MLFLOW_TRACKING_URI": address].merging(Self.admin) { $1 })
    }
    // The last gate failed: its report is not written back.
    let refused = try await record("--artifact", "report.json", "--yes")
    #expect(refused.exitCode == 3 && refused.error.contains("did not pass"), "\(refused.error)")
    #expect(try await gate("mlflow:models:/delay/1", at: address).exit == 0)
    let files = ["--artifact", "report.json", "--artifact", "report.xml"]
    let dry = try await record(files[0], files[1], files[2], files[3], "--tag", "cupel.gate=delay")
    #expect(dry.exitCode == 0 && dry.output.contains("would upload cupel/report.json"), "\(dry.output)\(dry.error)")
    #expect(try await registry("artifacts", address, venv) == "None\n")
    let done = try await record(files[0], files[1], files[2], files[3], "--tag", "cupel.gate=delay", "--yes")
    #expect(done.exitCode == 0, "\(done.output)\(done.error)")
    let report = try work.text("report.xml")
    #expect(
      try await registry("artifacts", address, venv)
        == "delay cupel/report.json cupel/report.xml \(report.utf8.count) <?xml\n")
  }

  private func whatIsNotThere(_ address: String) async throws {
    let missing = try await gate("mlflow:models:/delay@nobody", at: address)
    #expect(missing.exit == 3)
    #expect(missing.text.contains("has the alias \\\"nobody\\\""), "\(missing.text)")
    #expect(try await gate("mlflow:models:/delay@nobody", whenMissing: "accept", at: address).exit == 0)
    for (reference, words) in [
      ("models:/nothing@champion", "there is no registered model"), ("models:/nothing/1", "has no version 1"),
      ("models:/delay/7", "has no version 7"), ("runs:/0123456789abcdef0123456789abcdef", "there is no run"),
    ] {
      let wrong = try await gate("mlflow:" + reference, whenMissing: "accept", at: address)
      #expect(wrong.exit == 3, "\(reference)")
      #expect(wrong.text.contains(words), "\(reference): \(wrong.text)")
    }
    let closed = try #require(LoopbackPort.free())
    let down = try await gate("mlflow:models:/delay@champion", whenMissing: "accept", at: "http://127.0.0.1:\(closed)")
    #expect(down.exit == 3)
    #expect(down.text.contains("refused the connection"))
  }

  private func whoMayNot(_ address: String) async throws {
    for (user, words) in [
      ([:], "wants to know who asks (401)"),
      (
        ["MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": "wrong-secret"],
        "does not accept the credentials (401)"
      ),
      (["MLFLOW_TRACKING_TOKEN": "wrong-secret"], "does not accept the credentials (401)"),
      (
        ["MLFLOW_TRACKING_USERNAME": "reader", "MLFLOW_TRACKING_PASSWORD": "reader-secret-1"],
        "knows who asks, and refuses (403)"
      ),
    ] {
      let refused = try await gate("mlflow:models:/delay@champion", whenMissing: "accept", at: address, as: user)
      #expect(refused.exit == 3)
      #expect(refused.text.contains(words), "\(refused.text)")
    }
  }
}
