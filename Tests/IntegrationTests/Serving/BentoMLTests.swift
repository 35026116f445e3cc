import TestSupport
import Testing

/// The real BentoML from PyPI, whose health paths and replies the preset knows.
@Suite struct BentoMLTests {
  private static let packages = ["bentoml==1.4.30"]
  private static let services = "Tests/IntegrationTests/Serving"

  @Test func aServiceIsGatedAndItsDefectsAreReported() async throws {
    let venv = try await PythonEnvironment.folder("bentoml", Self.packages)
    let gate = try ServingGate()
    let result = try await gate.run(
      """
        service:
          start:
            command: ['\(venv)/bin/bentoml', serve, 'bentoml_service:Delay', --host, 127.0.0.1, --port, "{port}"]
            environment:
              PYTHONPATH: '\(Repository.root)/\(Self.services)'
              PYTHONDONTWRITEBYTECODE: "1"
              BENTOML_HOME: '\(gate.work.path)'
              BENTOML_DO_NOT_TRACK: "True"
            ready_within: 300s
            stop_within: 30s
          url: http://127.0.0.1:{port}
          protocol: bentoml
          rows: [{distance: 40, hour: 6}, {distance: 95.5, hour: 18}, {distance: 12, hour: 23}]
          checks: [ready, outputs, consistency, rejects]

      """)
    #expect(result.exitCode == 1, "\(result.text)")
    #expect(
      result.checks("passed", of: "service.").isSuperset(of: [
        "ready", "outputs", "consistency.batch", "consistency.order", "consistency.repeat", "consistency.concurrent",
        "rejects.wrong-type", "rejects.null", "rejects.bad-json", "rejects.bad-method", "rejects.no-leaks",
      ]), "\(result.text)")
    // What its validation lets through breaks the model behind it; any content type is read as JSON.
    for defect in ["missing-feature", "extra-feature", "shape-mismatch", "empty-batch", "nan", "bad-content-type"] {
      #expect(result.outcomes["service.rejects.\(defect)"] == "failure", "\(defect): \(result.text)")
    }
  }
}
