import Foundation
import Processes
import TestSupport
import Testing

/// The real MLServer from PyPI, which the gate starts itself: it reports what that server is known to get wrong.
@Suite struct MLServerTests {
  private static let packages = ["mlserver==1.7.1", "mlserver-sklearn==1.7.1"]
  private static let script = "Tests/IntegrationTests/Serving/serving_models.py"

  private let serving: ServingGate
  private var work: TemporaryFolder { serving.work }

  init() throws { serving = try ServingGate() }

  /// - Parameter byCalls: whether the gate calls by gRPC; `OTHER` in the checks is the port of the other protocol.
  private func gate(_ model: String, byCalls: Bool = false, checks: String) async throws -> ServingGate.Result {
    let venv = try await PythonEnvironment.folder("mlserver", Self.packages)
    _ = try await PythonEnvironment.run(Self.script, [work.path], in: work.path, of: "mlserver", Self.packages)
    let other = try #require(LoopbackPort.free())
    return try await serving.run(
      """
        api:
          start:
            command: ['\(venv)/bin/mlserver', start, .]
            environment:
              MLSERVER_HTTP_PORT: "\(byCalls ? "\(other)" : "{port}")"
              MLSERVER_GRPC_PORT: "\(byCalls ? "{port}" : "\(other)")"
              PYTHONPATH: .
            ready_within: 300s
            stop_within: 30s
          url: http://127.0.0.1:{port}
          protocol: open-inference-\(byCalls ? "grpc" : "v2")
          model: \(model)
          rows:
            - {sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2}
            - {sepal_length: 6.3, sepal_width: 2.7, petal_length: 4.9, petal_width: 1.8}
          checks:
      \(checks.replacing("OTHER", with: "\(other)"))
      """)
  }

  @Test func theDefectsOfMLServerAreReported() async throws {
    let run = try await gate(
      "iris",
      checks: """
            - ready
            - contract: {inputs: {features: FP64}, outputs: {predict: INT64}}
            - outputs
            - rejects: malformed
        """)
    func outcome(_ name: String) -> String? { run.outcomes["api.\(name)"] }
    #expect(run.exitCode == 1, "\(run.text)")
    #expect(outcome("ready") == "passed")
    #expect(outcome("outputs") == "passed", "\(run.text)")
    for claim in ["model", "inputs", "outputs", "wrong-version"] {
      #expect(outcome("contract.\(claim)") == "passed", "\(claim): \(run.text)")
    }
    // A wrong number of features, a shape that the data do not fill and a text for a number break it; a wrong name of the
    // input is not noticed at all.
    for defect in [
      "missing-feature", "extra-feature", "shape-mismatch", "wrong-type", "null", "empty-batch", "wrong-name",
    ] {
      #expect(outcome("rejects.\(defect)") == "failure", "\(defect): \(run.text)")
    }
    // Its traceback, with the paths of its files.
    #expect(outcome("rejects.no-leaks") == "failure")
    #expect(run.text.contains("a Python traceback"))
    // What it gets right.
    for good in ["nan", "infinity", "unknown-model", "unknown-version", "bad-json", "bad-method"] {
      #expect(outcome("rejects.\(good)") == "passed", "\(good): \(run.text)")
    }
    #expect(run.text.contains("a request with a feature by a wrong name is answered with 200"))
  }

  @Test func callsOfGRPCSeeTheSameModel() async throws {
    let run = try await gate(
      "iris", byCalls: true,
      checks: """
            - ready
            - contract: {inputs: {features: FP64}, outputs: {predict: INT64}}
            - outputs
            - consistency
            - parity: {id: rest, endpoint: {url: 'http://127.0.0.1:OTHER', protocol: open-inference-v2}}
            - parity: {id: contents, encodings: [typed, raw]}
            - latency: {p50: {at_most: 60s}, concurrency: 2, requests: 50}
            - rejects: malformed
        """)
    func outcome(_ name: String) -> String? { run.outcomes["api.\(name)"] }
    #expect(run.exitCode == 1, "\(run.text)")
    for good in ["ready", "outputs", "contract.model", "contract.inputs", "contract.outputs", "contract.wrong-version"]
    {
      #expect(outcome(good) == "passed", "\(good): \(run.text)")
    }
    for name in run.outcomes.keys
    where ["consistency", "parity", "rest", "contents", "latency"].contains(where: { name.contains($0) }) {
      #expect(run.outcomes[name] == "passed", "\(name): \(run.text)")
    }
    #expect(run.outcomes.keys.filter { $0.contains("rest") || $0.contains("contents") }.count == 2, "\(run.outcomes)")
    // It says INTERNAL of what is wrong with the request.
    for defect in ["missing-feature", "extra-feature", "shape-mismatch", "wrong-type"] {
      #expect(outcome("rejects.\(defect)") == "failure", "\(defect): \(run.text)")
    }
    for good in ["unknown-model", "unknown-version"] {
      #expect(outcome("rejects.\(good)") == "passed", "\(good): \(run.text)")
    }
    #expect(run.text.contains("breaks the server: 500: INTERNAL: "), "\(run.text)")
    #expect(run.text.contains("cupel schema grpc > inference.proto && grpcurl -plaintext"), "\(run.text)")
  }

  @Test func aNullForANaNIsReported() async throws {
    let run = try await gate("nan", checks: "      - outputs")
    #expect(run.exitCode == 1, "\(run.text)")
    #expect(run.outcomes["api.outputs"] == "failure")
    #expect(run.text.contains("outputs.p[0] is null (and 1 more)"), "\(run.text)")
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
      let patience = ContinuousClock.now + .seconds(400)
      while !LoopbackPort.isOpen(port) {
        try #require(server.exitStatus == nil, "mlserver ended: \(server.logTail)")
        try #require(ContinuousClock.now < patience, "mlserver did not listen: \(server.logTail)")
        try await Task.sleep(for: .milliseconds(200))
      }
      let address = ["endpoint", "check", "http://127.0.0.1:\(port)", "--protocol", "open-inference-v2", "--model"]
      let run = try await serving.cupel(address + ["iris"])
      #expect(run.exitCode == 1, "\(run.text)")
      #expect(run.outcomes["endpoint.outputs"] == "passed", "\(run.text)")
      #expect(run.outcomes["endpoint.rejects.wrong-name"] == "failure")
      #expect(run.outcomes["endpoint.contract.model"] == "passed")
      // Not what was validated, and not a server that tells nothing of itself.
      let other = try await serving.cupel(address + ["nope"])
      #expect(other.exitCode == 1, "\(other.text)")
      #expect(other.outcomes["endpoint.contract.model"] == "failure")
      #expect(other.text.contains(#"the server has no model "nope": status 404, Model nope not found; it serves iris"#))
    }
  }
}
