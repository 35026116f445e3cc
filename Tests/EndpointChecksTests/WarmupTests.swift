import Language
import Synchronization
import Testing
import Verdict

@testable import EndpointChecks

/// The first inference and those after it, each by its own limit.
@Suite struct WarmupTests {
  private func evaluate(_ text: String) async throws -> [Finding] {
    let (subject, problems) = endpoint(text)
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(.everything, in: .testing)
  }

  private static let request = "{request: {path: /p}}"

  @Test func bothAreMeasured() async throws {
    let server = try ScriptedServer { _ in .reply(200, "{}") }
    let findings = try await evaluate(
      "{url: '\(server.url)', checks: [{warmup: {cold: {at_most: 1h}, warm: {at_most: 1h}, requests: 5}}, \(Self.request)]}"
    )
    #expect(findings.outcomes == ["warmup.cold=passed", "warmup.warm=passed", "request-1.status=passed"])
    #expect(findings[0].message.hasPrefix("the first request of this check: "))
    #expect(findings[1].evidence.method == "median of 5")
    #expect(server.requests.map(\.line) == Array(repeating: "GET /p", count: 7))
  }

  /// No exchange takes less than a ten-thousandth of a millisecond.
  @Test func tooSlowFails() async throws {
    let server = try ScriptedServer { _ in .reply(200, "{}") }
    let findings = try await evaluate(
      "{url: '\(server.url)', checks: [{warmup: {cold: {at_most: 0.0001ms}, warm: {at_most: 0.0001ms}}}, \(Self.request)]}"
    )
    #expect(findings.prefix(2).map(\.outcome) == [.failed, .failed])
    #expect(findings[1].message.contains("but must be at most"), "\(findings[1].message)")
    #expect(findings[1].evidence.observed?.unit == .seconds)
  }

  @Test func theInferenceOfReadinessIsTheColdOne() async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("GET") ? .reply(200) : .reply(200, ReachedEndpointTests.good)
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, checks: [ready, {warmup: {cold: {at_most: 1h}}}, "
        + "{infer: {id: one, inputs: {x: [1]}}}]}")
    #expect(findings["warmup.cold"]?.outcome == .passed)
    #expect(findings["warmup.cold"]?.evidence.method == "the inference of readiness")
  }

  @Test func wrongAnswersAreNoMeasurement() async throws {
    let count = Mutex(0)
    let server = try ScriptedServer { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number == 4 ? .reply(503) : .reply(200)
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', checks: [{warmup: {cold: {at_most: 1h}, warm: {at_most: 1h}}}, \(Self.request)]}")
    #expect(findings.prefix(2).map(\.outcome) == [.passed, .failed])
    #expect(findings[1].message == "status is 503, but must be 200")
  }

  @Test func nothingToSendIsAMistakeInTheConfig() {
    let (subject, problems) = endpoint("{url: 'http://127.0.0.1:9', checks: [{warmup: {cold: {at_most: 1s}}}]}")
    #expect(subject == nil && problems.diagnostics.contains { $0.headline.hasPrefix("there is no request to send") })
  }

  @Test func aRowIsARequest() async throws {
    let (good, bad) = (try ServedModel().serve(), try ScriptedServer { _ in .reply(500, "{}") })
    let check = "{warmup: {cold: {at_most: 60s}, warm: {at_most: 60s}, requests: 3}}"
    let findings = try await evaluate(ServedModel.config(good, rows: "[{x: 1}]", check))
    #expect(findings.map(\.outcome) == [.passed, .passed], "\(findings.map(\.message))")
    #expect(good.requests.count { $0.line.hasPrefix("POST") } == 4)
    let broken = try await evaluate(ServedModel.config(bad, rows: "[{x: 1}]", check))
    #expect(broken.first?.outcome == .failed, "\(broken.map(\.message))")
  }

  @Test(arguments: ["{}", "{cold: 5s}", "{warm: {at_most: 1s}, requests: 1}", "{cold: {at_most: 0s}}"])
  func mistakesAreFound(_ warmup: String) {
    #expect(endpoint("{url: 'http://127.0.0.1:9', checks: [{warmup: \(warmup)}, \(Self.request)]}").subject == nil)
  }
}
