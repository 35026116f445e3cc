import Language
import Synchronization
import TestSupport
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// `latency` with limits on the first token: answers are streamed under load, and those that are not whole are none.
@Suite struct StreamedLoadTests {
  private typealias Chat = ChatServer

  /// A server that streams, the answer to every tenth request by another script.
  private func server(
    _ other: String = Chat.stream(Chat.good), good: String = Chat.stream(Chat.good), answer: String = Chat.answer
  ) throws -> FaultServer {
    let count = Mutex(0)
    return try FaultServer { connection in
      while let request = connection.readRequest() {
        guard request.contains(#""stream":true"#) else {
          connection.answer(headers: "Content-Type: application/json\r\n", body: answer)
          continue
        }
        let number = count.withLock { count -> Int in
          count += 1
          return count
        }
        guard number.isMultiple(of: 10) else {
          connection.send(good)
          continue
        }
        connection.send(other)
        if !other.hasSuffix("0\r\n\r\n") { return }
      }
    }
  }

  /// A stream with an answer, then this event, then its end.
  private static func spoiled(by event: String) -> String {
    Chat.stream([Chat.role] + Chat.words + [event, Chat.done])
  }

  private func evaluate(_ server: FaultServer, _ limits: String, requests: Int = 100) async throws -> [Finding] {
    try await EndpointChecksTests.evaluate(
      "{url: '\(server.url(""))', protocol: openai, model: m, rows: [{prompt: a}, {prompt: b}], checks: [{latency: "
        + "{\(limits), concurrency: 4, requests: \(requests), duration: 60s, warmup: 0s}}]}")
  }

  @Test func firstTokensAreJudgedByTheirInterval() async throws {
    let server = try server()
    defer { server.stop() }
    let findings = try await evaluate(
      server, "p50: {at_most: 1h}, ttft: {p50: {at_most: 1h}, p99: {at_most: 1h}}", requests: 400)
    #expect(
      findings.outcomes == ["errors", "p50", "ttft_p50", "ttft_p99"].map { "latency.\($0)=passed" },
      "\(findings.map(\.message))")
    let first = try #require(findings["latency.ttft_p50"])
    #expect(first.evidence.counts?.rows == 400 && first.evidence.interval?.level == 0.95)
    #expect(first.evidence.notes.contains { $0.hasPrefix("time to first token: p50 ") })
    // No first piece comes behind the last.
    let whole = try #require(findings["latency.p50"]?.evidence.observed?.value)
    #expect(try #require(first.evidence.observed?.value) <= whole)
  }

  @Test func fewRequestsSayTooLittle() async throws {
    let server = try server()
    defer { server.stop() }
    let findings = try await evaluate(server, "ttft: {p99: {at_most: 1h}}")
    #expect(findings["latency.ttft_p99"]?.outcome == .inconclusive)
    #expect(findings["latency.ttft_p99"]?.message.hasPrefix("100 requests say too little of ttft_p99") == true)
  }

  @Test(arguments: [
    (Chat.stream(Chat.good.dropLast()), "it ends without [DONE]"),
    (Chat.stream([Chat.role] + Chat.words + [#"{"error":{"message":"no"}}"#, Chat.done]), "an event is an error"),
    (Chat.stream(Chat.good.dropLast(), isCut: true), "truncated-body"),
    (Chat.stream([Chat.role, Chat.stop, Chat.done]), "no event has a piece of an answer"),
    (Chat.stream(["junk", Chat.done]), "an event is no JSON"),
    // The form of an event counts as it does for `stream`: these are errors by another name.
    (spoiled(by: #"{"code":500,"message":"oom","type":"InternalServerError"}"#), "an event has no choices"),
    (spoiled(by: #"{"detail":"Internal Server Error"}"#), "an event has no choices"),
    (spoiled(by: Chat.chunk("{}", finish: #""error""#)), "a choice is finished by error"),
    (spoiled(by: Chat.done), "an event comes behind [DONE]"),
  ])
  func streamsThatAreNotWholeAreErrors(_ stream: String, _ flaw: String) async throws {
    let server = try server(stream)
    defer { server.stop() }
    let findings = try await evaluate(server, "ttft: {p50: {at_most: 1h}, p99: {at_most: 1h}}")
    #expect(findings["latency.errors"]?.outcome == .failed)
    #expect(
      findings["latency.errors"]?.message.hasPrefix("10 of 100 requests had no good answer") == true,
      "\(findings.map(\.message))")
    let samples = findings["latency.errors"]?.evidence.samples ?? []
    #expect(!samples.isEmpty && samples.allSatisfy { $0.value.contains(flaw) }, "\(samples)")
    // A tenth without an answer is slower than any limit.
    #expect(findings["latency.ttft_p50"]?.outcome == .passed)
    #expect(findings["latency.ttft_p99"]?.outcome == .failed, "\(findings.map(\.message))")
  }

  /// A list of parts is a text, streamed and whole.
  @Test func textsInPartsAreAnswers() async throws {
    let part = #"{"content":[{"type":"text","text":"Hello"}]}"#
    let stream = Chat.stream([Chat.role, Chat.chunk(part), Chat.stop, Chat.done])
    let server = try server(stream, good: stream, answer: Chat.whole(part))
    defer { server.stop() }
    let findings = try await evaluate(server, "ttft: {p50: {at_most: 1h}}")
    #expect(findings.outcomes == ["latency.errors=passed", "latency.ttft_p50=passed"], "\(findings.map(\.message))")
  }

  private func sight(_ events: [(event: String, time: Int64)]) -> BodySight {
    let watcher = StreamWatcher(OpenAIStream())
    watcher.begin()
    for (event, time) in events { watcher.take(Array("data: \(event)\n\n".utf8), at: time) }
    return watcher.sight
  }

  @Test func theLastChoiceToBeginIsWaitedFor() {
    let (first, second) = (Chat.chunk(#"{"content":"a"}"#), Chat.chunk(#"{"content":"b"}"#, index: 1))
    #expect(
      sight([(first, 10), (first, 20), (second, 500), (first, 600), (Chat.done, 700)]) == BodySight(firstContent: 500))
    #expect(sight([(first, 10), (first, 20), (Chat.done, 700)]) == BodySight(firstContent: 10))
  }

  /// What a server names itself is no part of what is said of it: nothing here knows the secrets.
  @Test func otherModelsAreNotNamed() {
    func chunk(_ model: String) -> String {
      #"{"model":"\#(model)","choices":[{"index":0,"delta":{"content":"a"}}]}"#
    }
    let flaw = sight([(chunk("one"), 10), (chunk("two"), 20), (Chat.done, 30)]).flaw
    #expect(flaw == "the stream is not whole: an event is of another model than those before")
    #expect(sight([(chunk("one"), 10), (chunk("one"), 20), (Chat.done, 30)]).flaw == nil)
  }

  @Test(arguments: [
    ("protocol: mlflow", "ttft: {p50: {at_most: 1s}}", "the protocol mlflow does not say how answers are streamed"),
    ("protocol: openai, model: m", "ttft: {}", "a limit is missing"),
  ])
  func mistakesAreToldAtOnce(_ keys: String, _ limits: String, _ words: String) {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', \(keys), rows: [{prompt: a}], checks: [{latency: {\(limits), rate: 1/s}}]}")
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }
}
