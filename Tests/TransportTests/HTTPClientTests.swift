import TestSupport
import Testing

@testable import Transport

/// Well-behaved servers: what a response holds and how connections are used.
@Suite struct HTTPClientTests {
  private func ask(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let client = HTTPClient()
    return try await client.send(request)
  }

  @Test func normalAnswer() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.answer("201 Created", headers: "X-One: 1\r\nSet-Cookie: a=1\r\nset-cookie:  b=2 \r\n", body: "hello")
    }
    defer { server.stop() }
    let response = try await ask(HTTPRequest(url: server.url("/path?q=1")))
    #expect(response.status == 201)
    #expect(response.version == .http1_1)
    #expect(String(decoding: response.body, as: UTF8.self) == "hello")
    #expect(response.headers.fields.map(\.name) == ["X-One", "Set-Cookie", "set-cookie", "Content-Length"])
    #expect(response.headers["x-ONE"] == "1")
    #expect(response.headers.values(of: "Set-Cookie") == ["a=1", "b=2"])
    #expect(response.headers["absent"] == nil)
    #expect(!response.timings.reusedConnection)
    #expect(response.timings.nameLookup <= response.timings.connect)
    #expect(response.timings.connect <= response.timings.firstByte)
    #expect(response.timings.firstByte <= response.timings.total)
    #expect(response.timings.tls == .zero)
  }

  /// A request, and which lines its head must and must not hold.
  struct Sent {
    var method: String
    var body = ""
    var headers: HTTPHeaders = [:]
    var lines: [String]
    var absent: [String]
  }

  @Test(arguments: [
    Sent(method: "GET", lines: ["GET /p HTTP/1.1"], absent: ["Content-Type", "Content-Length", "Expect"]),
    Sent(
      method: "POST", body: "{}", headers: ["Content-Type": "application/json", "X-Empty": ""],
      lines: ["POST /p HTTP/1.1", "Content-Type: application/json", "Content-Length: 2", "X-Empty:"],
      absent: ["Expect"]),
    Sent(method: "POST", lines: ["POST /p HTTP/1.1", "Content-Length: 0"], absent: ["Content-Type"]),
    Sent(method: "PUT", body: "x", lines: ["PUT /p HTTP/1.1", "Content-Length: 1"], absent: ["Content-Type"]),
    Sent(method: "DELETE", lines: ["DELETE /p HTTP/1.1"], absent: ["Content-Length"]),
  ])
  func whatIsSent(sent: Sent) async throws {
    let server = try FaultServer { connection in
      guard let request = connection.readRequest() else { return }
      connection.answer(body: request)
    }
    defer { server.stop() }
    let response = try await ask(
      HTTPRequest(method: sent.method, url: server.url("/p"), headers: sent.headers, body: Array(sent.body.utf8)))
    let echo = String(decoding: response.body, as: UTF8.self)
    let lines = echo.split(separator: "\r\n" as Character, omittingEmptySubsequences: false).map(String.init)
    for line in sent.lines { #expect(lines.contains(line), "\(echo)") }
    for name in sent.absent { #expect(!lines.contains { $0.hasPrefix(name + ":") }, "\(name) in \(echo)") }
    #expect(echo.hasSuffix("\r\n\r\n" + sent.body))
  }

  @Test func largeBodyGoesOutWhole() async throws {
    let body = [UInt8](repeating: UInt8(ascii: "b"), count: 3_000_000)
    let server = try FaultServer { connection in
      guard let request = connection.readRequest() else { return }
      connection.answer(body: "\(request.utf8.count { $0 == UInt8(ascii: "b") })")
    }
    defer { server.stop() }
    let response = try await ask(HTTPRequest(method: "POST", url: server.url("/"), body: body))
    #expect(String(decoding: response.body, as: UTF8.self) == "3000000")
  }

  @Test func keepAliveReusesTheConnection() async throws {
    let server = try FaultServer { connection in
      while connection.readRequest() != nil { connection.answer(body: "\(connection.number)") }
    }
    defer { server.stop() }
    let client = HTTPClient()
    for turn in 0..<5 {
      let response = try await client.send(HTTPRequest(url: server.url()))
      #expect(response.body == Array("1".utf8))
      #expect(response.timings.reusedConnection == (turn > 0))
    }
    #expect(server.connectionCount == 1)
  }

  @Test func manyAtOnceEachGetTheirOwnAnswer() async throws {
    let server = try FaultServer { connection in
      while let request = connection.readRequest() {
        connection.answer(body: String(request.split(separator: " ")[1]))
      }
    }
    defer { server.stop() }
    let client = HTTPClient()
    let answers = try await withThrowingTaskGroup(of: (String, String).self) { group in
      for index in 0..<100 {
        group.addTask {
          let response = try await client.send(HTTPRequest(url: server.url("/\(index)")))
          return ("/\(index)", String(decoding: response.body, as: UTF8.self))
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 100)
    #expect(answers.allSatisfy { $0.0 == $0.1 })
  }

  @Test func chunksAreJoinedAndTrailersKept() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
          + "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX-Sum: 11\r\n\r\n")
    }
    defer { server.stop() }
    let response = try await ask(HTTPRequest(url: server.url()))
    #expect(String(decoding: response.body, as: UTF8.self) == "hello world")
    #expect(response.trailers["x-sum"] == "11")
    #expect(response.headers["x-sum"] == nil)
  }

  @Test func emptyAnswers() async throws {
    let server = try FaultServer { connection in
      guard let request = connection.readRequest() else { return }
      if request.hasPrefix("HEAD") {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
      } else {
        connection.send("HTTP/1.1 204 No Content\r\n\r\n")
      }
    }
    defer { server.stop() }
    let noContent = try await ask(HTTPRequest(url: server.url()))
    #expect(noContent.status == 204 && noContent.body.isEmpty)
    let head = try await ask(HTTPRequest(method: "HEAD", url: server.url()))
    #expect(head.status == 200 && head.body.isEmpty)
    #expect(head.headers["content-length"] == "5")
  }

  @Test func interimResponsesArePassedOver() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
      connection.answer(headers: "X-Final: yes\r\n", body: "ok")
    }
    defer { server.stop() }
    let response = try await ask(HTTPRequest(url: server.url()))
    #expect(response.status == 200)
    #expect(response.headers["link"] == nil)
    #expect(response.headers["x-final"] == "yes")
  }

  @Test(arguments: [(0, 302, ""), (5, 200, "there")])
  func redirects(limit: Int, status: Int, body: String) async throws {
    let server = try FaultServer { connection in
      while let request = connection.readRequest() {
        if request.hasPrefix("GET /there ") {
          connection.answer(body: "there")
        } else {
          connection.answer("302 Found", headers: "Location: /there\r\nX-First: 1\r\n")
        }
      }
    }
    defer { server.stop() }
    let response = try await ask(HTTPRequest(url: server.url("/here"), maximumRedirects: limit))
    #expect(response.status == status)
    #expect(String(decoding: response.body, as: UTF8.self) == body)
    #expect((response.headers["x-first"] == nil) == (limit > 0))
  }

  @Test func errorStatusIsAResponse() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.answer("500 Internal Server Error", body: "{\"error\":\"boom\"}")
    }
    defer { server.stop() }
    let response = try await ask(HTTPRequest(url: server.url()))
    #expect(response.status == 500)
    #expect(String(decoding: response.body, as: UTF8.self).contains("boom"))
  }

  @Test func http10WithoutLengthEndsWithTheConnection() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.0 200 OK\r\n\r\nold")
    }
    defer { server.stop() }
    let response = try await ask(HTTPRequest(url: server.url()))
    #expect(response.version == .http1_0)
    #expect(String(decoding: response.body, as: UTF8.self) == "old")
  }
}
