import Language
import Synchronization
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// `server_metrics`: what a server counted during a load, held against what was sent.
@Suite struct ServerCountTests {
  /// A server that counts its answers to rows, a little wrong when told so, and tells by metrics and by statistics.
  private func server(counting wrong: Int = 0, failures: Int = 0) throws -> FaultServer {
    let counts = Mutex((answers: 0, scrapes: 0))
    return try FaultServer { connection in
      while let request = connection.readRequest() {
        if request.hasPrefix("GET") {
          let (answers, scrapes) = counts.withLock { counts -> (Int, Int) in
            if request.contains("/stats") || request.hasPrefix("GET /metrics") { counts.scrapes += 1 }
            return (counts.answers, counts.scrapes)
          }
          let count = answers + (scrapes > 1 ? wrong : 0)
          let failed = scrapes > 1 ? failures : 0
          let body =
            request.hasPrefix("GET /metrics")
            ? "# TYPE answers_total counter\nanswers_total{model=\"m\",v=\"1\"} \(count)\nanswers_total{model=\"n\"} 9\n"
              + "nv_inference_request_success{model=\"m\",version=\"1\"} \(count)\n"
            : request.contains("/stats")
              ? #"{"model_stats":[{"name":"m","inference_stats":{"success":{"count":\#(count)},"fail":{"count":\#(failed)}}}]}"#
              : #"{"name":"m","inputs":[],"outputs":[]}"#
          connection.answer(body: body)
        } else {
          counts.withLock { $0.answers += 1 }
          connection.answer(
            body: #"{"model_name":"m","id":"cupel","outputs":[{"name":"p","shape":[1],"datatype":"FP64","data":[1]}]}"#)
        }
      }
    }
  }

  private func evaluate(_ server: FaultServer, _ metrics: String) async throws -> Finding? {
    try await EndpointChecksTests.evaluate(
      "{url: '\(server.url(""))', protocol: triton, model: m, rows: [{x: 1}], checks: [{latency: {p50: {at_most: 1h}, "
        + "concurrency: 2, requests: 50, duration: 5s, warmup: 0s, server_metrics: \(metrics)}}]}"
    )["latency.server_metrics"]
  }

  private func prometheus(_ server: FaultServer) -> String {
    #"{url: 'http://127.0.0.1:\#(server.port)/metrics', counter: 'answers_total{model="m"}'}"#
  }

  @Test func whatIsCountedIsWhatCame() async throws {
    let server = try server()
    defer { server.stop() }
    for metrics in ["{}", prometheus(server), "{url: 'http://127.0.0.1:\(server.port)/metrics'}"] {
      let finding = try await evaluate(server, metrics)
      #expect(finding?.outcome == .passed, "\(finding?.message ?? "")")
      #expect(finding?.message == "the server counted 50 good answers, as many as came")
    }
  }

  @Test(arguments: [
    (-3, 0, "the server counted 47 good answers, and 50 came"),
    (2, 0, "the server counted 52 good answers, and only 50 requests were sent: somebody else asks it, too"),
    (-60, 0, "fell by 10: the server began anew meanwhile"), (0, 2, "the server counted 2 failures"),
  ])
  func anotherCountFails(_ wrong: Int, _ failures: Int, _ words: String) async throws {
    let server = try server(counting: wrong, failures: failures)
    defer { server.stop() }
    let finding = try await evaluate(server, "{}")
    #expect(finding?.outcome == .failed)
    #expect(finding?.message.contains(words) == true, "\(finding?.message ?? "")")
  }

  @Test func whatIsNotThereIsNoPass() async throws {
    let server = try server()
    defer { server.stop() }
    let absent = try await evaluate(
      server, "{url: 'http://127.0.0.1:\(server.port)/metrics', counter: 'requests_total'}")
    #expect(
      absent?.outcome == .failed && absent?.message == "there is no metric requests_total among those of /metrics")
    for (counter, words) in [
      ("answer_total", "; did you mean answers_total?"), (#"'answers_total{model="x"}'"#, ", only with other labels"),
    ] {
      let near = try await evaluate(server, "{url: 'http://127.0.0.1:\(server.port)/metrics', counter: \(counter)}")
      #expect(near?.outcome == .failed && near?.message.hasSuffix(words) == true, "\(near?.message ?? "")")
    }
    let port = try FaultServer.closedPort()
    let silent = try await evaluate(server, "{url: 'http://127.0.0.1:\(port)/metrics', counter: 'requests_total'}")
    #expect(silent?.outcome == .errored, "\(silent?.message ?? "")")
  }

  @Test(arguments: [
    ("protocol: mlflow", "{}", "nothing says what the server counts"),
    ("protocol: triton, model: m", "{counter: '9x'}", "this names no metric"),
  ])
  func mistakesAreToldAtOnce(_ keys: String, _ metrics: String, _ words: String) {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', \(keys), rows: [{x: 1}], checks: [{latency: {p50: {at_most: 1s}, rate: 1/s, server_metrics: \(metrics)}}]}"
    )
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }
}
