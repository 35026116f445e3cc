import Language
import Synchronization
import Testing
import Verdict

@testable import EndpointChecks

/// Requests that are tried again, and what is said of those that pass only then.
@Suite struct RetryTests {
  /// A server that gives one answer after the other, the last one for ever.
  private func server(_ answers: [ScriptedServer.Answer]) throws -> ScriptedServer {
    let count = Mutex(0)
    return try ScriptedServer { _ in
      let index = count.withLock { count in
        count += 1
        return count - 1
      }
      return answers[min(index, answers.count - 1)]
    }
  }

  private func evaluate(_ server: ScriptedServer, _ rest: String) async throws -> [Finding] {
    let (subject, problems) = endpoint("{url: '\(server.url)', \(rest)}")
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(.everything, in: .testing)
  }

  private static let twoClaims =
    "checks: [{request: {path: /, retry: {attempts: 3, backoff: 1ms}, expect: {json: [{path: $.a, equals: 1}]}}}]"

  @Test func whatPassesOnARetryIsAWarning() async throws {
    let server = try server([.reset, .reply(503, "later"), .reply(200, #"{"a": 1}"#)])
    let findings = try await evaluate(server, Self.twoClaims)
    #expect(findings.outcomes == ["request-1.status=failed", "request-1.json $.a=passed"])
    let flaky = findings[0]
    #expect(flaky.severity == .warn)
    #expect(flaky.message == "flaky: passed only on attempt 3: status is 200")
    #expect(flaky.evidence.notes.prefix(2).allSatisfy { $0.hasPrefix("attempt ") }, "\(flaky.evidence.notes)")
    #expect(flaky.evidence.notes[0].contains("without answering"))
    #expect(flaky.evidence.notes[1] == "attempt 2: status is 503, but must be 200")
    #expect(RunResult(version: "", startedAt: 0, findings: findings).warnings.map(\.id) == [flaky.id])
    #expect(server.requests.count == 3)
  }

  @Test func aWrongAnswerIsTriedAgainToo() async throws {
    let server = try server([.reply(200, #"{"a": 2}"#), .reply(200, #"{"a": 1}"#)])
    let findings = try await evaluate(server, Self.twoClaims)
    #expect(findings.outcomes == ["request-1.status=passed", "request-1.json $.a=failed"])
    #expect(findings[1].severity == .warn && findings[1].message.hasPrefix("flaky: passed only on attempt 2"))
  }

  @Test func whatNeverPassesFailsAndSaysHowOften() async throws {
    let server = try server([.reply(503)])
    let findings = try await evaluate(server, Self.twoClaims)
    #expect(findings.outcomes == ["request-1.status=failed", "request-1.json $.a=skipped"])
    #expect(findings[0].severity == .block)
    #expect(findings[0].message == "status is 503, but must be 200 (attempt 3 of 3)")
    #expect(server.requests.count == 3)
  }

  @Test func theFirstAttemptThatPassesIsTheLast() async throws {
    let server = try server([.reply(200, #"{"a": 1}"#)])
    let findings = try await evaluate(server, Self.twoClaims)
    #expect(findings.allSatisfy { $0.outcome == .passed && $0.severity == .block })
    #expect(findings[0].message == "status is 200")
    #expect(server.requests.count == 1)
  }

  @Test func nothingIsTriedAgainUnlessTheConfigSaysSo() async throws {
    let server = try server([.reply(503), .reply(200)])
    #expect(try await evaluate(server, "checks: [{request: {path: /}}]").map(\.outcome) == [.failed])
    #expect(server.requests.count == 1)
  }

  @Test func theEndpointsPolicyHoldsForAllAndARequestsOwnGoesFirst() async throws {
    let server = try server([.reply(503)])
    _ = try await evaluate(
      server,
      "retry: {attempts: 2, backoff: 1ms}, checks: [{request: {path: /a}}, {request: {path: /b, retry: {attempts: 4, backoff: 1ms}}}]"
    )
    #expect(server.requests.map(\.line) == Array(repeating: "GET /a", count: 2) + Array(repeating: "GET /b", count: 4))
  }

  @Test func theValueOfTheLastAttemptIsCaptured() async throws {
    let server = try server([.reply(200, #"{"state": "queued"}"#), .reply(200, #"{"state": "done", "id": 3}"#)])
    let findings = try await evaluate(
      server,
      "checks: [{request: {path: /job, retry: {attempts: 5, backoff: 1ms}, capture: {id: $.id}}}, {request: {path: '/r/{{id}}'}}]"
    )
    #expect(findings.outcomes == ["request-1.status=passed", "request-1.capture id=failed", "request-2.status=passed"])
    #expect(findings[1].severity == .warn)
    #expect(server.requests.last?.line == "GET /r/3")
  }

  /// Checks that ask the endpoint themselves are asked again as a whole.
  @Test func aCheckIsAskedAgain() async throws {
    // Wrong are the first batch and the question about its worst row.
    let model = ServedModel(change: { scores, count in count < 2 ? scores.map { $0 + 0.1 } : scores
    })
    let rows = "rows: [{x: 1, p: 0.01}, {x: 2, p: 0.02}]"
    func finding(_ server: ScriptedServer, _ retry: String) async throws -> Finding {
      try #require(
        try await EndpointChecksTests.evaluate(
          "{url: '\(server.url)', protocol: open-inference-v2, model: m, \(rows), \(retry)checks: [{golden: {expect: p}}]}"
        ).first)
    }
    let once = try await finding(try model.serve(), "")
    #expect(once.outcome == .failed && once.severity == .block, "\(once.message)")
    let twice = try await finding(try model.serve(), "retry: {attempts: 3, backoff: 1ms}, ")
    #expect(twice.outcome == .failed && twice.severity == .warn)
    #expect(twice.message == "flaky: passed only on attempt 2: 2 rows are predicted as expected")
    #expect(twice.evidence.notes.first?.hasPrefix("attempt 1: 2 of 2 rows differ") == true)
  }

  /// What looks for answers that change would find none on a retry.
  @Test func consistencyIsAskedOnce() async throws {
    let model = ServedModel(change: { scores, count in
      count < 4 ? scores.map { $0 + Double(count) } : scores
    })
    let server = try model.serve()
    let findings = try await EndpointChecksTests.evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, rows: [{x: 1}, {x: 2}], "
        + "retry: {attempts: 9, backoff: 1ms}, checks: [{consistency: {aspects: [batch]}}]}")
    #expect(
      findings[0].outcome == .failed && findings[0].severity == .block, "\(findings[0].message)")
  }

  @Test func waitsDouble() {
    let policy = RetryPolicy(attempts: 100, backoff: .milliseconds(200))
    #expect(
      (2...5).map { policy.wait(before: $0) } == [
        .milliseconds(200), .milliseconds(400), .milliseconds(800), .milliseconds(1600),
      ])
    #expect(policy.wait(before: 99) == RetryPolicy.longestWait)
  }

  @Test func theServersWishIsHeededWithinTheTimeOfARequest() {
    let policy = RetryPolicy(attempts: 5, backoff: .milliseconds(200))
    func wait(_ asked: Duration?) -> Duration { policy.wait(before: 3, asked: asked, atMost: .seconds(10)) }
    #expect(wait(nil) == .milliseconds(400))
    #expect(wait(.seconds(0)) == .milliseconds(400))
    #expect(wait(.seconds(3)) == .seconds(3))
    #expect(wait(.seconds(3600)) == .seconds(10))
  }

  /// A wish of a century does not keep anybody waiting for longer than a request may take.
  @Test(.timeLimit(.minutes(1))) func anEndlessWishIsNoEndlessWait() async throws {
    let server = try server([.reply(503, headers: "Retry-After: 3153600000\r\n"), .reply(200, #"{"a": 1}"#)])
    let findings = try await evaluate(server, "timeout: 100ms, " + Self.twoClaims)
    #expect(findings[0].message == "flaky: passed only on attempt 2: status is 200", "\(findings.map(\.message))")
    #expect(server.requests.count == 2)
  }

  @Test(arguments: [
    "{attempts: 1}", "{attempts: 0}", "{backoff: 1s}", "{attempts: 3, backoff: 0s}", "3", "{attempts: 101}",
  ])
  func impossiblePoliciesAreRefused(_ retry: String) {
    #expect(endpoint("{url: 'http://127.0.0.1:9', retry: \(retry), checks: [ready]}").subject == nil)
  }
}
