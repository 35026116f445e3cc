import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// The real LitServe from PyPI behind an API key, as one would gate it.
@Suite struct LitServeTests {
  private static let packages = ["litserve==0.2.19"]
  private static let key = "k3y-of-this-test"
  private static let script = "Tests/EndpointChecksTests/Fresh/litserve_doubler.py"

  /// - Parameter stop: further keys of `start`.
  private func gate(_ stop: String) async throws -> [Finding] {
    let venv = try await PythonEnvironment.folder("litserve", Self.packages)
    let (subject, problems) = endpoint(
      """
      {start: {command: ['\(venv)/bin/python', '-B', '\(Repository.root)/\(Self.script)', '{port}'],
          environment: {LIT_SERVER_API_KEY: \(Self.key)}, ready_within: 300s, \(stop)},
        url: 'http://127.0.0.1:{port}', timeout: 60s, auth: {api_key: {header: X-API-Key, value: \(Self.key)}},
        ready: {path: /health},
        checks: [access, {request: {id: double, path: /predict, json: {x: 3},
          expect: {json: [{path: $.y, equals: 6, tolerance: {absolute: 1e-9}}]}}}]}
      """, secrets: [Self.key])
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    let findings = await asked.evaluate(.everything, in: .testing)
    #expect(!findings.allText.contains(Self.key))
    return findings
  }

  @Test func keyIsNeededAndTheGroupLeaves() async throws {
    let findings = try await gate("stop_within: 60s")
    #expect(
      findings.outcomes == [
        "ready=passed", "access.anonymous=passed", "access.wrong_credentials=passed", "access.banner=passed",
        "double.status=passed", "double.json $.y=passed", "stopped=passed",
      ], "\(findings.map(\.message))")
    #expect(findings["access.anonymous"]?.message == "without credentials the status of POST /predict is 401")
  }

  /// Parent and children live on when TERM goes to the parent alone, as orchestrators send it.
  @Test func termToTheParentLeavesChildrenThatAreKilledAndReported() async throws {
    let findings = try await gate("stop_within: 3s, term: leader")
    #expect(findings["double.status"]?.outcome == .passed, "\(findings.map(\.message))")
    let stopped = try #require(findings.last)
    #expect(stopped.outcome == .failed)
    #expect(stopped.message.contains("still there 3s after TERM and had to be killed: python"), "\(stopped.message)")
  }
}
