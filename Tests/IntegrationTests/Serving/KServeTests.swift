import TestSupport
import Testing

/// The real KServe from PyPI, which speaks both of its protocols.
@Suite struct KServeTests {
  private static let packages = ["kserve==0.21.0"]
  private static let script = "Tests/IntegrationTests/Serving/kserve_model.py"

  @Test func bothProtocolsAndTheirDefects() async throws {
    let venv = try await PythonEnvironment.folder("kserve", Self.packages)
    let gate = try ServingGate()
    func endpoint(_ name: String, _ protocolName: String, model: String = "delay", _ checks: String) -> String {
      """
        \(name):
          start:
            command: ['\(venv)/bin/python', -B, '\(Repository.root)/\(Self.script)', "{port}"]
            ready_within: 300s
            stop_within: 40s
          url: http://127.0.0.1:{port}
          protocol: \(protocolName)
          model: \(model)
          rows: [{distance: 40, hour: 6}, {distance: 95.5, hour: 18}, {distance: 12, hour: 23}]
          checks: [\(checks)]

      """
    }
    let result = try await gate.run(
      endpoint("v1", "kserve-v1", "ready, contract, outputs, consistency, rejects")
        + endpoint(
          "v2", "open-inference-v2\n    encoding: matrix",
          "ready, contract: {inputs: {features: FP64}, outputs: {probability: FP64}}, outputs, consistency, "
            + "parity: {encodings: [flat, nested]}, rejects"))
    #expect(result.exitCode == 1, "\(result.text)")
    #expect(
      result.checks("passed", of: "v1.").isSuperset(of: [
        "ready", "contract.model", "outputs", "consistency.batch", "consistency.order", "consistency.repeat",
        "consistency.concurrent", "rejects.unknown-model", "rejects.bad-json", "rejects.bad-method", "stopped",
      ]), "\(result.text)")
    #expect(
      result.checks("passed", of: "v2.").isSuperset(of: [
        "ready", "contract.model", "contract.inputs", "contract.outputs", "contract.wrong-version", "outputs",
        "consistency.batch", "consistency.concurrent", "parity", "rejects.unknown-model", "rejects.unknown-version",
        "rejects.bad-json", "rejects.no-leaks", "stopped",
      ]), "\(result.text)")
    // Wrong numbers of features and texts break it, and a null or a NaN comes back as null.
    for defect in ["missing-feature", "extra-feature", "wrong-type", "shape-mismatch", "null", "empty-batch"] {
      #expect(result.outcomes["v1.rejects.\(defect)"] == "failure", "\(defect)")
      #expect(result.outcomes["v2.rejects.\(defect)"] == "failure", "\(defect)")
    }
    for accepted in ["wrong-name", "nan", "infinity", "negative-infinity"] {
      #expect(result.outcomes["v2.rejects.\(accepted)"] == "failure", "\(accepted)")
    }
    #expect(result.text.contains("a request with a NaN is answered with 200"), "\(result.text)")
  }
}
