import Testing
import Transport

@testable import Serving

/// The service on loopback, asked by the transport's client.
@Suite struct HTTPServiceTests {
  private static func echo(_ request: HTTPService.Request) -> HTTPService.Response {
    guard let body = request.body else { return HTTPService.Response(413, "too large") }
    let arguments = request.arguments.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    let words = [
      request.method, request.path, arguments.isEmpty ? "-" : arguments, request.authorization ?? "-",
      String(decoding: body, as: UTF8.self),
    ]
    return HTTPService.Response(
      request.path == "/later" ? 429 : 200, words.joined(separator: "|"), headers: [(name: "Retry-After", value: "7")])
  }

  private func ask(
    _ service: HTTPService, _ method: String = "GET", _ path: String, body: [UInt8] = [], headers: HTTPHeaders = [:]
  ) async throws -> HTTPResponse {
    let client = HTTPClient()
    let result: Result<HTTPResponse, any Error>
    do {
      result = .success(
        try await client.send(
          HTTPRequest(method: method, url: "http://\(service.address)\(path)", headers: headers, body: body)))
    } catch { result = .failure(error) }
    await client.shutdown()
    return try result.get()
  }

  @Test func requestsAreTakenWhole() async throws {
    let service = try HTTPService(on: #require(ListenAddress("127.0.0.1:0"))) { Self.echo($0) }
    defer { service.stop() }
    #expect(service.address.port > 0)
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: 40_000)
    let posted = try await ask(
      service, "POST", "/gate?select=a%2Cb%20c&other=1&select=&flag", body: body, headers: ["Authorization": "Bearer t"]
    )
    #expect(posted.status == 200 && posted.headers["Content-Type"] == "application/json")
    #expect(
      String(decoding: posted.body, as: UTF8.self)
        == "POST|/gate|select=a,b c&other=1&select=&flag=|Bearer t|" + String(repeating: "x", count: 40_000))
    let later = try await ask(service, "GET", "/later")
    #expect(later.status == 429 && later.headers["Retry-After"] == "7")
    #expect(String(decoding: later.body, as: UTF8.self) == "GET|/later|-|-|")
  }

  @Test func whatIsTooLargeIsNotKept() async throws {
    let service = try HTTPService(on: #require(ListenAddress("127.0.0.1:0"))) { Self.echo($0) }
    defer { service.stop() }
    let response = try await ask(service, "POST", "/", body: [UInt8](repeating: 0x20, count: 200_000))
    #expect(response.status == 413)
  }

  /// What a head alone shows to be wrong is refused before a body comes: two lengths, which two readers may understand
  /// in two ways, and a length that nobody wants to read.
  @Test(arguments: [
    ("Content-Length: 4\r\nContent-Length: 4\r\n", "400"), ("Content-Length: 4\r\nContent-Length: 5\r\n", "400"),
    ("Content-Length: 1000000000\r\n", "413"), ("Content-Length: 99999999999999999999999\r\n", "4"),
  ])
  func headsAreRefusedAtOnce(_ lengths: String, _ status: String) throws {
    let service = try HTTPService(on: #require(ListenAddress("127.0.0.1:0"))) { Self.echo($0) }
    defer { service.stop() }
    let peer = try RawPeer(port: service.address.port)
    defer { peer.close() }
    peer.send("POST /gate HTTP/1.1\r\nHost: localhost\r\n\(lengths)\r\n")
    let answer = peer.readHead()
    #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
  }

  /// Connections that say nothing leave room for who asks.
  @Test func idleConnectionsStarveNobody() async throws {
    let service = try HTTPService(on: #require(ListenAddress("127.0.0.1:0"))) { Self.echo($0) }
    defer { service.stop() }
    let idle = try (0..<100).map { _ in try RawPeer(port: service.address.port) }
    defer { for peer in idle { peer.close() } }
    #expect(try await ask(service, "GET", "/healthz").status == 200)
  }

  @Test func aTakenPortIsSaid() throws {
    let first = try HTTPService(on: #require(ListenAddress("127.0.0.1:0"))) { Self.echo($0) }
    defer { first.stop() }
    do throws(HTTPService.Problem) {
      let second = try HTTPService(on: first.address) { Self.echo($0) }
      second.stop()
      Issue.record("two services listen on one port")
    } catch {
      #expect(error.description.contains("Address already in use"), "\(error)")
    }
  }

  /// A handler may wait; others are answered meanwhile.
  @Test func connectionsDoNotWaitForEachOther() async throws {
    let (opened, open) = AsyncStream<Void>.makeStream()
    let gate = Gate()
    let service = try HTTPService(on: #require(ListenAddress("127.0.0.1:0"))) { request in
      if request.path == "/slow" {
        open.yield()
        gate.wait()
      }
      return Self.echo(request)
    }
    defer { service.stop() }
    async let slow = ask(service, "GET", "/slow")
    for await _ in opened { break }
    #expect(try await ask(service, "GET", "/quick").status == 200)
    gate.open()
    #expect(try await slow.status == 200)
  }
}
