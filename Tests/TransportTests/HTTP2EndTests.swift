import TestSupport
import Testing

@testable import Transport

/// Connections of HTTP/2 that end: in good order (GOAWAY) or not, before an answer or within it.
@Suite struct HTTP2EndTests {
  private static let lastWords = "last words"

  /// A server whose script runs for each connection when the first request on it is complete.
  private func server(_ script: @escaping @Sendable (FaultConnection) -> Void) throws -> FaultServer {
    try FaultServer { connection in
      guard Self.readRequest(connection) else { return }
      connection.send(HTTP2Frames.settings)
      script(connection)
    }
  }

  /// What stands in a frame of data stands there as it is.
  private static func readRequest(_ connection: FaultConnection) -> Bool {
    var seen = ""
    while !seen.contains(lastWords) {
      guard let more = connection.readRequest() else { return false }
      seen += more
    }
    return true
  }

  private func request(_ server: FaultServer) -> HTTPRequest {
    HTTPRequest(method: "POST", url: server.url(), body: Array("\(Self.lastWords)\r\n\r\n".utf8), version: .http2)
  }

  @Test func whatTheServerHasNotTakenIsSentAgain() async throws {
    let server = try server { connection in
      guard connection.number > 1 else {
        connection.send(HTTP2Frames.farewell(last: 0))
        return
      }
      connection.send(HTTP2Frames.head() + HTTP2Frames.data("abc", isLast: true))
      connection.waitForPeerToLeave()
    }
    defer { server.stop() }
    let response = try await HTTPClient().send(request(server))
    #expect(response.status == 200 && response.wasSentAgain)
    #expect(String(decoding: response.body, as: UTF8.self) == "abc")
    #expect(server.connectionCount == 2)
  }

  @Test func itIsSentAgainOnce() async throws {
    let server = try server { $0.send(HTTP2Frames.farewell(last: 0)) }
    defer { server.stop() }
    #expect(
      await HTTPClient.failure(request(server))
        == .brokenExchange(
          origin: server.origin, reason: "it ended the connection (GOAWAY) before it took the request"))
    #expect(server.connectionCount == 2)
  }

  /// What the server has taken may have had its effect.
  @Test func whatTheServerHasTakenIsNotSentAgain() async throws {
    let server = try server { $0.send(HTTP2Frames.farewell(last: 1)) }
    defer { server.stop() }
    #expect(await HTTPClient.failure(request(server)) == .connectionReset(origin: server.origin, received: 0))
    #expect(server.connectionCount == 1)
  }

  @Test func anAnswerToACallThatAFarewellCutsIsUnknown() async throws {
    let server = try server {
      $0.send(HTTP2Frames.headOfCall() + HTTP2Frames.data("\0\0") + HTTP2Frames.farewell(last: 1))
    }
    defer { server.stop() }
    #expect(await HTTPClient.failure(request(server)) == .endUnread(origin: server.origin))
    #expect(server.connectionCount == 1)
  }

  @Test func aStreamThatIsResetIsBrokenWhateverBecomesOfTheConnection() async throws {
    let server = try server {
      $0.send(
        HTTP2Frames.headOfCall() + HTTP2Frames.data("\0\0") + HTTP2Frames.farewell(last: 1) + HTTP2Frames.reset())
    }
    defer { server.stop() }
    #expect(
      await HTTPClient.failure(request(server))
        == .brokenExchange(origin: server.origin, reason: "the stream of the answer was reset"))
    #expect(server.connectionCount == 1)
  }

  /// HTTP/2 has no chunks that could be missing.
  @Test func anAnswerThatTheConnectionEndsWithinIsCutOff() async throws {
    let server = try server { $0.send(HTTP2Frames.head() + HTTP2Frames.data("abc")) }
    defer { server.stop() }
    #expect(await HTTPClient.failure(request(server)) == .connectionReset(origin: server.origin, received: 3))
  }

  // MARK: - Under load

  /// One request after the other.
  private struct Turns: LoadPacing, Sendable {
    var left: Int
    var isUnderWay = false
    var answers: [LoadAnswer] = []

    mutating func next(at now: Int64, isFree: Bool) -> LoadStep {
      if isUnderWay { return .wait(until: nil) }
      if left == 0 { return .end }
      (left, isUnderWay) = (left - 1, true)
      return .send(LoadStart(request: 0, intended: now))
    }

    mutating func take(_ answer: LoadAnswer) {
      isUnderWay = false
      answers.append(answer)
    }
  }

  /// libcurl sends again what a server refuses, and counts on its handle how often, whichever request it was.
  @Test func refusedStreamsAreSentAgainHoweverManyThereAre() async throws {
    let server = try server { connection in
      connection.send(HTTP2Frames.head() + HTTP2Frames.data("abc", isLast: true))
      guard Self.readRequest(connection) else { return }
      connection.send(HTTP2Frames.reset(3, code: 7))
      _ = Self.readRequest(connection)
    }
    defer { server.stop() }
    let turns = try await LoadGenerator.run([request(server)], connections: 1, Turns(left: 9))
    let statuses = turns.answers.map { try? $0.result.get().status }
    #expect(statuses == Array(repeating: 200, count: 9), "\(turns.answers.map(\.result))")
    #expect(turns.answers.map(\.wasSentAgain) == [false] + Array(repeating: true, count: 8))
  }

  @Test func aLoadSendsAgainAndGoesOn() async throws {
    let server = try server { connection in
      guard connection.number > 1 else {
        connection.send(HTTP2Frames.farewell(last: 0))
        return
      }
      var stream: UInt8 = 1
      repeat {
        connection.send(HTTP2Frames.head(stream) + HTTP2Frames.data("abc", stream, isLast: true))
        stream += 2
      } while Self.readRequest(connection)
    }
    defer { server.stop() }
    let turns = try await LoadGenerator.run([request(server)], connections: 1, Turns(left: 3))
    #expect(try turns.answers.map { try $0.result.get().status } == [200, 200, 200])
    #expect(turns.answers.map(\.wasSentAgain) == [true, false, false])
    #expect(server.connectionCount == 2)
  }
}
