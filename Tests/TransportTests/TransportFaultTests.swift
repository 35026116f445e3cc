import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// Badly behaved servers: each fault has its own error, at once and within bounds.
@Suite struct TransportFaultTests {
  @Test func closedPortRefuses() async throws {
    let port = try FaultServer.closedPort()
    let error = await HTTPClient.failure(HTTPRequest(url: "http://127.0.0.1:\(port)/secret?token=s3cret"))
    #expect(error == .connectionRefused(origin: "http://127.0.0.1:\(port)"))
    #expect(error?.description.contains("s3cret") == false)
  }

  @Test func unknownHost() async {
    #expect(
      await HTTPClient.failure(HTTPRequest(url: "http://cupel.invalid/")) == .couldNotResolve(host: "cupel.invalid"))
  }

  @Test func silenceTimesOutBeforeTheFirstByte() async throws {
    let server = try FaultServer { $0.waitForPeerToLeave() }
    defer { server.stop() }
    let error = await HTTPClient.failure(HTTPRequest(url: server.url(), timeout: .milliseconds(150)))
    #expect(
      error
        == .timedOut(
          origin: server.origin, phase: .waitingForFirstByte, limit: .milliseconds(150), received: 0))
  }

  @Test func fullQueueTimesOutWhileConnecting() async throws {
    let (port, descriptors) = try FaultServer.fullQueue()
    defer { for descriptor in descriptors { close(descriptor) } }
    let error = await HTTPClient.failure(
      HTTPRequest(url: "http://127.0.0.1:\(port)/", connectTimeout: .milliseconds(150)))
    #expect(
      error
        == .timedOut(
          origin: "http://127.0.0.1:\(port)", phase: .connecting, limit: .milliseconds(150), received: 0))
  }

  @Test func slowDripTimesOutWithTheBytesSoFar() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n12345")
      while connection.send("x") { connection.pause(milliseconds: 20) }
    }
    defer { server.stop() }
    let error = await HTTPClient.failure(HTTPRequest(url: server.url(), timeout: .milliseconds(300)))
    guard case .timedOut(_, .readingBody, _, let received) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect((5..<1000).contains(received))
  }

  @Test(arguments: [true, false])
  func resetOrClosedWithoutAnAnswer(reset: Bool) async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      if reset { connection.resetWhenClosed() }
    }
    defer { server.stop() }
    #expect(
      await HTTPClient.failure(HTTPRequest(url: server.url())) == .connectionReset(origin: server.origin, received: 0))
  }

  @Test func resetInTheMiddleOfTheBody() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n12345")
      connection.pause(milliseconds: 100)
      connection.resetWhenClosed()
    }
    defer { server.stop() }
    #expect(
      await HTTPClient.failure(HTTPRequest(url: server.url())) == .connectionReset(origin: server.origin, received: 5))
  }

  @Test(arguments: [
    ("Content-Length: 10\r\n\r\n12345", 10 as Int?, 5),
    ("Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n", nil, 5),
    ("Transfer-Encoding: chunked\r\n\r\nA\r\n12345", nil, 5),
  ])
  func halfABody(rest: String, expected: Int?, received: Int) async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\n" + rest)
    }
    defer { server.stop() }
    #expect(
      await HTTPClient.failure(HTTPRequest(url: server.url()))
        == .truncatedBody(origin: server.origin, expected: expected, received: received))
  }

  @Test func aSizeOfAChunkThatIsNoNumberIsNoHTTP() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n")
    }
    defer { server.stop() }
    guard case .malformedResponse(_, let reason)? = await HTTPClient.failure(HTTPRequest(url: server.url())) else {
      Issue.record("the answer was read")
      return
    }
    #expect(reason.contains("chunk"), "\(reason)")
  }

  @Test func endlessBodyStopsAtTheLimit() async throws {
    let limit = 1 << 20
    let total = 200 << 20
    let piece = [UInt8](repeating: 0x78, count: 1 << 16)
    let (counts, report) = AsyncStream.makeStream(of: Int.self)
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
      var sent = 0
      while sent < total, connection.send(piece) { sent += piece.count }
      report.yield(sent)
    }
    defer { server.stop() }
    let error = await HTTPClient.failure(HTTPRequest(url: server.url(), maximumResponseBytes: limit))
    #expect(error == .responseTooLarge(origin: server.origin, part: .body, limit: limit))
    // What was sent beyond the limit sat in the kernel's socket buffers, never in ours.
    let sent = await counts.first { _ in true }
    #expect(try #require(sent) < total / 4)
  }

  @Test func announcedOversizeIsRefusedUnread() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n")
      connection.waitForPeerToLeave()
    }
    defer { server.stop() }
    let error = await HTTPClient.failure(HTTPRequest(url: server.url(), maximumResponseBytes: 1000))
    #expect(error == .responseTooLarge(origin: server.origin, part: .body, limit: 1000))
  }

  @Test func aBodyOfExactlyTheLimitPasses() async throws {
    let server = try FaultServer { connection in
      while connection.readRequest() != nil { connection.answer(body: String(repeating: "x", count: 1000)) }
    }
    defer { server.stop() }
    #expect(await HTTPClient.failure(HTTPRequest(url: server.url(), maximumResponseBytes: 1000)) == nil)
    #expect(await HTTPClient.failure(HTTPRequest(url: server.url(), maximumResponseBytes: 999)) != nil)
  }

  @Test(arguments: ["\u{01}\u{02}garbage, not HTTP at all\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "{\"ok\":true}\n"])
  func garbageInsteadOfHTTP(text: String) async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send(text)
    }
    defer { server.stop() }
    #expect(await HTTPClient.failure(HTTPRequest(url: server.url()))?.kind == "malformed-response")
  }

  @Test(arguments: [1, 1000])
  func headerBomb(lines: Int) async throws {
    // Half a megabyte of header, in one line or in many.
    let filler = String(repeating: "h", count: 512_000 / lines)
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      guard connection.send("HTTP/1.1 200 OK\r\n") else { return }
      for index in 0..<lines { guard connection.send("X-\(index): \(filler)\r\n") else { return } }
      connection.send("Content-Length: 0\r\n\r\n")
    }
    defer { server.stop() }
    #expect(
      await HTTPClient.failure(HTTPRequest(url: server.url()))
        == .responseTooLarge(origin: server.origin, part: .head, limit: ResponseCollector.maximumHeadBytes))
  }

  @Test func plainServerUnderHTTPSIsATLSProblem() async throws {
    let server = try FaultServer { $0.answer("400 Bad Request") }
    defer { server.stop() }
    #expect(await HTTPClient.failure(HTTPRequest(url: server.url(scheme: "https")))?.kind == "tls")
  }

  @Test func missingCAFileIsATLSProblem() async throws {
    let server = try FaultServer { $0.waitForPeerToLeave() }
    defer { server.stop() }
    let tls = TLSOptions(caFile: "/nowhere/ca.pem")
    #expect(await HTTPClient.failure(HTTPRequest(url: server.url(scheme: "https"), tls: tls))?.kind == "tls")
  }

  @Test(arguments: [
    ("", "invalid-url"), ("nonsense", "invalid-url"), ("http://", "invalid-url"), ("http://a b/", "invalid-url"),
    ("http://127.0.0.1:99999/", "invalid-url"), ("http://x/\0", "invalid-url"),
    ("file:///etc/passwd", "unsupported-protocol"), ("ftp://127.0.0.1/", "unsupported-protocol"),
    ("gopher://127.0.0.1/", "unsupported-protocol"),
  ])
  func unusableURLs(url: String, kind: String) async {
    #expect(await HTTPClient.failure(HTTPRequest(url: url))?.kind == kind)
  }

  @Test func redirectsCannotLeaveHTTP() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.answer("302 Found", headers: "Location: file:///etc/passwd\r\n")
    }
    defer { server.stop() }
    let error = await HTTPClient.failure(HTTPRequest(url: server.url(), maximumRedirects: 3))
    #expect(error != nil)
  }

  @Test(arguments: [
    HTTPRequest(url: "http://127.0.0.1:1/", headers: ["X": "a\r\nY: b"]),
    HTTPRequest(url: "http://127.0.0.1:1/", headers: ["X: y\r\nZ": "a"]),
    HTTPRequest(url: "http://127.0.0.1:1/", headers: ["": "a"]),
    HTTPRequest(method: "GET / HTTP/1.1\r\nX:", url: "http://127.0.0.1:1/"),
  ])
  func nothingCanBeSmuggledIn(request: HTTPRequest) async {
    #expect(await HTTPClient.failure(request)?.kind == "invalid-request")
  }

  @Test func cancellationIsPrompt() async throws {
    let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
    let (departures, departed) = AsyncStream.makeStream(of: Void.self)
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      arrived.yield()
      connection.waitForPeerToLeave()
      departed.yield()
    }
    defer { server.stop() }
    let request = HTTPRequest(url: server.url(), timeout: .seconds(3600))
    let task = Task { await HTTPClient.failure(request) }
    _ = await arrivals.first { _ in true }
    task.cancel()
    #expect(await task.value == .cancelled)
    // The connection is given up as well, not only the wait.
    _ = await departures.first { _ in true }
  }

  @Test func aCancelledTaskSendsNothing() async throws {
    let server = try FaultServer { $0.waitForPeerToLeave() }
    defer { server.stop() }
    let client = HTTPClient()
    let request = HTTPRequest(url: server.url())
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      do throws(TransportError) { _ = try await client.send(request) } catch { return error }
      return .invalidURL(reason: "not cancelled")
    }
    #expect(await task.value == .cancelled)
    await client.shutdown()
    #expect(server.connectionCount == 0)
  }

  @Test func shutdownEndsWhatIsUnderWay() async throws {
    let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      arrived.yield()
      connection.waitForPeerToLeave()
    }
    defer { server.stop() }
    let client = HTTPClient()
    let request = HTTPRequest(url: server.url())
    let task = Task { () -> TransportError? in
      do throws(TransportError) { _ = try await client.send(request) } catch { return error }
      return nil
    }
    _ = await arrivals.first { _ in true }
    await client.shutdown()
    #expect(await task.value == .cancelled)
    await #expect(throws: TransportError.cancelled) { try await client.send(request) }
    await client.shutdown()
  }
}
