import Synchronization
import TestSupport
import Testing

@testable import Transport

/// Bodies that come in pieces, with the time of each, and bodies that break off.
@Suite struct BodyArrivalTests {
  private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

  private func request(_ server: FaultServer, timeout: Duration = .seconds(60)) -> HTTPRequest {
    var request = HTTPRequest(url: server.url(), timeout: timeout)
    request.recordsArrivals = true
    return request
  }

  /// The server sends its second piece 60 ms after the first, so that no clock can see them nearer to each other.
  @Test func piecesHaveTheirTimes() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head + "3\r\nabc\r\n")
      connection.pause(milliseconds: 60)
      connection.send("2\r\nde\r\n0\r\n\r\n")
    }
    defer { server.stop() }
    let response = try await HTTPClient().send(request(server))
    #expect(String(decoding: response.body, as: UTF8.self) == "abcde")
    #expect(response.arrivals.map(\.end) == [3, 5])
    let times = response.arrivals.map(\.time)
    #expect(times[0] > 0 && times[1] - times[0] >= 40_000_000)
    #expect(response.interruption == nil)
  }

  @Test func withoutRecordingNothingIsKept() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.answer(body: "abc")
    }
    defer { server.stop() }
    let response = try await HTTPClient().send(HTTPRequest(url: server.url()))
    #expect(response.arrivals.isEmpty)
  }

  @Test func aCutBodyIsHandedBackAsFarAsItCame() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head + "3\r\nabc\r\n")
    }
    defer { server.stop() }
    let response = try await HTTPClient().send(request(server))
    #expect(response.status == 200 && String(decoding: response.body, as: UTF8.self) == "abc")
    #expect(response.headers["Content-Type"] == "text/event-stream")
    let origin = "http://127.0.0.1:\(server.port)"
    #expect(response.interruption == .truncatedBody(origin: origin, expected: nil, received: 3))
  }

  @Test func aStalledBodyIsHandedBackWhenTheTimeIsUp() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head + "3\r\nabc\r\n")
      connection.waitForPeerToLeave()
    }
    defer { server.stop() }
    let response = try await HTTPClient().send(request(server, timeout: .milliseconds(300)))
    #expect(response.interruption?.kind == "timed-out" && response.body.count == 3)
  }

  @Test func withoutAHeadThereIsNothingToHandBack() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 100 Continue\r\n\r\n")
    }
    defer { server.stop() }
    await #expect(throws: TransportError.self) { _ = try await HTTPClient().send(request(server)) }
  }

  @Test func piecesAreBounded() {
    let collector = ResponseCollector(maximumBodyBytes: 1 << 30, recordingArrivals: true)
    for _ in 0..<(ResponseCollector.maximumArrivals + 10) { _ = collector.takeBody([0x20]) }
    #expect(collector.arrivals.count == ResponseCollector.maximumArrivals)
    #expect(collector.arrivals.last?.end == ResponseCollector.maximumArrivals + 10)
  }
}
