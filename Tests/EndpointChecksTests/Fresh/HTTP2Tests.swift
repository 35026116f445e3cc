import Processes
import TestSupport
import Testing
import Transport

/// HTTP/2 over clear text, with Hypercorn from PyPI at the other end.
@Suite struct HTTP2Tests {
  private func serving(_ body: (_ url: String) async throws -> Void) async throws {
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
      try await body("http://127.0.0.1:\(port)/")
    }
  }

  @Test func severalRequestsAreAnsweredInTheVersionThatIsAskedFor() async throws {
    try await serving { url in
      let client = HTTPClient()
      for (version, body) in [(HTTPVersionChoice.http2, "2"), (.http2, "2"), (.http1_1, "1.1"), (.http2, "2")] {
        let response = try await client.send(HTTPRequest(url: url, version: version))
        #expect(String(decoding: response.body, as: UTF8.self) == body)
        #expect(response.version == (version == .http2 ? .http2 : .http1_1))
      }
    }
  }

  /// libcurl 7.88 breaks a connection that it uses again with prior knowledge.
  @Test func oneConnectionServesManyRequests() async throws {
    try await serving { url in
      let client = HTTPClient()
      for number in 0..<20 {
        let request = HTTPRequest(
          method: "POST", url: url, body: [UInt8](repeating: 65, count: 1 + number * 10_000), version: .http2)
        let response = try await client.send(request)
        #expect(String(decoding: response.body, as: UTF8.self) == "2")
        #expect(response.timings.reusedConnection == (number > 0), "request \(number)")
      }
      let versions = try await withThrowingTaskGroup(of: HTTPVersion.self) { group in
        for _ in 0..<50 {
          group.addTask { try await client.send(HTTPRequest(url: url, version: .http2)).version }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(versions == [HTTPVersion](repeating: .http2, count: 50))
    }
  }

  @Test func aLoadGoesOverHTTP2() async throws {
    try await serving { url in
      let request = HTTPRequest(method: "POST", url: url, body: [65], version: .http2)
      let load = try await LoadGenerator.run([request], connections: 4, Requests(left: 200))
      #expect(load.bodies == [Array("2".utf8): 200])
      #expect(load.failures.isEmpty, "\(load.failures)")
    }
  }

  /// So many requests as fast as they go.
  private struct Requests: LoadPacing, Sendable {
    var left: Int
    var underWay = 0
    var bodies: [[UInt8]: Int] = [:]
    var failures: [TransportError] = []

    mutating func next(at now: Int64, isFree: Bool) -> LoadStep {
      if left > 0, isFree {
        (left, underWay) = (left - 1, underWay + 1)
        return .send(LoadStart(request: 0, intended: now))
      }
      return left + underWay > 0 ? .wait(until: nil) : .end
    }

    mutating func take(_ answer: LoadAnswer) {
      underWay -= 1
      switch answer.result {
      case .success(let reply): bodies[reply.body, default: 0] += 1
      case .failure(let error): failures.append(error)
      }
    }
  }
}
