import Foundation
import Processes
import TestSupport
import Testing

/// The real MLServer from PyPI, which the gate starts itself: it reports what that server is known to get wrong.
@Suite struct MLServerTests {
  private static let packages = ["mlserver==1.7.1", "mlserver-sklearn==1.7.1"]
  private static let script = "Tests/IntegrationTests/Serving/serving_models.py"

  private let work: TemporaryFolder

  init() throws { work = try TemporaryFolder() }

  /// The cases of a JUnit report by name, each with what failed or errored.
  private func outcomes(_ junit: String) -> [String: String] {
    var found: [String: String] = [:]
    for part in junit.components(separatedBy: "<testcase ").dropFirst() {
      func attribute(_ name: String, in text: String) -> String {
        text.components(separatedBy: " \(name)=\"").dropFirst().first?.components(separatedBy: "\"").first ?? ""
      }
      let body = part.components(separatedBy: "</testcase>")[0]
      let id = attribute("classname", in: " " + body) + "." + attribute("name", in: " " + body)
      let verdict = ["failure", "error", "skipped"].first { body.contains("<\($0)") }
      found[id] = verdict ?? "passed"
    }
    return found
  }

  private func gate(_ model: String, checks: String) async throws -> (run: CupelBinary.Run, outcomes: [String: String])
  {
    let venv = try await PythonEnvironment.folder("mlserver", Self.packages)
    _ = try await PythonEnvironment.run(Self.script, [work.path], in: work.path, of: "mlserver", Self.packages)
    let other = try #require(LoopbackPort.free())
    try work.write(
      """
      version: 1
      endpoints:
        api:
          start:
            command: ['\(venv)/bin/mlserver', start, .]
            environment:
              MLSERVER_HTTP_PORT: "{port}"
              MLSERVER_GRPC_PORT: "\(other)"
              PYTHONPATH: .
            ready_within: 180s
            stop_within: 30s
          url: http://127.0.0.1:{port}
          protocol: open-inference-v2
          model: \(model)
          rows:
            - {sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2}
            - {sepal_length: 6.3, sepal_width: 2.7, petal_length: 4.9, petal_width: 1.8}
          checks:
      \(checks)
      """, to: "cupel.yaml")
    let run = try await CupelBinary.run(["run", "--report", "junit=report.xml"], in: work.path)
    return (run, outcomes(try work.text("report.xml")))
  }

  @Test func theDefectsOfMLServerAreReported() async throws {
    let (run, outcomes) = try await gate(
      "iris",
      checks: """
            - ready
            - contract: {inputs: {features: FP64}, outputs: {predict: INT64}}
            - outputs
            - rejects: malformed
        """)
    func outcome(_ name: String) -> String? { outcomes["cupel.endpoints.api.\(name)"] }
    #expect(run.exitCode == 1, "\(run.output)\(run.error)")
    #expect(outcome("ready") == "passed")
    #expect(outcome("outputs") == "passed", "\(run.output)")
    for claim in ["model", "inputs", "outputs", "wrong-version"] {
      #expect(outcome("contract.\(claim)") == "passed", "\(claim): \(run.output)")
    }
    // A wrong number of features, a shape that the data do not fill and a text for a number break it; a wrong name of the
    // input is not noticed at all.
    for defect in [
      "missing-feature", "extra-feature", "shape-mismatch", "wrong-type", "null", "empty-batch", "wrong-name",
    ] {
      #expect(outcome("rejects.\(defect)") == "failure", "\(defect): \(run.output)")
    }
    // Its traceback, with the paths of its files.
    #expect(outcome("rejects.no-leaks") == "failure")
    #expect(run.output.contains("a Python traceback"))
    // What it gets right.
    for good in ["nan", "infinity", "unknown-model", "unknown-version", "bad-json", "bad-method"] {
      #expect(outcome("rejects.\(good)") == "passed", "\(good): \(run.output)")
    }
    #expect(run.output.contains("a request with a feature by a wrong name is answered with 200"))
  }

  @Test func aNullForANaNIsReported() async throws {
    let (run, outcomes) = try await gate("nan", checks: "      - outputs")
    #expect(run.exitCode == 1, "\(run.output)\(run.error)")
    #expect(outcomes["cupel.endpoints.api.outputs"] == "failure")
    #expect(run.output.contains("outputs.p[0] is null (and 1 more)"), "\(run.output)")
  }

  @Test func withoutAConfigTheSameIsSeen() async throws {
    let venv = try await PythonEnvironment.folder("mlserver", Self.packages)
    _ = try await PythonEnvironment.run(Self.script, [work.path], in: work.path, of: "mlserver", Self.packages)
    let (port, other) = (try #require(LoopbackPort.free()), try #require(LoopbackPort.free()))
    let command = Command(
      [venv + "/bin/mlserver", "start", "."],
      environment: [
        "MLSERVER_HTTP_PORT": "\(port)", "MLSERVER_GRPC_PORT": "\(other)", "PYTHONPATH": ".",
      ], workingDirectory: work.path)
    try await ServerProcess.run(command) { server in
      let patience = ContinuousClock.now + .seconds(180)
      while !LoopbackPort.isOpen(port) {
        try #require(server.exitStatus == nil, "mlserver ended: \(server.logTail)")
        try #require(ContinuousClock.now < patience, "mlserver did not listen: \(server.logTail)")
        try await Task.sleep(for: .milliseconds(200))
      }
      let run = try await CupelBinary.run(
        [
          "endpoint", "check", "http://127.0.0.1:\(port)", "--protocol", "open-inference-v2", "--model", "iris",
          "--report", "junit=report.xml",
        ], in: work.path)
      #expect(run.exitCode == 1, "\(run.output)\(run.error)")
      let outcomes = outcomes(try work.text("report.xml"))
      #expect(outcomes["cupel.endpoints.endpoint.outputs"] == "passed", "\(run.output)")
      #expect(outcomes["cupel.endpoints.endpoint.rejects.wrong-name"] == "failure")
      #expect(outcomes["cupel.endpoints.endpoint.contract.model"] == "passed")
    }
  }
}
