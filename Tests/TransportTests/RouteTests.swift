import TestSupport
import Testing

@testable import Transport

/// How requests leave this machine.
@Suite struct RouteTests {
  private func proxy() throws -> (FaultServer, AsyncStream<String>) {
    let (requests, arrived) = AsyncStream.makeStream(of: String.self)
    let server = try FaultServer { connection in
      if let request = connection.readRequest() { arrived.yield(request) }
      connection.answer(body: "by proxy")
    }
    return (server, requests)
  }

  @Test func aProxyIsAskedForOtherHosts() async throws {
    let (server, requests) = try proxy()
    defer { server.stop() }
    let request = HTTPRequest(
      url: "http://model.invalid/v2?a=b", proxy: .url("http://user:word@127.0.0.1:\(server.port)"))
    let response = try await HTTPClient().send(request)
    #expect(String(decoding: response.body, as: UTF8.self) == "by proxy")
    let seen = try #require(await requests.first { _ in true })
    #expect(seen.hasPrefix("GET http://model.invalid/v2?a=b HTTP/1.1\r\n"))
    // printf user:word | base64
    #expect(seen.contains("Proxy-Authorization: Basic dXNlcjp3b3Jk"))
  }

  @Test func thisMachineIsNeverAskedThroughAProxy() async throws {
    let (proxy, _) = try proxy()
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.answer(body: "direct")
    }
    defer {
      proxy.stop()
      server.stop()
    }
    let response = try await HTTPClient().send(HTTPRequest(url: server.url(), proxy: .url(proxy.url())))
    #expect(String(decoding: response.body, as: UTF8.self) == "direct")
    #expect(proxy.connectionCount == 0)
  }

  /// The peer has no part in what a proxy refuses.
  @Test func aProxyThatDoesNotOpenTheWayIsNamed() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.answer("407 Proxy Authentication Required")
    }
    defer { server.stop() }
    let request = HTTPRequest(
      url: "https://model.invalid:8443/", proxy: .url("http://user:word@127.0.0.1:\(server.port)"))
    await #expect(
      throws: TransportError.proxyRefused(
        origin: "https://model.invalid:8443", proxy: "The proxy 127.0.0.1:\(server.port)", status: 407)
    ) {
      try await HTTPClient().send(request)
    }
  }

  @Test func noProxyMeansNone() async throws {
    await #expect(throws: TransportError.couldNotResolve(host: "model.invalid")) {
      try await HTTPClient().send(HTTPRequest(url: "http://model.invalid/", proxy: .none))
    }
  }

  /// RFC 9113, 3.4: what a client says first when it knows that the server speaks HTTP/2.
  @Test(arguments: [
    (HTTPVersionChoice.http2, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), (.http1_1, "GET / HTTP/1.1\r\n"),
    (.automatic, "GET / HTTP/1.1\r\n"),
  ])
  func theVersionIsAskedFor(_ version: HTTPVersionChoice, _ beginning: String) async throws {
    let (requests, arrived) = AsyncStream.makeStream(of: String.self)
    let server = try FaultServer { connection in
      if let request = connection.readRequest() { arrived.yield(request) }
    }
    defer { server.stop() }
    _ = try? await HTTPClient().send(HTTPRequest(url: server.url(), timeout: .seconds(10), version: version))
    let seen = try #require(await requests.first { _ in true })
    #expect(seen.hasPrefix(beginning), "\(seen.debugDescription)")
  }

  @Test func aServerOfHTTP1IsToldOf() async throws {
    let server = try FaultServer { connection in
      _ = connection.readRequest()
      connection.answer(body: "HTTP/1.1 is all I know")
    }
    defer { server.stop() }
    let origin = "http://127.0.0.1:\(server.port)"
    await #expect(throws: TransportError.wrongVersion(origin: origin)) {
      try await HTTPClient().send(HTTPRequest(url: server.url(), version: .http2))
    }
  }

  @Test func aRefusedConnectionIsNoMatterOfTheVersion() async throws {
    let server = try FaultServer { _ in }
    let url = server.url()
    server.stop()
    await #expect(throws: TransportError.connectionRefused(origin: String(url.dropLast()))) {
      try await HTTPClient().send(HTTPRequest(url: url, version: .http2))
    }
  }
}
