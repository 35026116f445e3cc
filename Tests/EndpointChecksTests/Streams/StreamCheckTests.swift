import Language
import TestSupport
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// The check `stream` against servers that stream well, and in every way badly.
@Suite struct StreamCheckTests {
  private typealias Chat = ChatServer

  @Test func aGoodStreamKeepsEveryClaim() async throws {
    for lineEnd in ["\n", "\r\n", "\r"] {
      let server = try Chat.start(Chat.stream(Chat.good, lineEnd: lineEnd))
      let findings = try await evaluate(
        Chat.config(
          server, "{stream: {ttft: {at_most: 1h}, tpot: {at_most: 1h}, gap: {at_most: 1h}, gap_p99: {at_most: 1h}}}"))
      let names = ["events", "end", "finish", "usage", "answer", "ttft", "tpot", "gap", "gap_p99"]
      #expect(findings.outcomes == names.map { "stream.\($0)=passed" }, "\(findings.map(\.message))")
      #expect(findings["stream.events"]?.message == "the stream with 6 events read well")
      #expect(findings["stream.usage"]?.evidence.notes.first == StreamJudgement.usageRule)
    }
  }

  @Test func requestsAskForAStreamAndItsUsage() async throws {
    let server = try Chat.start(Chat.stream(Chat.good))
    _ = try await evaluate(Chat.config(server, "stream", "parameters: {max_tokens: 8}, rows: [{prompt: Hi}]"))
    let bodies = server.requests.map(\.body).filter { !$0.isEmpty }
    let start = #"{"model":"org/m","messages":[{"role":"user","content":"Hi"}],"max_tokens":8,"temperature":0"#
    #expect(bodies == [start + #","stream":true,"stream_options":{"include_usage":true}}"#, start + "}"])
  }

  /// A fault in a stream, the claim that fails, and a part of what it says.
  struct Fault: Sendable, CustomTestStringConvertible {
    var stream: String
    var claim: String
    var words: String
    var testDescription: String { words }

    init(_ events: [String], _ claim: String, _ words: String, isCut: Bool = false) {
      self.init(stream: Chat.stream(events, isCut: isCut), claim, words)
    }

    init(stream: String, _ claim: String, _ words: String) {
      (self.stream, self.claim, self.words) = (stream, claim, words)
    }
  }

  private static let start = [Chat.role] + Chat.words
  private static let json =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"error\":\"no\"}"

  static let faults: [Fault] = [
    Fault(start, "end", "the stream ends after 3 events without [DONE]; the last: {\"id\":\"c\""),
    Fault(start, "end", "the stream breaks off (truncated-body) after 3 events without [DONE]", isCut: true),
    Fault([], "events", "the stream has no events"),
    Fault(
      start + [#"{"error":{"message":"out of memory","code":500}}"#], "events",
      "event 4 is an error, and the status was 200: out of memory"),
    Fault(
      start + [#"{"object":"error","message":"dead"}"#, Chat.done], "events",
      "is an error, and the status was 200: dead"),
    Fault([Chat.role, "not json", Chat.done], "events", "event 2 is no JSON"),
    Fault(stream: json, "events", "the content type must be text/event-stream, but it is application/json"),
    Fault(
      start + [Chat.stop, #"{"id":"c","choices":[]}"#, Chat.usage(4, 3, 7), Chat.done], "events",
      "event 5 has neither choices nor usage"),
    Fault(start + [Chat.stop, Chat.usage(4, 3, 7), Chat.done, Chat.role], "events", "event 7 comes behind [DONE]"),
    Fault([Chat.role, Chat.stop, Chat.usage(4, 0, 4), Chat.done], "events", "no event has a piece of an answer"),
    Fault(start + [Chat.usage(4, 3, 7), Chat.done], "finish", "choice 0 has no finish_reason"),
    Fault(
      start + [Chat.stop, Chat.stop, Chat.usage(4, 3, 7), Chat.done], "finish",
      "choice 0 has 2 finish_reasons: stop, stop"),
    Fault(
      [Chat.role, Chat.words[0], Chat.stop, Chat.words[1], Chat.usage(4, 3, 7), Chat.done], "finish",
      "choice 0 goes on behind its finish_reason"),
    Fault(
      start + [Chat.chunk("{}", finish: #""length""#), Chat.usage(4, 3, 7), Chat.done], "finish",
      "choice 0 is finished by length, which is none of stop"),
    Fault(start + [Chat.stop, Chat.done], "usage", "no event has a usage, which was asked for"),
    Fault(
      start + [Chat.stop, Chat.usage(4, 1, 5), Chat.done], "usage",
      "counts 1 completion_tokens, and 2 events have a piece"),
    Fault(start + [Chat.stop, Chat.usage(4, 3, 8), Chat.done], "usage", "but 8 total_tokens"),
    Fault(start + [Chat.stop, Chat.usage(-3, 3, 0), Chat.done], "usage", "counts -3 tokens"),
    Fault(
      start + [Chat.stop, Chat.usage(4, 5, 9), Chat.done], "usage",
      "counts 5 completion_tokens, and 3 for the same answer"),
    Fault(
      [Chat.role, Chat.words[0], Chat.stop, Chat.usage(4, 3, 7), Chat.done], "answer",
      #"choice 0 is streamed as "Hel", and answered as "Hello" without a stream"#),
  ]

  @Test(arguments: faults)
  func everyFaultFailsItsClaim(_ fault: Fault) async throws {
    let server = try Chat.start(fault.stream)
    let findings = try await evaluate(Chat.config(server, "{stream: {ttft: {at_most: 1h}}}"))
    let failed = findings.filter { $0.outcome == .failed }
    #expect(failed.map(\.id.check) == [fault.claim], "\(findings.map(\.message))")
    #expect(failed.first?.message.contains(fault.words) == true, "\(failed.first?.message ?? "")")
    #expect(failed.first?.message.hasPrefix("row 1: ") == true)
    // What is said of half a stream says nothing.
    let isBroken = ["events", "end"].contains(fault.claim)
    #expect(findings["stream.ttft"]?.outcome == (isBroken ? .skipped : .passed))
  }

  /// `n: 2` asks for two choices.
  @Test(
    arguments: [
      ([0], "1 choice came, and the request asks for 2 (n)"), ([0, 1], nil), ([0, 1, 2], "3 choices came"),
    ] as [([Int], String?)])
  func asManyChoicesComeAsWereAskedFor(_ choices: [Int], _ words: String?) async throws {
    let events = choices.flatMap { choice in
      [Chat.chunk(#"{"content":"x"}"#, index: choice), Chat.chunk("{}", finish: #""stop""#, index: choice)]
    }
    let server = try Chat.start(Chat.stream(events + [Chat.usage(4, 3, 7), Chat.done]))
    let findings = try await evaluate(
      Chat.config(server, "{stream: {answer: any}}", "parameters: {n: 2}, rows: [{prompt: Hi}]"))
    let failed = findings.filter { $0.outcome == .failed }
    #expect(failed.map(\.id.check) == (words == nil ? [] : ["finish"]), "\(findings.map(\.message))")
    #expect(failed.first?.message.contains(words ?? "") ?? true, "\(failed.first?.message ?? "")")
  }

  @Test func anotherReasonWithoutAStreamFails() async throws {
    let server = try Chat.start(
      Chat.stream(Chat.good),
      answer: Chat.answer.replacing(#""finish_reason":"stop""#, with: #""finish_reason":"length""#))
    let failed = try await evaluate(Chat.config(server, "stream")).filter { $0.outcome == .failed }
    #expect(failed.map(\.id.check) == ["finish"])
    #expect(
      failed.first?.message == "row 1: choice 0 is finished by stop, and by length without a stream",
      "\(failed.first?.message ?? "")")
  }

  @Test func pingsAndUsageInTheLastChunkAreAllRight() async throws {
    let last =
      #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"completion_tokens":3}}"#
    let text =
      Chat.head + Chat.piece(": ping\n\n")
      + ([Chat.role] + Chat.words + [last, Chat.done])
      .map { Chat.piece(": ping - 2026\r\n\r\n") + Chat.piece("data: \($0)\r\n\r\n") }.joined() + "0\r\n\r\n"
    let server = try Chat.start(text)
    let findings = try await evaluate(Chat.config(server, "stream"))
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.map(\.message))")
  }

  /// Azure's first chunk.
  @Test func aChunkOfSomethingElseNeedsNoChoices() async throws {
    let filters =
      #"{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0}]}"#
    let server = try Chat.start(Chat.stream([filters] + Chat.good))
    let findings = try await evaluate(Chat.config(server, "stream"))
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.map(\.message))")
    #expect(findings["stream.usage"]?.message == "the stream tells a usage that fits")
  }

  /// Behind [DONE] nobody reads: a connection that hangs there is none of the caller's business.
  @Test func aConnectionThatBreaksBehindTheEndIsWhole() async throws {
    let server = try Chat.start(Chat.stream(Chat.good, isCut: true))
    let findings = try await evaluate(Chat.config(server, "stream"))
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.map(\.message))")
  }

  /// One that never ends is not asked for again and again.
  @Test func aReplyThatGoesOnBehindTheEndFails() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send(Chat.stream(Chat.good, isCut: true))
      connection.waitForPeerToLeave()
    }
    defer { server.stop() }
    let findings = try await evaluate(
      "{url: '\(server.url(""))', protocol: openai, model: m, timeout: 500ms, rows: [{prompt: Hi}], "
        + "checks: [{stream: {repeats: 50, answer: any}}]}")
    #expect(findings["stream.end"]?.outcome == .failed)
    #expect(findings["stream.end"]?.message == "row 1: the reply does not end behind [DONE]: the time was up")
    #expect(findings["stream.end"]?.reproduce?.contains("curl -sS -i -N ") == true)
    // One stream, and a few questions for the models.
    #expect(server.connectionCount < 10)
  }

  /// MLServer streams a response of the Open Inference Protocol in each event.
  @Test func streamsOfTensorsAreRead() async throws {
    func event(_ outputs: String) -> String { #"{"model_name":"m","id":"1","outputs":\#(outputs)}"# }
    let text = event(#"[{"name":"t","shape":[1],"datatype":"BYTES","data":["Hi"]}]"#)
    for (events, claim, words) in [
      ([text, text], "", ""), ([text, event("[]")], "events", "event 2 has no outputs"),
      ([text, event(#"[{"name":"t","shape":[2],"datatype":"FP64","data":[1]}]"#)], "events", "event 2 has outputs.t"),
      ([text, #"{"error":"no"}"#], "events", "event 2 is an error, and the status was 200: no"),
    ] {
      let server = try ScriptedServer { request in
        request.line == "POST /v2/models/m/infer_stream" ? .raw(Chat.stream(events)) : .reply(404, #"{"error":"no"}"#)
      }
      let findings = try await evaluate(
        "{url: '\(server.url)', protocol: open-inference-v2, model: m, rows: [{x: 1}], checks: [{stream: {gap: {at_most: 1h}}}]}"
      )
      #expect(findings.map(\.id.check) == ["events", "end", "gap"])
      #expect(
        findings.filter { $0.outcome == .failed }.map(\.id.check) == (claim.isEmpty ? [] : [claim]),
        "\(findings.map(\.message))")
      #expect(words.isEmpty || findings[0].message.contains(words), "\(findings[0].message)")
    }
  }

  @Test func choicesAreToldApart() async throws {
    func delta(_ text: String, _ index: Int) -> String { Chat.chunk(#"{"content":"\#(text)"}"#, index: index) }
    func stop(_ index: Int) -> String { Chat.chunk("{}", finish: #""stop""#, index: index) }
    let answer =
      #"{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}"#
    let server = try Chat.start(
      Chat.stream([delta("a", 0), delta("b", 1), stop(1), stop(0), Chat.done]), answer: answer)
    let config = Chat.config(server, "{stream: {usage: false}}", "parameters: {n: 2}, rows: [{prompt: Hi}]")
    let findings = try await evaluate(config)
    #expect(findings.outcomes == ["events", "end", "finish", "answer"].map { "stream.\($0)=passed" })
    let other = try Chat.start(Chat.stream([delta("a", 0), delta("b", 1), stop(0), Chat.done]), answer: answer)
    let failed = try await evaluate(Chat.config(other, "{stream: {usage: false}}"))
    #expect(failed["stream.finish"]?.message == "row 1: choice 1 has no finish_reason")
  }

  /// The pieces come 150 ms apart, so that no limit of 20 ms can be kept.
  @Test func aStalledStreamFailsItsTimes() async throws {
    let server = try FaultServer { connection in
      while let request = connection.readRequest() {
        guard request.contains(#""stream":true"#) else {
          connection.answer(headers: "Content-Type: application/json\r\n", body: Chat.answer)
          continue
        }
        connection.send(Chat.head)
        for event in Chat.good {
          connection.send(Chat.piece("data: \(event)\n\n"))
          connection.pause(milliseconds: 150)
        }
        connection.send("0\r\n\r\n")
      }
    }
    defer { server.stop() }
    let findings = try await evaluate(
      """
      {url: '\(server.url(""))', protocol: openai, model: m, rows: [{prompt: Hi}], checks: [
        {stream: {ttft: {at_most: 20ms}, tpot: {at_most: 20ms}, gap: {at_most: 20ms}, gap_p99: {at_most: 1h}}}]}
      """)
    #expect(
      findings.suffix(4).map(\.outcome) == [.failed, .failed, .failed, .passed], "\(findings.map(\.message))")
    #expect(findings["stream.ttft"]?.message.contains("but must be at most 20ms") == true)
  }

  @Test func refusalsAndSilenceAreToldOnce() async throws {
    let server = try ScriptedServer { _ in .reply(503, #"{"error":{"message":"loading"}}"#) }
    let findings = try await evaluate(Chat.config(server, "stream"))
    #expect(findings.map(\.outcome) == [.failed] + Array(repeating: .skipped, count: 4))
    #expect(findings[0].message == "the rows were answered with status 503: loading")
    let port = try FaultServer.closedPort()
    let silent = try await evaluate(
      "{url: 'http://127.0.0.1:\(port)', protocol: openai, model: m, rows: [{prompt: Hi}], checks: [stream]}")
    #expect(silent.map(\.outcome) == [.errored] + Array(repeating: .skipped, count: 4))
  }

  @Test func anAnswerThatCannotBeHadIsAFailureOfTheAnswer() async throws {
    let server = try Chat.start(Chat.stream(Chat.good), answer: #"{"error":"no"}"#, status: 500)
    let findings = try await evaluate(Chat.config(server, "stream"))
    #expect(findings.filter { $0.outcome == .failed }.map(\.id.check) == ["answer"])
    #expect(findings["stream.answer"]?.message == "row 1 without a stream: the rows were answered with status 500: no")
  }

  @Test(arguments: [
    ("protocol: mlflow", "stream", "the protocol mlflow does not say how answers are streamed"),
    (
      "protocol: openai, model: m, parameters: {temperature: 0.7}", "stream",
      "the temperature is 0.7 and there is no seed, so a streamed answer is another"
    ),
    (
      "protocol: open-inference-v2, model: m", "{stream: {answer: same}}",
      "does not say that the pieces of a stream make up the answer"
    ),
    (
      "protocol: open-inference-v2, model: m", "{stream: {finish: [stop]}}",
      "streams of open-inference-v2 have no finish_reason"
    ),
    ("protocol: openai, model: m", "{stream: {finish: []}}", "no finish_reason is allowed here"),
    ("protocol: openai, model: m", "{stream: {ttft: 3s}}", ""),
  ])
  func impossibleChecksAreMistakesInTheConfig(_ endpointKeys: String, _ check: String, _ words: String) {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', \(endpointKeys), rows: [{prompt: a}], checks: [\(check)]}")
    #expect(problems.diagnostics.contains { words.isEmpty || $0.headline.contains(words) }, "\(problems.diagnostics)")
  }

  // MARK: - Times by hand

  /// A role after 50 ms, pieces after 100, 130 and 250, the rest at 260.
  private func reading(completionTokens: Int) -> StreamReading {
    let events =
      [Chat.role, Chat.words[0], Chat.words[0], Chat.words[1], Chat.stop]
      + (completionTokens > 0 ? [Chat.usage(1, completionTokens, completionTokens + 1)] : []) + [Chat.done]
    var response = HTTPResponse(status: 200, headers: ["Content-Type": "text/event-stream"])
    for (event, milliseconds) in zip(events, [50, 100, 130, 250, 260, 260, 260]) {
      response.body += Array("data: \(event)\n\n".utf8)
      response.arrivals.append(BodyArrival(end: response.body.count, time: Int64(milliseconds) * 1_000_000))
    }
    return StreamReading(Reply(response), OpenAIStream())
  }

  /// genai-perf: (latency - time to first token) / (output tokens - 1).
  @Test func timesAreThoseOfTheField() {
    let counted = reading(completionTokens: 5)
    #expect(counted.timeToFirstToken == StreamTime(nanoseconds: 100_000_000))
    #expect(counted.timePerOutputToken == 37_500_000)
    #expect(counted.gaps == [StreamTime(nanoseconds: 30_000_000), StreamTime(nanoseconds: 120_000_000)])
    // Without usage every piece is one token.
    #expect(reading(completionTokens: 0).timePerOutputToken == 75_000_000)
    // A count below that of the pieces cannot be right, whoever made it.
    #expect(reading(completionTokens: 1).timePerOutputToken == 75_000_000)
  }
}
