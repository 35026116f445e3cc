import Synchronization
import TestSupport
import Testing

@testable import Transport

/// The loop of a load: sends what it is told, hands back what came.
@Suite struct LoadGeneratorTests {
  /// Lets so many requests out, each as soon as there is a connection for it.
  private struct Turns: LoadPacing, Sendable {
    var left: Int
    var kinds: Int
    var underWay = 0
    var sent = 0
    var answers: [LoadAnswer] = []

    mutating func next(at now: Int64, isFree: Bool) -> LoadStep {
      if left == 0 { return underWay > 0 ? .wait(until: nil) : .end }
      guard isFree else { return .wait(until: nil) }
      defer { (left, sent, underWay) = (left - 1, sent + 1, underWay + 1) }
      return .send(LoadStart(request: sent % kinds, intended: now))
    }

    mutating func take(_ answer: LoadAnswer) {
      underWay -= 1
      answers.append(answer)
    }

    var statuses: [Int?] { answers.map { try? $0.result.get().status } }
  }

  private func post(_ server: FaultServer, _ body: String, path: String = "/") -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: server.url(path), headers: ["Content-Type": "application/json"], body: Array(body.utf8),
      timeout: .seconds(30))
  }

  /// A server that answers with the body that it got and keeps its connections.
  private func echo() throws -> FaultServer {
    try FaultServer { connection in
      while let request = connection.readRequest() {
        let body = request.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first ?? ""
        connection.answer(body: String(body))
      }
    }
  }

  @Test func everyRequestGetsItsOwnAnswer() async throws {
    let server = try echo()
    defer { server.stop() }
    let bodies = ["1", "two", #"{"three": 3}"#]
    let turns = try await LoadGenerator.run(
      bodies.map { post(server, $0) }, connections: 4, Turns(left: 500, kinds: 3))
    #expect(turns.answers.count == 500)
    #expect(turns.statuses.allSatisfy { $0 == 200 })
    for answer in turns.answers {
      let body = try answer.result.get().body
      #expect(String(decoding: body, as: UTF8.self) == bodies[answer.start.request])
      #expect(answer.start.intended <= answer.sent && answer.sent <= answer.end)
    }
    #expect(server.connectionCount == 4)
  }

  @Test func requestsMayDifferInMoreThanTheBody() async throws {
    let paths = Mutex<[String: Int]>([:])
    let server = try FaultServer { connection in
      while let request = connection.readRequest() {
        paths.withLock { $0[String(request.prefix { $0 != "\r\n" }), default: 0] += 1 }
        connection.answer(body: "{}")
      }
    }
    defer { server.stop() }
    let requests = [post(server, "1", path: "/a"), HTTPRequest(url: server.url("/b")), post(server, "", path: "/c")]
    let turns = try await LoadGenerator.run(requests, connections: 2, Turns(left: 30, kinds: 3))
    #expect(turns.statuses == Array(repeating: 200, count: 30))
    #expect(paths.withLock { $0 } == ["POST /a HTTP/1.1": 10, "GET /b HTTP/1.1": 10, "POST /c HTTP/1.1": 10])
  }

  @Test func statusesAndBreaksAreTold() async throws {
    let server = try FaultServer { connection in
      guard let request = connection.readRequest() else { return }
      if request.hasPrefix("GET /bad") { connection.answer("503 x", headers: "Connection: close\r\n", body: "busy") }
      if request.hasPrefix("GET /cut") { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123") }
      if request.hasPrefix("GET /reset") { connection.resetWhenClosed() }
    }
    defer { server.stop() }
    let requests = ["/bad", "/cut", "/reset"].map { HTTPRequest(url: server.url($0), timeout: .seconds(30)) }
    let turns = try await LoadGenerator.run(requests, connections: 1, Turns(left: 3, kinds: 3))
    let found = turns.answers.map { answer in
      switch answer.result {
      case .success(let reply): "\(reply.status) \(String(decoding: reply.body, as: UTF8.self))"
      case .failure(let error): error.kind
      }
    }
    #expect(found == ["503 busy", "truncated-body", "connection-reset"])
  }

  @Test func largeRepliesAreCountedAndNotKept() async throws {
    let server = try FaultServer { connection in
      while connection.readRequest() != nil { connection.answer(body: String(repeating: "x", count: 100_000)) }
    }
    defer { server.stop() }
    var request = HTTPRequest(url: server.url())
    let turns = try await LoadGenerator.run([request], connections: 1, Turns(left: 5, kinds: 1))
    #expect(try turns.answers.map { try $0.result.get().body.count } == Array(repeating: 2048, count: 5))
    request.maximumResponseBytes = 50_000
    let refused = try await LoadGenerator.run([request], connections: 1, Turns(left: 1, kinds: 1))
    guard case .failure(.responseTooLarge(_, .body, 50_000)) = refused.answers[0].result else {
      Issue.record("\(refused.answers[0].result)")
      return
    }
  }

  /// The server answers nothing, and somebody ends the load: it ends at once.
  @Test func aCancelledLoadEnds() async throws {
    let (requests, arrived) = AsyncStream.makeStream(of: Void.self)
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      arrived.yield()
      connection.waitForPeerToLeave()
    }
    defer { server.stop() }
    let request = HTTPRequest(url: server.url(), timeout: .seconds(3600))
    let task = Task { try await LoadGenerator.run([request], connections: 1, Turns(left: 1000, kinds: 1)) }
    _ = await requests.first { _ in true }
    task.cancel()
    #expect(try await task.value.answers.isEmpty)
  }

  /// A moment to wait for comes, and not before it is due.
  @Test func momentsAreWaitedFor() async throws {
    struct Once: LoadPacing, Sendable {
      var sentAt: Int64?
      var isDone = false
      mutating func next(at now: Int64, isFree: Bool) -> LoadStep {
        if isDone { return .end }
        if sentAt != nil { return .wait(until: nil) }
        if now < 3_000_000 { return .wait(until: 3_000_000) }
        sentAt = now
        return .send(LoadStart(request: 0, intended: 3_000_000))
      }
      mutating func take(_ answer: LoadAnswer) { isDone = true }
    }
    let server = try echo()
    defer { server.stop() }
    let once = try await LoadGenerator.run([post(server, "x")], connections: 1, Once())
    #expect(try #require(once.sentAt) >= 3_000_000)
  }
}
