import Processes
import TestSupport
import Testing
import Transport

/// The real Prometheus from Debian, which scrapes two real servers: a canary by its queries.
@Suite struct PrometheusTests {
  /// A server on a free port, and its address, for the time of a closure.
  private func serve<Success: Sendable>(_ body: (_ address: String) async throws -> Success) async throws -> Success {
    let model = Repository.root + "/fixtures/flights/models/champion.model.json"
    let command = Command([CupelBinary.folder + "/cupel-sample-endpoint", "--model", model])
    return try await ServerProcess.run(command) { server in
      while server.logTail.lines.isEmpty {
        try #require(server.exitStatus == nil, "\(server.logTail.text)")
        try await Task.sleep(for: .milliseconds(5))
      }
      let line = try #require(server.logTail.lines.first)
      return try await body(String(line.dropFirst("listening on ".count)))
    }
  }

  /// Prometheus with a folder of its own, once it has scraped every server.
  private func prometheus<Success: Sendable>(
    scraping servers: KeyValuePairs<String, String>, in work: TemporaryFolder,
    _ body: (_ url: String) async throws -> Success
  ) async throws -> Success {
    let jobs = servers.map { "  - {job_name: \($0.key), static_configs: [{targets: ['\($0.value)']}]}\n" }
    try work.write(
      "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\nscrape_configs:\n" + jobs.joined(), to: "prometheus.yml"
    )
    let address = "127.0.0.1:\(try #require(LoopbackPort.free()))"
    let command = Command(
      [
        "prometheus", "--config.file=\(work.path)/prometheus.yml", "--storage.tsdb.path=\(work.path)/data",
        "--web.listen-address=\(address)", "--log.level=warn",
      ], environment: ["PATH": "/usr/local/bin:/usr/bin:/bin:\(Repository.root)/.build/prometheus/usr/bin"],
      workingDirectory: work.path)
    return try await ServerProcess.run(command) { server in
      let client = HTTPClient()
      let count = HTTPRequest(url: "http://\(address)/api/v1/query?query=count(inference_duration_seconds_count)")
      while true {
        try #require(server.exitStatus == nil, "\(server.logTail.text)")
        let text = (try? await client.send(count)).map { String(decoding: $0.body, as: UTF8.self) } ?? ""
        if text.contains("\"\(servers.count)\"]") { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      await client.shutdown()
      return try await body("http://\(address)")
    }
  }

  /// Requests without an end, of which every so many cannot be read.
  private static func traffic(to address: String, badEvery: Int) async {
    let client = HTTPClient()
    let good =
      #"{"inputs":[{"name":"dep_delay","datatype":"FP64","shape":[1],"data":[5]},"#
      + #"{"name":"distance","datatype":"FP64","shape":[1],"data":[900]},"#
      + #"{"name":"hour","datatype":"INT64","shape":[1],"data":[9]},"#
      + #"{"name":"carrier","datatype":"BYTES","shape":[1],"data":["AA"]},"#
      + #"{"name":"origin","datatype":"BYTES","shape":[1],"data":["JFK"]}]}"#
    var index = 0
    while !Task.isCancelled {
      index += 1
      let body = index.isMultiple(of: badEvery) ? "{" : good
      _ = try? await client.send(
        HTTPRequest(method: "POST", url: "http://\(address)/v2/models/delay/infer", body: Array(body.utf8)))
      try? await Task.sleep(for: .milliseconds(2))
    }
    await client.shutdown()
  }

  private static func share(of status: String = "status!=\\\"200\\\"") -> String {
    func query(_ job: String, _ more: String) -> String {
      "\"sum(inference_requests_total{job=\\\"\(job)\\\"\(more)})\""
    }
    return "{id: errors, failures: {candidate: \(query("candidate", "," + status)), "
      + "baseline: \(query("champion", "," + status))}, total: {candidate: \(query("candidate", "")), "
      + "baseline: \(query("champion", ""))}, max_regression: 0.05 absolute}"
  }

  private func gate(_ url: String, _ guards: String, looks: Int = 150) async throws -> ServingGate.Result {
    try await ServingGate().run(
      """
        live:
          url: http://127.0.0.1:9
          checks:
            - canary:
                prometheus: {url: '\(url)', every: 400ms, looks: \(looks), guards: [\(guards)]}

      """)
  }

  @Test func liveTrafficIsJudged() async throws {
    let work = try TemporaryFolder()
    try await serve { champion in
      try await serve { candidate in
        try await prometheus(scraping: ["champion": champion, "candidate": candidate], in: work) { url in
          let baseline = Task { await Self.traffic(to: champion, badEvery: 50) }
          let same = Task { await Self.traffic(to: candidate, badEvery: 50) }
          let good = try await gate(url, Self.share())
          #expect(good.exitCode == 0, "\(good.text)")
          #expect(good.outcomes["live.canary.errors"] == "passed")

          let worse = Task { await Self.traffic(to: candidate, badEvery: 2) }
          let bad = try await gate(url, Self.share())
          #expect(bad.exitCode == 1, "\(bad.text)")
          #expect(bad.outcomes["live.canary.errors"] == "failure")

          // What has no number is no verdict, whatever Prometheus calls it.
          for query in ["no_such_series", "inference_requests_total", "sum(", "up[300ms]", "vector(0) / vector(0)"] {
            let none = try await gate(
              url, "{id: v, value: {candidate: '\(query)', baseline: '1'}, max_regression: 1 absolute}", looks: 2)
            #expect(none.exitCode == 3 && none.outcomes["live.canary.v"] == "error", "\(query): \(none.text)")
          }
          for task in [baseline, same, worse] {
            task.cancel()
            await task.value
          }
        }
      }
    }
  }
}
