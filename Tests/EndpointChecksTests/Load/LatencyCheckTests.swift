import Language
import Statistics
import Synchronization
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// The check `latency` against real servers. No time is asserted: limits are an hour, or shorter than any exchange.
@Suite struct LatencyCheckTests {
  private func evaluate(_ text: String) async throws -> [Finding] {
    let (subject, problems) = endpoint(text)
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(.everything, in: .testing)
  }

  /// A server that keeps its connections.
  private func server(_ answer: @escaping @Sendable (String) -> Int) throws -> FaultServer {
    try FaultServer { connection in
      while let request = connection.readRequest() { connection.answer("\(answer(request)) x", body: #"{"y": 1}"#) }
    }
  }

  private static let rows = "rows: [{x: 1}, {x: 2}, {x: 3}]"

  @Test func rowsTakeTurnsInBothModels() async throws {
    for model in ["concurrency: 2", "rate: 200/s"] {
      let bodies = Mutex<[String: Int]>([:])
      let server = try server { request in
        bodies.withLock { $0[String(request.split(separator: "\r\n\r\n").last ?? ""), default: 0] += 1 }
        return 200
      }
      defer { server.stop() }
      let findings = try await evaluate(
        "{url: '\(server.url(""))', paths: {infer: /score}, request: {rows: '{records}'}, reply: '$.y', \(Self.rows), "
          + "checks: [{latency: {p50: {at_most: 1h}, max: {at_most: 1h}, \(model), requests: 300, warmup: 0s}}]}")
      #expect(findings.map(\.outcome).allSatisfy { $0 == .passed }, "\(findings.map(\.message))")
      #expect(findings["latency.p50"]?.evidence.counts?.rows == 300)
      let seen = bodies.withLock { $0 }
      // The first row was asked alone before.
      #expect(seen == [#"{"rows":[{"x":1}]}"#: 101, #"{"rows":[{"x":2}]}"#: 100, #"{"rows":[{"x":3}]}"#: 100])
      #expect(server.connectionCount <= 1 + (model.hasPrefix("rate") ? 100 : 2), "connections are kept")
    }
  }

  @Test func whatIsTooSlowFailsWithTheCommandThatRepeatsIt() async throws {
    let server = try server { _ in 200 }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', checks: [{request: {path: /p}}, "
        + "{latency: {p90: {at_most: 0.0001ms}, mean: {at_most: 0.0001ms}, concurrency: 1, requests: 50, warmup: 0s}}]}"
    )
    #expect(
      findings.outcomes.dropLast() == ["request-1.status=passed", "latency.errors=passed", "latency.p90=failed"])
    // One answer that is very late leaves the mean of fifty open.
    #expect([.failed, .inconclusive].contains(findings["latency.mean"]?.outcome))
    let p90 = try #require(findings["latency.p90"])
    #expect(p90.reproduce == "curl -sS -i \(server.url("/p"))")
    #expect(p90.evidence.samples.count == 5)
    #expect(p90.evidence.notes.contains { $0.hasPrefix("p50 ") }, "\(p90.evidence.notes)")
    #expect(p90.location?.line == 1)
  }

  @Test func errorsAreCountedAndShown() async throws {
    let count = Mutex(0)
    let server = try server { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number % 10 == 0 ? 503 : 200
    }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', checks: [{request: {path: /p}}, "
        + "{latency: {errors: {at_most: 5%}, p50: {at_most: 1h}, p95: {at_most: 1h}, concurrency: 1, requests: 200, "
        + "warmup: 0s}}]}")
    let errors = try #require(findings["latency.errors"])
    #expect(errors.outcome == .failed)
    #expect(errors.message == "20 of 200 requests had no good answer, but must be at most 5%")
    #expect(errors.evidence.notes.contains("answers by status: 200: 180, 503: 20"), "\(errors.evidence.notes)")
    #expect(findings["latency.p50"]?.outcome == .passed)
    #expect(findings["latency.p95"]?.outcome != .passed)
  }

  /// Of ten predictions one is none, whatever its status. Words in the envelope, and within texts, say nothing.
  @Test(
    arguments: [
      (#"{"predictions": [null], "id": null}"#, "outputs.predictions[0] is null"),
      (#"{"predictions": [{"p": {"a": 0.5, "b": NaN}}], "id": 1}"#, "outputs.p[0].b is NaN"),
      (#"{"predictions": [[0.5, -inf]]}"#, "outputs.predictions[1] is -inf"),
      (#"{"predictions": null}"#, "outputs.predictions[0] is null"),
      (#"{"predictions": [0.5], "id": null, "note": "NaN"}"#, nil), (#"{"predictions": ["annulled"]}"#, nil),
      (#"{"predictions": [1]}"#, nil), ("", "the body is empty"),
      (#"{"predictions": []}"#, "the predictions are empty"),
      (
        #"{"predictions": [""]}"#,
        "outputs.predictions holds no text: each of its texts is empty"
      ),
      (#"{"predictions": [1, 2]}"#, "outputs.predictions has 2 elements for 1 rows"),
      (#"{"error": "overloaded"}"#, "the reply has a status of success and says: overloaded"),
    ] as [(String, String?)])
  func aPredictionThatIsNoneIsNoGoodAnswer(_ body: String, _ flaw: String?) async throws {
    let seen = Counter()
    let server = try FaultServer { connection in
      while connection.readRequest() != nil {
        connection.answer(body: seen.next() % 10 == 5 ? body : #"{"predictions": [0.5]}"#)
      }
    }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', protocol: mlflow, paths: {infer: /score}, rows: [{x: 1}], "
        + "checks: [{latency: {p50: {at_most: 1h}, concurrency: 1, requests: 100, warmup: 0s}}]}")
    let errors = try #require(findings["latency.errors"], "\(findings.map(\.message))")
    #expect(errors.outcome == (flaw == nil ? .passed : .failed), "\(errors.message)")
    #expect(errors.evidence.counts?.violating == (flaw == nil ? 0 : 10))
    guard let flaw else { return }
    #expect(errors.evidence.samples.count == 5)
    #expect(errors.evidence.samples.allSatisfy { $0.value.hasSuffix("status 200, but \(flaw)") })
    #expect(errors.evidence.notes.contains("10 of them no good answers: \(flaw)"), "\(errors.evidence.notes)")
  }

  /// What the first answer tells of by headers alone, the body of the others does not tell.
  @Test func whatTheBodyAloneDoesNotTellIsNotJudged() async throws {
    let server = try FaultServer { connection in
      while connection.readRequest() != nil { connection.answer("200 x", body: "0.25\n") }
    }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', protocol: sagemaker, rows: [{x: 1}], "
        + "checks: [{latency: {p50: {at_most: 1h}, concurrency: 1, requests: 50, warmup: 0s}}]}")
    #expect(findings["latency.errors"]?.outcome == .passed, "\(findings.map(\.message))")
  }

  @Test func tooFewRequestsAreInconclusive() async throws {
    let server = try server { _ in 200 }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', checks: [{request: {path: /p}}, "
        + "{latency: {p99: {at_most: 1h}, concurrency: 2, requests: 100, warmup: 0s}}]}")
    #expect(findings["latency.p99"]?.outcome == .inconclusive)
    #expect(findings["latency.p99"]?.message.contains("at least 368 are needed") == true)
  }

  @Test func anEndpointThatAnswersWronglyIsNotLoaded() async throws {
    let count = Mutex(0)
    let server = try server { _ in
      count.withLock { $0 += 1 }
      return 500
    }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', paths: {infer: /score}, request: {rows: '{records}'}, reply: '$.y', \(Self.rows), "
        + "checks: [{latency: {p50: {at_most: 1h}, rate: 100/s}}]}")
    #expect(findings.outcomes == ["latency.errors=failed", "latency.late=skipped", "latency.p50=skipped"])
    #expect(count.withLock { $0 } == 1)
  }

  @Test func nobodyThereIsAnError() async throws {
    let port = try FaultServer.closedPort()
    let findings = try await evaluate(
      "{url: 'http://127.0.0.1:\(port)', checks: [{latency: {p50: {at_most: 1h}, rate: 100/s}}, {request: {path: /p}}]}"
    )
    #expect(findings.first?.outcome == .errored)
    #expect(findings.first?.reason == .transport)
    #expect(!findings.contains { $0.outcome == .passed })
  }

  @Test func nothingToSendIsAnError() async throws {
    let server = try server { _ in 200 }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', checks: [{latency: {p50: {at_most: 1h}, rate: 100/s}}]}")
    #expect(findings.outcomes == ["latency.errors=errored", "latency.late=skipped", "latency.p50=skipped"])
    #expect(findings[0].reason == .nothingToEvaluate)
  }

  /// A server that goes away in the middle: what is sent afterwards has no answer, and the load ends.
  @Test func aServerThatGoesAwayFails() async throws {
    let count = Mutex(0)
    let server = try FaultServer { connection in
      while connection.readRequest() != nil {
        let number = count.withLock { count in
          count += 1
          return count
        }
        if number > 50 { return }
        connection.answer(body: "{}")
      }
    }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', checks: [{request: {path: /p}}, "
        + "{latency: {p50: {at_most: 1h}, concurrency: 2, duration: 1h, warmup: 0s}}]}")
    #expect(findings["latency.errors"]?.outcome == .failed)
    #expect(findings["latency.p50"]?.outcome == .failed)
    #expect(findings["latency.errors"]?.evidence.notes.contains { $0.hasPrefix("ended early: ") } == true)
  }

  /// Four connections, and the first four requests of the load hang until they are given up: what is due meanwhile
  /// finds no connection.
  @Test func requestsThatFindNoConnectionAreLate() async throws {
    let count = Mutex(0)
    let server = try FaultServer { connection in
      while connection.readRequest() != nil {
        let number = count.withLock { count in
          count += 1
          return count
        }
        // The first one is asked alone, before.
        if (2...5).contains(number) { return connection.waitForPeerToLeave() }
        connection.answer(body: "{}")
      }
    }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', timeout: 300ms, checks: [{latency: {p50: {at_most: 1h}, errors: {at_most: 50%}, "
        + "rate: 1000/s, concurrency: 4, requests: 100, duration: 1h, warmup: 0s}}, {request: {path: /p}}]}")
    #expect(findings["latency.errors"]?.outcome == .passed, "\(findings.map(\.message))")
    #expect(findings["latency.errors"]?.evidence.counts?.violating == 4)
    // A machine that is too busy to keep time says so instead.
    #expect([.failed, .inconclusive].contains(findings["latency.late"]?.outcome))
    let late = try #require(findings["latency.late"]?.evidence.counts)
    #expect(late.rows == 100)
    #expect((late.violating ?? 0) >= 90)
  }

  /// Of so many requests every fourth is dropped, each is sent once, and each is counted.
  @Test func droppedRequestsAreNotSentAgain() async throws {
    let seen = Counter()
    let server = try FaultServer { connection in
      while connection.readRequest() != nil {
        if seen.next() % 4 == 3 { return }
        connection.answer(body: "{}")
      }
    }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', checks: [{request: {path: /p}}, {latency: {p50: {at_most: 1h}, errors: {at_most: 50%}, "
        + "concurrency: 1, requests: 99, duration: 1h, warmup: 0s}}]}")
    // One before the load, and perhaps one for the request itself.
    let counts = try #require(findings["latency.errors"]?.evidence.counts)
    #expect(counts.rows == 99 && (24...26).contains(counts.violating ?? 0), "\(counts)")
    #expect((99...102).contains(seen.next()))
  }

  // MARK: - A recorded run

  private func compare(
    _ recorded: Int64, load: String? = nil, unanswered: Int = 0, to path: String = "run.hlog", key: String = "p50"
  ) async throws -> Finding? {
    let server = try server { _ in 200 }
    defer { server.stop() }
    let folder = try TemporaryFolder()
    var histogram = LatencyHistogram()
    for _ in 0..<1000 { histogram.record(recorded) }
    var log = HistogramLog(startedAt: 0, load: load, unanswered: unanswered)
    log.add(histogram, from: 0, seconds: 1)
    _ = try folder.write(log.text, to: "run.hlog")
    let (subject, problems) = endpoint(
      "{url: '\(server.url(""))', checks: [{request: {path: /p}}, {latency: {\(key): {max_regression: 50% relative}, "
        + "baseline: \(path), concurrency: 1, requests: 100, warmup: 0s}}]}",
      folders: EndpointFolders(config: folder.path))
    let findings = try await #require(subject, "\(problems.diagnostics.map(\.headline))")
      .evaluate(.everything, in: .testing)
    return findings["latency.\(key)-regression"]
  }

  /// No exchange takes an hour, and none is as short as a microsecond.
  @Test(arguments: ["p50", "mean"])
  func aRecordedRunIsWhatCounts(_ key: String) async throws {
    let load = "closed model: 1 connection, each sends when it has its answer"
    let slow = try await compare(3_600_000_000_000, load: load, key: key)
    #expect(slow?.outcome == .passed, "\(slow?.message ?? "")")
    let fast = try await compare(1000, load: load, key: key)
    // On a busy machine one answer may be so late that nobody can tell the mean.
    let outcomes: [Outcome?] = key == "mean" ? [.failed, .inconclusive] : [.failed]
    #expect(outcomes.contains(fast?.outcome), "\(fast?.message ?? "")")
    #expect(fast?.evidence.baseline?.unit == .seconds)
  }

  /// What had no answer is slower than any in the baseline, too: 20 of 1,020 are its p99, and nothing to its median.
  @Test func errorsOfTheBaselineCount() async throws {
    let hour: Int64 = 3_600_000_000_000
    #expect(try await compare(hour, unanswered: 20)?.outcome == .passed)
    let tail = try await compare(hour, unanswered: 20, key: "p99")
    #expect(tail?.outcome == .errored && tail?.reason == .baseline)
    #expect(
      tail?.message
        == "the baseline's p99 is no time: 20 of its 1,020 requests had no good answer; record a run without errors, or "
        + "compare a lower percentile")
    #expect(try await compare(hour, unanswered: 20, key: "mean")?.outcome == .errored)
  }

  @Test func anotherLoadIsNoBaseline() async throws {
    let found = try await compare(1000, load: "closed model: 8 connections, each sends when it has its answer")
    #expect(found?.outcome == .errored)
    #expect(found?.message.contains("another load: closed model: 8 connections") == true, "\(found?.message ?? "")")
  }

  @Test func aMissingRunIsAnError() async throws {
    let found = try await compare(1000, to: "nowhere.hlog")
    #expect(found?.outcome == .errored)
    #expect(found?.reason == .baseline)
    #expect(found?.message.contains("nowhere.hlog") == true, "\(found?.message ?? "")")
  }

  @Test(arguments: [
    ("{p99: {max_regression: 10% relative}, rate: 10/s}", "nothing says what to compare with"),
    ("{p99: {at_most: 1s}, baseline: run.hlog, rate: 10/s}", "nothing is compared with this"),
    ("{p99: {}, rate: 10/s}", "a limit is missing"),
    ("{max: {max_regression: 10% relative}, baseline: run.hlog, rate: 10/s}", "unknown key \"max_regression\""),
    (
      "{p99: {max_regression: 10%}, baseline: run.hlog, rate: 10/s}", "a margin says whether it is absolute or relative"
    ),
  ])
  func mistakesInTheComparison(_ latency: String, _ headline: String) {
    let (_, problems) = endpoint("{url: 'http://127.0.0.1:9', checks: [{latency: \(latency)}]}")
    #expect(problems.diagnostics.map(\.headline).contains { $0.hasPrefix(headline) }, "\(problems.diagnostics)")
  }
}
