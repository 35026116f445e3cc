import Processes
import TestSupport
import Testing
import Transport

/// HTTP/2 over clear text, with Hypercorn from PyPI at the other end.
@Suite struct HTTP2Tests {
  @Test func severalRequestsAreAnsweredInTheVersionThatIsAskedFor() async throws {
    let venv = try await PythonEnvironment.folder("hypercorn", ["hypercorn==0.17.3"])
    let port = try #require(LoopbackPort.free())
    let command = Command(
      [venv + "/bin/hypercorn", "--bind", "127.0.0.1:\(port)", "hypercorn_app:app"],
      environment: ["PYTHONDONTWRITEBYTECODE": "1"],
      workingDirectory: Repository.root + "/Tests/EndpointChecksTests/Fresh")
    try await ServerProcess.run(command) { server in
      while !LoopbackPort.isOpen(port) {
        try #require(server.exitStatus == nil, "\(server.logTail.text)")
        try await Task.sleep(for: .milliseconds(20))
      }
      let client = HTTPClient()
      for (version, body) in [(HTTPVersionChoice.http2, "2"), (.http2, "2"), (.http1_1, "1.1"), (.http2, "2")] {
        let response = try await client.send(HTTPRequest(url: "http://127.0.0.1:\(port)/", version: version))
        #expect(String(decoding: response.body, as: UTF8.self) == body)
        #expect(response.version == (version == .http2 ? .http2 : .http1_1))
      }
    }
  }
}
