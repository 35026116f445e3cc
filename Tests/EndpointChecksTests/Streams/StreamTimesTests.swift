import Language
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// The times of streams with several choices: one may stall while another goes on.
@Suite struct StreamTimesTests {
  private typealias Chat = ChatServer

  private static let milliseconds: Int64 = 1_000_000

  /// A stream whose choices have pieces after so many milliseconds.
  private func stream(_ choices: [Int: [Int64]]) -> StreamJudgement.Stream {
    let pieces = choices.flatMap { choice, times in times.map { (choice: choice, time: $0) } }
      .sorted { ($0.time, $0.choice) < ($1.time, $1.choice) }
    var response = HTTPResponse(status: 200, headers: ["Content-Type": "text/event-stream"])
    func send(_ event: String, at time: Int64) {
      response.body += Array("data: \(event)\n\n".utf8)
      response.arrivals.append(BodyArrival(end: response.body.count, time: time * Self.milliseconds))
    }
    for piece in pieces { send(Chat.chunk(#"{"content":"a"}"#, index: piece.choice), at: piece.time) }
    send(Chat.done, at: 2000)
    let transcript = Transcript(
      request: HTTPRequest(url: "http://127.0.0.1:1/"), result: .success(response), elapsed: .seconds(2))
    let reading = StreamReading(Reply(response), OpenAIStream())
    return StreamJudgement.Stream(row: 0, reading: reading, plain: nil, transcript: transcript)
  }

  /// The verdict that no time exceeds 300 ms.
  private func judge(
    _ choices: [Int: [Int64]], _ times: (StreamReading) -> [StreamTime]
  ) -> Judgement {
    let limit = Located(Quantity(0.3, .seconds), at: SourceLocation(file: "f", line: 1, column: 1))
    return StreamJudgement(streams: [stream(choices)], format: OpenAIStream()).time("the time", limit, times)
  }

  private static let steady: [Int64] = [100, 340, 580, 820, 1060, 1300]

  @Test func aChoiceThatStallsIsSeen() {
    let stalled = judge([0: Self.steady, 1: [100, 1300]]) { $0.gaps }
    #expect(stalled.outcome == .failed)
    #expect(stalled.message == "the time is 1.2s in row 1, choice 1, but must be at most 300ms")
    #expect(stalled.evidence.samples.first?.key == "row 1, choice 1")
    #expect(judge([0: Self.steady, 1: Self.steady]) { $0.gaps }.outcome == .passed)
  }

  @Test func aChoiceThatBeginsLateIsSeen() {
    func first(_ reading: StreamReading) -> [StreamTime] { reading.timeToFirstToken.map { [$0] } ?? [] }
    let late = judge([0: Self.steady, 1: [1300]], first)
    #expect(late.outcome == .failed)
    #expect(late.message == "the time is 1.3s in row 1, choice 1, but must be at most 300ms")
    #expect(late.evidence.counts?.rows == 1)
    #expect(judge([0: Self.steady, 1: [290]], first).outcome == .passed)
  }

  /// Where there is but one choice, none is named.
  @Test func theOnlyChoiceIsNotNamed() {
    let judgement = judge([0: [100, 500]]) { $0.gaps }
    #expect(judgement.message == "the time is 400ms in row 1, but must be at most 300ms")
  }

  @Test func theProfileIsThatOfTheWorstChoice() {
    let reading = stream([0: Self.steady, 1: [400, 1300]]).reading
    #expect(reading.profile.first == "ttft 400ms" && reading.profile.last == "largest gap 900ms", "\(reading.profile)")
  }
}
